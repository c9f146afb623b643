"""From nothing running to the first page, and the memory of server and worker, against a bare Django project.

    .venv/bin/python bench/start/run.py [--times 3]

Both are served by the same uvicorn command line on a fresh database of their own. The last line is JSON.
"""

from __future__ import annotations

import argparse
import json
import os
import secrets
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Sequence
from pathlib import Path
from statistics import median

RESULTS = Path(__file__).parents[1] / "results"
ENISHI = [sys.executable, "-m", "enishi.cli"]
GOAL = {"seconds": 2, "megabytes": 200}
BARE = """
import os
from django.conf import settings
from django.http import HttpResponse
from django.urls import path
settings.configure(
    SECRET_KEY="x" * 50, ALLOWED_HOSTS=["*"], ROOT_URLCONF=__name__, USE_TZ=True,
    INSTALLED_APPS=["django.contrib.auth", "django.contrib.contenttypes", "django.contrib.sessions"],
    MIDDLEWARE=[
        "django.middleware.security.SecurityMiddleware",
        "django.contrib.sessions.middleware.SessionMiddleware",
        "django.middleware.common.CommonMiddleware",
        "django.middleware.csrf.CsrfViewMiddleware",
        "django.contrib.auth.middleware.AuthenticationMiddleware",
    ],
    DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": os.environ["ENISHI_DATA"] + "/bare.sqlite3"}},
)
from django.core.asgi import get_asgi_application
def page(request):
    return HttpResponse("<!doctype html><title>Hello</title><h1>Hello</h1>")
urlpatterns = [path("", page)]
application = get_asgi_application()
"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--times", type=int, default=3)
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="enishi-bench-") as folder:
        port = _free_port()
        environment = {
            **os.environ,
            "ENISHI_DATA": folder,
            "ENISHI_DATABASE_URL": "",
            "ENISHI_SECRET_KEY": secrets.token_hex(40),
            "ENISHI_ORIGIN": f"http://127.0.0.1:{port}",
            "PYTHONPATH": folder,
        }
        (Path(folder) / "bare_site.py").write_text(BARE)
        for words in (["migrate", "--verbosity", "0"], ["collectstatic", "--noinput", "--verbosity", "0"]):
            subprocess.run([*ENISHI, *words], env=environment, check=True)
        subprocess.run([*ENISHI, "demo", "load"], env=environment, check=True)
        uvicorn = [sys.executable, "-m", "uvicorn", "--port", str(port), "--loop", "uvloop", "--lifespan", "off"]
        bare_line = [*uvicorn, "--log-level", "warning", "bare_site:application"]
        ours, bare = [], []
        for _each in range(chosen.times):
            bare.append(_run([bare_line], environment, port))
            ours.append(_run([[*ENISHI, "serve", "--port", str(port)], [*ENISHI, "worker"]], environment, port))
    whole = {
        "enishi_seconds": round(median(seconds for seconds, _memory in ours), 2),
        "enishi_megabytes": round(median(memory for _seconds, memory in ours)),
        "bare_seconds": round(median(seconds for seconds, _memory in bare), 2),
        "bare_megabytes": round(median(memory for _seconds, memory in bare)),
    }
    whole |= {
        "seconds_of_goal": round(whole["enishi_seconds"] / GOAL["seconds"], 3),
        "megabytes_of_goal": round(whole["enishi_megabytes"] / GOAL["megabytes"], 3),
        "times_bare": round(whole["enishi_seconds"] / whole["bare_seconds"], 2),
    }
    for name, value in whole.items():
        print(f"{name:24} {value:9}")
    RESULTS.mkdir(exist_ok=True)
    (RESULTS / "start.json").write_text(json.dumps(whole, indent=1))
    print(json.dumps(whole))


def _run(lines: Sequence[Sequence[str]], environment: dict[str, str], port: int) -> tuple[float, float]:
    """(seconds until the first page was read whole, proportional memory of all processes a second later, in MB)."""
    begun = time.perf_counter()
    running = [subprocess.Popen(line, env=environment, stderr=subprocess.DEVNULL) for line in lines]
    try:
        _first_page(port, running[0])
        seconds = time.perf_counter() - begun
        time.sleep(2)
        return seconds, sum(_memory(each.pid) for each in running)
    finally:
        for each in running:
            each.terminate()
        for each in running:
            each.wait(20)


def _first_page(port: int, server: subprocess.Popen[bytes]) -> None:
    ends = time.monotonic() + 60
    while server.poll() is None and time.monotonic() < ends:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=30) as answer:
                answer.read()
                return
        except OSError:
            time.sleep(0.01)
    raise SystemExit("The server gave no page.")


def _memory(pid: int) -> float:
    """What the process adds: shared pages count by their share (Linux)."""
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith("Pss:"))


def _free_port() -> int:
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        return int(door.getsockname()[1])


if __name__ == "__main__":
    main()
