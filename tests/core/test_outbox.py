"""Mail is written with the act, leased, sent and recorded; a crash loses nothing."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import textwrap
import time
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.core import mail as box
from django.core.mail.backends.locmem import EmailBackend
from django.db import transaction

from cast import Cast
from enishi.core import clock, outbox, sending
from enishi.core.models import MailState, OutgoingMail


@pytest.fixture
def cast(cast: Cast) -> Cast:
    """A real network: a demo would show its mail on a page instead."""
    cast.network.is_demo = False
    cast.network.save()
    return cast


@pytest.fixture(autouse=True)
def a_kind():
    def compose(mail: OutgoingMail) -> outbox.Letter | None:
        if mail.about.get("gone"):
            return None
        return outbox.Letter(
            to=mail.about.get("to", "mori@mail.example"),
            subject="件名\r\nBcc: evil@mail.example",
            greeting="森 由紀子 様",
            paragraphs=["お知らせです。"],
            button=("開く", "http://testserver/x"),
        )

    outbox.register(outbox.Kind("test.word", "a word", compose, lambda mail: "ja"))
    yield
    outbox._kinds.pop("test.word")


def test_a_mail_is_sent_once_and_recorded(cast: Cast) -> None:
    row = outbox.write("test.word", user=cast.mori.user)
    assert row is not None
    assert sending.send_due() == 1
    assert sending.send_due() == 0
    row.refresh_from_db()
    assert (row.state, row.attempts) == (MailState.SENT, 1)
    [message] = box.outbox
    assert message.to == ["mori@mail.example"]
    assert message.extra_headers["Message-ID"] == row.message_id


def test_no_value_can_add_a_header(cast: Cast) -> None:
    outbox.write("test.word")
    sending.send_due()
    [message] = box.outbox
    assert message.subject == "件名 Bcc: evil@mail.example"
    assert message.bcc == []


def test_a_mail_goes_with_its_act_or_not_at_all(cast: Cast) -> None:
    class Stop(Exception):
        pass

    with pytest.raises(Stop), transaction.atomic():
        outbox.write("test.word")
        raise Stop
    assert OutgoingMail.objects.count() == 0


def test_a_key_lets_a_mail_go_once(cast: Cast) -> None:
    assert outbox.write("test.word", once="a:1:b") is not None
    assert outbox.write("test.word", once="a:1:b") is None
    assert OutgoingMail.objects.count() == 1


def test_what_no_longer_applies_is_dropped(cast: Cast) -> None:
    row = outbox.write("test.word", gone=1)
    sending.send_due()
    assert row is not None
    row.refresh_from_db()
    assert row.state == MailState.DROPPED
    assert box.outbox == []


def test_a_mail_waits_for_its_hour(cast: Cast) -> None:
    outbox.write("test.word", not_before=clock.now() + timedelta(hours=1))
    assert sending.send_due() == 0
    with clock.at(clock.now() + timedelta(hours=1, seconds=1)):
        assert sending.send_due() == 1


def test_an_unknown_kind_is_refused_when_it_is_written(cast: Cast) -> None:
    with pytest.raises(ValueError, match="No kind of mail"):
        outbox.write("test.nothing")


def test_two_workers_do_not_take_one_mail(cast: Cast) -> None:
    row = outbox.write("test.word")
    assert row is not None
    assert [mail.pk for mail in sending.lease([row.pk])] == [row.pk]
    assert sending.lease([row.pk]) == []
    with clock.at(clock.now() + sending.LEASE + timedelta(seconds=1)):
        assert [mail.pk for mail in sending.lease([row.pk])] == [row.pk]


class Server(EmailBackend):
    """Django's test box, which counts how often it was opened, and is away or closes when told to."""

    opened, away, closes_after = 0, False, 99

    def open(self) -> bool:
        if type(self).away:
            raise ConnectionError("away")
        if not getattr(self, "is_open", False):
            type(self).opened += 1
        self.is_open = True
        return True

    def close(self) -> None:
        self.is_open = False

    def send_messages(self, messages: Any) -> int:
        if len(box.outbox) == type(self).closes_after and type(self).opened == 1:
            raise ConnectionError("closed by the server")
        return super().send_messages(messages)


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> type[Server]:
    fresh = type("FreshServer", (Server,), {})
    monkeypatch.setattr(sending, "get_connection", fresh)
    return fresh


