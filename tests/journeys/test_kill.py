"""The server is killed (kill -9) in the middle of a rush: what it acknowledged is there, no seat is sold twice, no mail is missing."""

from __future__ import annotations

import http.client
import json
import os
import shutil
import socket
import sqlite3
import subprocess
import sys
import textwrap
import threading
import time
import urllib.parse
from pathlib import Path

import pytest

PREPARE = textwrap.dedent(
    """
    import json, sys
    import django; django.setup()
    from datetime import timedelta
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore
    from django.core.management import call_command
    call_command("migrate", verbosity=0)
    sys.path.insert(0, "tests")
    from cast import make_member, make_network
    from enishi.core import clock
    from enishi.events.actions import series
    from enishi.events.actions.series_input import SeriesInput, SessionInput
    make_network(zone="Asia/Tokyo")
    made = series.create(SeriesInput(title_ja="会", purpose_ja="会う", sessions=(SessionInput(starts_at=clock.now() + timedelta(days=9)),)))
    series.announce(made, mail=False)
    keys = []
    for number in range(24):
        member = make_member("森", str(number), email=f"m{number}@mail.example")
        store = SessionStore()
        store[SESSION_KEY] = str(member.user.pk)
        store[BACKEND_SESSION_KEY] = "enishi.accounts.backends.SignedInBackend"
        store[HASH_SESSION_KEY] = member.user.get_session_auth_hash()
        store.save()
        keys.append([member.pk, store.session_key])
    print(json.dumps({"series": made.pk, "session": made.sessions.get().pk, "keys": keys}))
    """
)
TOKEN = "t" * 32


def start(environ: dict[str, str], port: int) -> subprocess.Popen[bytes]:
    server = subprocess.Popen([sys.executable, "-m", "enishi.cli", "serve", "--port", str(port)], env=environ)
    for _try in range(200):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return server
        time.sleep(0.05)
    raise AssertionError("the server did not start")


def sign_up(port: int, plan: dict, cookie: str) -> int:
    """The status of one real sign-up, 0 when the line broke."""
    body = urllib.parse.urlencode({"csrfmiddlewaretoken": TOKEN, "session": plan["session"]})
    headers = {
        "Cookie": f"enishi_session={cookie}; enishi_csrf={TOKEN}",
        "Content-Type": "application/x-www-form-urlencoded",
        "Origin": f"http://127.0.0.1:{port}",
        "Host": f"127.0.0.1:{port}",
    }
    try:
        line = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
        line.request("POST", f"/events/{plan['series']}/sign-up/", body, headers)
        return line.getresponse().status
    except (OSError, http.client.HTTPException):
        return 0


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict]:
    """A data folder with a network, a session of nine seats and 24 signed-in members; and where to find them."""
    folder = tmp_path_factory.mktemp("rush")
    environ = environment(folder, 1)
    root = Path(__file__).resolve().parents[2]
    made = subprocess.run(
        [sys.executable, "-c", PREPARE], env=environ, cwd=root, capture_output=True, text=True, check=True
    )
    return folder, json.loads(made.stdout)


def environment(folder: Path, port: int) -> dict[str, str]:
    return {
        **os.environ,
        "ENISHI_DATA": str(folder),
        "ENISHI_DATABASE_URL": "",
        "ENISHI_SECRET_KEY": "k" * 60,
        "ENISHI_ORIGIN": f"http://127.0.0.1:{port}",
        "DJANGO_SETTINGS_MODULE": "enishi.config.settings",
    }


@pytest.mark.parametrize("moment", [0.0, 0.05, 0.15])
def test_what_was_acknowledged_outlives_a_kill(prepared: tuple[Path, dict], tmp_path: Path, moment: float) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    plan = prepared[1]
    shutil.copytree(prepared[0], tmp_path, dirs_exist_ok=True)
    environ = environment(tmp_path, port)
    server = start(environ, port)
    said: dict[int, int] = {}
    rush = [
        threading.Thread(target=lambda pk=pk, cookie=cookie: said.__setitem__(pk, sign_up(port, plan, cookie)))
        for pk, cookie in plan["keys"]
    ]
    for one in rush:
        one.start()
    while not any(status == 303 for status in said.values()) and any(one.is_alive() for one in rush):
        time.sleep(0.005)
    time.sleep(moment)
    server.kill()
    server.wait()
    for one in rush:
        one.join()
    acknowledged = {pk for pk, status in said.items() if status == 303}
    assert acknowledged, said
    assert set(said.values()) <= {0, 303}

    database = sqlite3.connect(tmp_path / "enishi.sqlite3")
    rows = dict(database.execute("select member_id, state from events_signup"))
    taken, maximum = database.execute("select seats_taken, maximum from events_eventsession").fetchone()
    mails = database.execute(
        "select count(*) from core_outgoingmail where kind in ('events.booked', 'events.waiting')"
    ).fetchone()[0]
    database.close()
    assert acknowledged <= set(rows)
    assert taken == list(rows.values()).count("booked") <= maximum
    assert mails == len(rows)

    # Started again, it goes on: everyone who was not answered asks once more.
    server = start(environ, port)
    try:
        for pk, cookie in plan["keys"]:
            assert sign_up(port, plan, cookie) == 303, pk
    finally:
        server.terminate()
        server.wait()
    database = sqlite3.connect(tmp_path / "enishi.sqlite3")
    states = [state for (state,) in database.execute("select state from events_signup order by id")]
    places = [
        place for (place,) in database.execute("select place from events_signup where state = 'waiting' order by place")
    ]
    database.close()
    assert (states.count("booked"), states.count("waiting")) == (9, 15)
    assert places == sorted(set(places))
