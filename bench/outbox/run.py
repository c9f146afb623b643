"""10,000 personal mails: written in the transaction of an announcement, sent over SMTP to a sink on this machine.

    .venv/bin/python bench/outbox/run.py [--mails 10000]

Bare is Django's own `EmailMultiAlternatives` over one connection to the same sink, a text and an HTML part of the same
size, and no record of anything. The last line is JSON.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import socketserver
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1] / "events"))
import world

RESULTS = Path(__file__).parents[1] / "results"
GOAL = 100.0  # a second
BARE = 500


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--mails", type=int, default=10_000)
    parser.add_argument("--sink", help="used by the run itself: where the sink writes what it got")
    chosen = parser.parse_args()
    if chosen.sink:
        _serve(Path(chosen.sink))
        return
    environment = world.settings_for()
    got = Path(environment["ENISHI_DATA"]) / "got.txt"
    sink = subprocess.Popen([sys.executable, __file__, "--sink", str(got)], stdout=subprocess.PIPE, text=True)
    try:
        assert sink.stdout is not None
        os.environ["ENISHI_SMTP_URL"] = f"smtp://127.0.0.1:{int(sink.stdout.readline())}"
        world.start(environment)
        found = measure(chosen.mails, got)
    finally:
        sink.terminate()
        sink.wait(10)
    for name, value in found.items():
        print(f"{name:24} {value:12.2f}")
    RESULTS.mkdir(exist_ok=True)
    whole = {"goal_per_s": GOAL, **{key: round(value, 3) for key, value in found.items()}}
    (RESULTS / "outbox.json").write_text(json.dumps(whole, indent=1))
    print(json.dumps(whole))


def measure(mails: int, got: Path) -> dict[str, float]:
    from enishi.core import sending
    from enishi.core.models import NetworkSettings, OutgoingMail
    from enishi.events.actions import series as actions

    people = world.people(1)
    NetworkSettings.objects.update(is_demo=False)
    _fill(mails - 1, people[0][0])
    made = world.series(announce=False)
    begun = time.perf_counter()
    actions.announce(made)
    queued = time.perf_counter() - begun
    waiting = OutgoingMail.objects.count()
    begun, cpu = time.perf_counter(), time.process_time()
    while sending.send_due():
        pass
    seconds, spent = time.perf_counter() - begun, time.process_time() - cpu
    letters = Counter(got.read_text().split())
    begun = time.process_time()
    _bare(BARE)
    bare = (time.process_time() - begun) / BARE
    return {
        "mails": waiting,
        "queued_s": queued,
        "sent_per_s": waiting / seconds,
        "sent": sum(letters.values()),
        "sent_twice": sum(number > 1 for number in letters.values()),
        "lost": waiting - len(letters),
        "cpu_ms_a_mail": 1000 * spent / waiting,
        "bare_cpu_ms_a_mail": 1000 * bare,
        "cpu_x_bare": spent / waiting / bare,
        "of_goal": waiting / seconds / GOAL,
    }


def _fill(number: int, like: Any) -> None:
    from enishi.accounts.models import User
    from enishi.members.models import Member

    users = User.objects.bulk_create(User(email=f"reader{n}@mail.example") for n in range(number))
    Member.objects.bulk_create(
        Member(user=user, family_name="客", given_name=str(n), route=like.route) for n, user in enumerate(users)
    )


def _bare(number: int) -> None:
    from django.core.mail import EmailMultiAlternatives, get_connection

    connection = get_connection()
    text = "次の顔合わせ会のご案内です。ご都合のよい回をお選びください。\n" * 20
    connection.open()
    for n in range(number):
        mail = EmailMultiAlternatives(
            "ご案内", text, "office@mail.example", [f"bare{n}@mail.example"], connection=connection
        )
        mail.attach_alternative(f"<p>{text}</p>" * 4, "text/html")
        mail.send()
    connection.close()


class _Sink(socketserver.StreamRequestHandler):
    """Says yes to everything, and notes the Message-ID."""

    got: Path

    def handle(self) -> None:
        self._say("220 sink")
        while line := self.rfile.readline():
            word = line[:4].upper()
            if word == b"EHLO":
                self._say("250-sink\r\n250 8BITMIME")
            elif word == b"DATA":
                self._say("354 go on")
                self._take()
            elif word == b"QUIT":
                self._say("221 bye")
                return
            else:
                self._say("250 ok")

    def _take(self) -> None:
        lines = list(iter(self.rfile.readline, b".\r\n"))
        found = re.search(rb"Message-ID:\s*(\S+)", b"".join(lines), re.IGNORECASE)
        with self.got.open("a") as file:
            file.write((found[1].decode() if found else "none") + "\n")
        self._say("250 taken")

    def _say(self, words: str) -> None:
        self.wfile.write(words.encode() + b"\r\n")


def _serve(got: Path) -> None:
    _Sink.got = got
    got.parent.mkdir(parents=True, exist_ok=True)
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), _Sink) as server:
        print(server.server_address[1], flush=True)
        server.serve_forever()


if __name__ == "__main__":
    main()