def test_one_connection_carries_many_mails(cast: Cast, server: type[Server]) -> None:
    for _ in range(5):
        outbox.write("test.word")
    assert sending.send_due() == 5
    assert (server.opened, len(box.outbox)) == (1, 5)


def test_a_server_that_hangs_up_is_called_again(cast: Cast, server: type[Server]) -> None:
    server.closes_after = 2
    for _ in range(4):
        outbox.write("test.word")
    assert sending.send_due() == 4
    assert (server.opened, len(box.outbox)) == (2, 3)
    assert OutgoingMail.objects.filter(state=MailState.QUEUED, attempts=1).count() == 1


def test_a_server_that_is_away_costs_one_mail_one_try(cast: Cast, server: type[Server]) -> None:
    server.away = True
    for _ in range(3):
        outbox.write("test.word")
    assert sending.send_due() == 0
    rows = OutgoingMail.objects.order_by("pk").values_list("state", "attempts", "lease")
    assert list(rows) == [(MailState.QUEUED, 1, None), (MailState.QUEUED, 0, None), (MailState.QUEUED, 0, None)]
    server.away = False
    assert sending.send_due() == 2
    assert len(box.outbox) == 2


def test_what_the_lease_leaves_no_time_for_goes_back(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    for _ in range(3):
        outbox.write("test.word")
    begun, original = clock.now(), sending._message

    def slow(*args: Any) -> Any:
        monkeypatch.setattr(clock, "now", lambda: begun + sending.LEASE - sending.ENOUGH + timedelta(seconds=1))
        return original(*args)

    monkeypatch.setattr(sending, "_message", slow)
    assert sending.send_due() == 1
    assert OutgoingMail.objects.filter(state=MailState.QUEUED, attempts=0, lease=None).count() == 2


def test_no_more_mails_a_second_than_the_operator_allows(cast: Cast, settings: Any, monkeypatch: Any) -> None:
    now, waited = [1000.0], []

    def sleep(seconds: float) -> None:
        waited.append(round(seconds, 3))
        now[0] += seconds

    monkeypatch.setattr(sending, "time", SimpleNamespace(monotonic=lambda: now[0], sleep=sleep))
    monkeypatch.setattr(sending, "_pace", sending._Pace())
    settings.MAIL_PER_SECOND = 2
    for _ in range(5):
        outbox.write("test.word")
    assert sending.send_due() == 5
    assert waited == [1.0, 1.0]


def test_a_server_that_refuses_is_tried_again_later_and_at_last_given_up(cast: Cast, monkeypatch) -> None:
    def refuse(*args, **kwargs):
        raise ConnectionError("away")

    monkeypatch.setattr("django.core.mail.EmailMessage.send", refuse)
    row = outbox.write("test.word")
    assert row is not None
    now = clock.now()
    for wait in [timedelta(), *sending.WAITS]:
        now += wait + timedelta(seconds=1)
        with clock.at(now):
            assert sending.send_due() == 1
            assert sending.send_due() == 0
    row.refresh_from_db()
    assert (row.state, row.last_error) == (MailState.DEAD, "ConnectionError")


def test_no_link_and_no_address_lies_in_the_row(cast: Cast) -> None:
    outbox.write("test.word", user=cast.mori.user)
    sending.send_due()
    row = OutgoingMail.objects.values().get()
    assert not any("http" in str(value) or "mori@" in str(value) for value in row.values())


SINK = textwrap.dedent(
    """
    import socket, sys
    server = socket.create_server(("127.0.0.1", 0))
    print(server.getsockname()[1], flush=True)
    while True:
        connection, _ = server.accept()
        file = connection.makefile("rwb")
        def say(line):
            file.write(line + b"\\r\\n"); file.flush()
        say(b"220 sink")
        while line := file.readline():
            word = line.strip().upper()[:4]
            if word in (b"EHLO", b"HELO"): say(b"250 sink")
            elif word == b"DATA":
                say(b"354 go")
                identity = b""
                while (part := file.readline()) != b".\\r\\n":
                    if part.lower().startswith(b"message-id:"): identity = part.strip()
                print(identity.decode(), flush=True)
                say(b"250 taken")
            elif word == b"QUIT": say(b"221 bye"); break
            else: say(b"250 ok")
        connection.close()
    """
)

WORKER = textwrap.dedent(
    """
    import os, sys, time
    import django
    django.setup()
    from enishi.core import outbox, sending
    from enishi.core.models import OutgoingMail
    moment = sys.argv[1]
    outbox.register(outbox.Kind("test.word", "a word", lambda mail: outbox.Letter(to="mori@mail.example", subject="s", greeting="g"), lambda mail: "ja"))
    def die(*args, **kwargs):
        os.kill(os.getpid(), 9)
    if moment == "before":
        sending._message = die
    if moment == "after":
        sending._finish = die
    sending.send_due()
    """
)


WRITE = textwrap.dedent(
    """
    import django; django.setup()
    from datetime import date
    from django.core.management import call_command
    from enishi.core import outbox
    from enishi.core.models import NetworkSettings
    call_command("migrate", verbosity=0)
    NetworkSettings.objects.create(pk=1, name_ja="n", company_ja="c", office_ja="o", contact_email="o@o.example", purpose_ja="p", purpose_dated=date(2026, 5, 1))
    outbox.register(outbox.Kind("test.word", "w", None, lambda mail: "ja"))
    print(outbox.write("test.word").message_id)
    """
)


def environment(folder: Path, port: str = "0") -> dict[str, str]:
    return {
        **os.environ,
        "ENISHI_DATA": str(folder),
        "ENISHI_DATABASE_URL": "",
        "ENISHI_SMTP_URL": f"smtp://127.0.0.1:{port}",
        "ENISHI_SECRET_KEY": "k" * 60,
        "ENISHI_ORIGIN": "http://127.0.0.1:8000",
        "DJANGO_SETTINGS_MODULE": "enishi.config.settings",
    }


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """A data folder with one mail in its outbox, and the mail's Message-ID."""
    folder = tmp_path_factory.mktemp("outbox")
    made = subprocess.run(
        [sys.executable, "-c", WRITE], env=environment(folder), capture_output=True, text=True, check=True
    )
    return folder, made.stdout.strip()


@pytest.mark.parametrize(("moment", "copies"), [("before", 1), ("after", 2), ("never", 1)])
def test_a_kill_loses_no_mail_and_doubles_one_only_between_yes_and_record(
    written: tuple[Path, str], tmp_path: Path, moment: str, copies: int
) -> None:
    """A real worker, a real SMTP server, a real kill -9: a second copy carries the same Message-ID."""
    folder, identity = written
    shutil.copytree(folder, tmp_path, dirs_exist_ok=True)
    sink = subprocess.Popen([sys.executable, "-u", "-c", SINK], stdout=subprocess.PIPE, text=True)
    assert sink.stdout is not None
    environ = environment(tmp_path, sink.stdout.readline().strip())
    try:
        first = subprocess.run([sys.executable, "-c", WORKER, moment], env=environ, check=False)
        assert first.returncode == (0 if moment == "never" else -signal.SIGKILL)
        with contextlib.closing(sqlite3.connect(tmp_path / "enishi.sqlite3")) as database:
            database.execute("update core_outgoingmail set lease_until = '2000-01-01'")
            database.commit()
        subprocess.run([sys.executable, "-c", WORKER, "never"], env=environ, check=True)
        time.sleep(0.1)
    finally:
        sink.kill()
    taken = sink.stdout.read().split("\n")
    assert [line for line in taken if line] == [f"Message-ID: {identity}"] * copies
