"""The worker sends and moves what is due, ends when it is told to, and survives a bad moment; a demo stays at home."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import override_settings

from cast import Cast, make_network
from enishi.core import clock, limits, outbox
from enishi.core.models import LimitCounter, MailState
from enishi.events.choices import SessionState
from enishi.office import housekeeping
from enishi.office.management.commands import serve, worker
from factories.events import make_session

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(autouse=True)
def _signals() -> Any:
    """The command takes SIGTERM and SIGINT for itself; the tests give them back."""
    before = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT)}
    yield
    for number, handler in before.items():
        signal.signal(number, handler)


@pytest.fixture(autouse=True)
def _same_connection(monkeypatch: pytest.MonkeyPatch) -> None:
    """Inside a test's transaction the connection has to stay."""
    monkeypatch.setattr(worker, "close_old_connections", lambda: None)
    monkeypatch.setattr(worker.connection, "close", lambda: None)


def test_once_sends_what_waits_and_does_what_is_due(cast: Cast, mailoutbox: list[Any]) -> None:
    make_network(is_demo=False)
    mail = outbox.write("welcome", user=cast.nakamura.user, member=cast.nakamura.pk)
    assert mail is not None
    with clock.at(clock.now() - timedelta(days=30)):
        limits.hit(limits.UPLOAD, 1)
        session = make_session(starts_at=clock.now() + timedelta(days=5), closes_at=None)
    call_command("worker", "--once")
    mail.refresh_from_db()
    session.refresh_from_db()
    assert mail.state == MailState.SENT
    assert cast.nakamura.user.email in [address for each in mailoutbox for address in each.to]
    assert session.state == SessionState.NOT_HELD
    assert LimitCounter.objects.count() == 0
    sent = len(mailoutbox)
    call_command("worker", "--once")
    assert len(mailoutbox) == sent


def test_a_round_that_fails_is_tried_again(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    tries: list[int] = []

    def away_for_a_moment() -> int:
        tries.append(1)
        if len(tries) == 1:
            raise OSError("the database is away")
        os.kill(os.getpid(), signal.SIGTERM)
        return 0

    monkeypatch.setattr(housekeeping, "tick", away_for_a_moment)
    call_command("worker", "--every", "0.01")
    assert len(tries) == 2
    assert [record.message for record in caplog.records if record.name == "enishi.worker"] == [
        "a round failed; it is tried again"
    ]


def test_one_task_that_fails_does_not_hold_up_the_others(monkeypatch: pytest.MonkeyPatch) -> None:
    done: list[str] = []

    def broken() -> None:
        raise OSError("a disc is full")

    monkeypatch.setattr(housekeeping, "HOURLY", (broken, lambda: done.append("next")))
    housekeeping.every_hour()
    assert done == ["next"]


def test_everything_that_outlives_its_use_is_looked_after() -> None:
    """Each `forget_…() -> int` of the tree is called every hour."""
    found = set()
    for path in (ROOT / "src" / "enishi").rglob("*.py"):
        module = ".".join(path.relative_to(ROOT / "src").with_suffix("").parts)
        found |= {f"{module}.{name}" for name in re.findall(r"^def (forget_\w+)\(\) -> int:", path.read_text(), re.M)}
    assert {f"{task.__module__}.{task.__name__}" for task in housekeeping.HOURLY} >= found
    assert len(found) >= 5


def test_sigterm_ends_the_worker(tmp_path: Path) -> None:
    environment = {
        **os.environ,
        "ENISHI_DATA": str(tmp_path),
        "ENISHI_DATABASE_URL": "",
        "DJANGO_SETTINGS_MODULE": "enishi.config.settings",
        "ENISHI_ORIGIN": "http://127.0.0.1:8000",
    }
    enishi = [sys.executable, "-m", "enishi.cli"]
    subprocess.run([*enishi, "migrate", "--verbosity", "0"], env=environment, check=True, capture_output=True)
    running = subprocess.Popen([*enishi, "worker", "--every", "600"], env=environment, stderr=subprocess.PIPE)
    try:
        for _try in range(300):
            caught = re.search(r"SigCgt:\s*(\w+)", Path(f"/proc/{running.pid}/status").read_text())
            if caught and int(caught[1], 16) & 1 << (signal.SIGTERM - 1):
                break
            assert running.poll() is None
            time.sleep(0.1)
        begun = time.monotonic()
        running.terminate()
        assert running.wait(10) == 0
        assert time.monotonic() - begun < 5
    finally:
        running.kill()
        _out, said = running.communicate()
    assert b"Traceback" not in said


@pytest.mark.parametrize(
    ("host", "origin", "refused"),
    [
        ("127.0.0.1", "http://127.0.0.1:8000", False),
        ("127.0.0.1", "http://localhost:8000", False),
        ("192.0.2.1", "http://127.0.0.1:8000", True),
        ("127.0.0.1", "https://alumni.example", True),
        ("127.0.0.1", "http://localhost.example", True),
        ("127.0.0.1", "http://127.0.0.1.example:8000", True),
    ],
)
def test_a_demo_is_served_on_this_machine_alone(network: Any, host: str, origin: str, refused: bool) -> None:
    with override_settings(ORIGIN=origin):
        if refused:
            with pytest.raises(CommandError, match="anyone may enter it as anyone"):
                serve.refuse_open_demo(host)
        else:
            serve.refuse_open_demo(host)
    make_network(is_demo=False)
    with override_settings(ORIGIN=origin):
        serve.refuse_open_demo(host)


def test_serve_asks_before_it_listens(network: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    import uvicorn

    heard: list[dict[str, Any]] = []
    monkeypatch.setattr(uvicorn, "run", lambda _app, **options: heard.append(options))
    with override_settings(ORIGIN="http://127.0.0.1:8000"):
        with pytest.raises(CommandError):
            call_command("serve", "--host", "192.0.2.1")
        assert heard == []
        call_command("serve")
    assert [(options["host"], options["port"]) for options in heard] == [("127.0.0.1", 8000)]
