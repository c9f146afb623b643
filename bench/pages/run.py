"""What a phone downloads for home, an event and a report: bytes on the line and requests, on the first and the next visit.

    .venv/bin/python bench/pages/run.py

Serves the demo network on a port of its own and asks with Chromium. The last line is JSON: each figure and its share
of the budget, 1.0 being all of it.
"""

from __future__ import annotations

import json
import os
import secrets
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import Any

from playwright.sync_api import BrowserContext, Page, sync_playwright

RESULTS = Path(__file__).parents[1] / "results"
ENISHI = [sys.executable, "-m", "enishi.cli"]
BUDGET = {"total": 120, "html": 30, "css": 25, "js": 35, "font": 0, "first_requests": 15, "next_requests": 5}
KINDS = {"Document": "html", "Stylesheet": "css", "Script": "js", "Font": "font"}
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="enishi-bench-") as folder:
        port = _free_port()
        origin = f"http://127.0.0.1:{port}"
        environment = {
            **os.environ,
            "ENISHI_DATA": folder,
            "ENISHI_DATABASE_URL": "",
            "ENISHI_SECRET_KEY": secrets.token_hex(40),
            "ENISHI_ORIGIN": origin,
        }
        for words in ("migrate --verbosity 0", "collectstatic --noinput --verbosity 0", "demo load"):
            subprocess.run([*ENISHI, *words.split()], env=environment, check=True)
        server = subprocess.Popen([*ENISHI, "serve", "--port", str(port)], env=environment)
        try:
            _wait(port)
            found = _visit(origin)
        finally:
            server.terminate()
            server.wait(20)
    whole = {name: {**figures, "worst_share": round(max(_shares(figures)), 3)} for name, figures in found.items()}
    for name, figures in whole.items():
        print(f"{name:8} " + "  ".join(f"{key} {value}" for key, value in figures.items()))
    RESULTS.mkdir(exist_ok=True)
    (RESULTS / "pages.json").write_text(json.dumps(whole, indent=1))
    print(json.dumps(whole))


def _shares(figures: dict[str, float]) -> list[float]:
    return [figures[key] / most if most else float(bool(figures[key])) for key, most in BUDGET.items()]


def _visit(origin: str) -> dict[str, dict[str, float]]:
    with sync_playwright() as play:
        path = os.environ.get("ENISHI_CHROMIUM") or shutil.which("chromium-headless-shell") or shutil.which("chromium")
        browser = play.chromium.launch(executable_path=path, args=FLAGS)
        try:
            signed_in = browser.new_context(locale="ja-JP")
            page = signed_in.new_page()
            page.goto(f"{origin}/demo/enter/amsterdam/")
            page.click("main form button")
            page.wait_for_url(f"{origin}/")
            cookies = signed_in.storage_state()
            found = {}
            for name, address in _addresses(page, origin).items():
                # A context of its own has an empty cache: this is what a phone sees that has never been here.
                context = browser.new_context(
                    locale="ja-JP", viewport={"width": 390, "height": 844}, storage_state=cookies
                )
                found[name] = _measure(context, address)
                context.close()
            return found
        finally:
            browser.close()


def _addresses(page: Page, origin: str) -> dict[str, str]:
    """Home, the first series and the first report that home leads to."""
    page.goto(f"{origin}/")
    links: list[str] = page.eval_on_selector_all("main a", "links => links.map(link => link.href)")
    words = {"event": "/events/", "report": "/reports/"}
    return {
        "home": f"{origin}/",
        **{
            name: next(link for link in links if word in link and any(part.isdecimal() for part in link.split("/")))
            for name, word in words.items()
        },
    }


def _measure(context: BrowserContext, address: str) -> dict[str, float]:
    page = context.new_page()
    first = _load(context, page, address)
    again = _load(context, page, address)
    sizes: Counter[str] = Counter()
    for kind, size in first:
        sizes[KINDS.get(kind, "other")] += size
    kilobytes = {name: round(sizes[name] / 1024, 1) for name in ("html", "css", "js", "font", "other")}
    return {
        "total": round(sum(sizes.values()) / 1024, 1),
        **kilobytes,
        "first_requests": len(first),
        "next_requests": len(again),
    }


def _load(context: BrowserContext, page: Page, address: str) -> list[tuple[str, int]]:
    """(kind, bytes on the line with headers) of each request that left the browser; its cache costs nothing."""
    line = context.new_cdp_session(page)
    kinds: dict[str, str] = {}
    cached: set[str] = set()
    sizes: dict[str, int] = {}

    def answered(event: dict[str, Any]) -> None:
        kinds[event["requestId"]] = event["type"]
        if event["response"].get("fromDiskCache"):
            cached.add(event["requestId"])

    line.on("Network.responseReceived", answered)
    line.on("Network.requestServedFromCache", lambda event: cached.add(event["requestId"]))
    line.on("Network.loadingFinished", lambda event: sizes.update({event["requestId"]: event["encodedDataLength"]}))
    line.send("Network.enable")
    page.goto(address, wait_until="networkidle")
    line.detach()
    return [(kinds.get(key, "Other"), int(size)) for key, size in sizes.items() if key not in cached]


def _wait(port: int) -> None:
    for _try in range(300):
        try:
            socket.create_connection(("127.0.0.1", port), 0.2).close()
            return
        except OSError:
            time.sleep(0.1)
    raise SystemExit("The server did not start.")


def _free_port() -> int:
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        return int(door.getsockname()[1])


if __name__ == "__main__":
    main()
