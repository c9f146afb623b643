"""`bin/run` ends what it began, whoever tells it to."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import time
from pathlib import Path

ROOT = Path(__file__).parents[2]


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])


def test_one_signal_to_the_script_ends_server_and_worker(tmp_path: Path) -> None:
    own = {name: value for name, value in os.environ.items() if not name.startswith(("ENISHI_", "DJANGO_"))}
    own |= {"ENISHI_PORT": str(free_port()), "ENISHI_DATA": str(tmp_path)}
    # A session of its own, so that the group holds what the script began and nothing else.
    script = subprocess.Popen(
        [ROOT / "bin" / "run", "--empty"],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        env=own,
        start_new_session=True,
    )
    try:
        assert script.stdout is not None
        lines = iter(script.stdout.readline, "")
        assert "Ctrl-C ends it.\n" in lines
        script.send_signal(signal.SIGINT)
        assert script.wait(timeout=30) == 0
        assert _is_gone(script.pid)
    finally:
        script.stdout.close() if script.stdout else None
        if not _is_gone(script.pid, seconds=0):
            os.killpg(script.pid, signal.SIGKILL)


def test_a_port_that_is_taken_is_said_before_anything_starts(tmp_path: Path) -> None:
    own = {name: value for name, value in os.environ.items() if not name.startswith(("ENISHI_", "DJANGO_"))}
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        own |= {"ENISHI_PORT": str(port), "ENISHI_DATA": str(tmp_path)}
        done = subprocess.run([ROOT / "bin" / "run", "--empty"], capture_output=True, text=True, env=own, timeout=60)
    assert (done.returncode, done.stdout) == (1, "")
    assert f"Port {port} cannot be used here" in done.stderr
    assert f"ENISHI_PORT={port + 1} bin/run --empty" in done.stderr
    assert list(tmp_path.iterdir()) == []


def _is_gone(group: int, seconds: float = 5) -> bool:
    end = time.monotonic() + seconds
    while True:
        try:
            os.killpg(group, 0)
        except ProcessLookupError:
            return True
        if time.monotonic() >= end:
            return False
        time.sleep(0.05)
