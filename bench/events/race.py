"""Sixty visitors press at the same moment for the last nine places, against real server processes."""

from __future__ import annotations

import http.client
import os
import re
import subprocess
import sys
import threading
import time
from typing import Any
from urllib.parse import urlencode

VISITORS, PORT = 60, 8931


def run(processes: int) -> dict[str, Any]:
    """One rush against `processes` servers on the database of this environment."""
    import world
    from django.conf import settings
    from django.db import connection

    from enishi.accounts.models import User
    from enishi.events.models import EventSession, Signup

    User.objects.all().delete()
    people, made = world.people(VISITORS), world.series(maximum=9)
    session = made.sessions.first()
    connection.close()
    server = _serve(processes)
    try:
        visitors = [Visitor(key, settings.SESSION_COOKIE_NAME) for _member, key in people]
        page = f"/events/{made.pk}/"
        gate = threading.Barrier(VISITORS)
        threads = [threading.Thread(target=each.rush, args=(page, session.pk, gate)) for each in visitors]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    finally:
        server.terminate()
        server.wait(20)
    row = EventSession.objects.get(pk=session.pk)
    booked = Signup.objects.filter(session=session, state="booked").count()
    places = list(
        Signup.objects.filter(session=session, state="waiting").order_by("place").values_list("place", flat=True)
    )
    waits = sorted(each.seconds for each in visitors)
    return {
        "processes": processes,
        "booked": booked,
        "seats_taken": row.seats_taken,
        "waiting_in_order": places == list(range(1, VISITORS - 8)),
        "errors": sum(each.status != 303 for each in visitors),
        "p95_s": round(waits[int(len(waits) * 0.95)], 2),
    }


class Visitor:
    """Opens the page, waits for the others, presses."""

    def __init__(self, key: str, cookie: str) -> None:
        self.key, self.cookie = key, cookie
        self.status, self.seconds = 0, 0.0

    def rush(self, page: str, session: int, gate: threading.Barrier) -> None:
        headers = {"Cookie": f"{self.cookie}={self.key}", "Accept-Language": "ja"}
        line = http.client.HTTPConnection("127.0.0.1", PORT, timeout=60)
        line.request("GET", page, headers=headers)
        answer = line.getresponse()
        body = answer.read()
        csrf = re.search(r"enishi_csrf=(\w+)", answer.headers.get("Set-Cookie", ""))
        token = re.search(rb'name="csrfmiddlewaretoken" value="(\w+)"', body)
        gate.wait()
        if csrf is None or token is None:
            self.status = answer.status
            return
        data = urlencode({"csrfmiddlewaretoken": token[1].decode(), "session": session})
        headers |= {
            "Cookie": f"{headers['Cookie']}; enishi_csrf={csrf[1]}",
            "Content-Type": "application/x-www-form-urlencoded",
        }
        begun = time.perf_counter()
        try:
            line.request("POST", f"{page}sign-up/", data, headers)
            self.status = line.getresponse().status
        except OSError:
            self.status = -1
        self.seconds = time.perf_counter() - begun


def _serve(processes: int) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "uvicorn", "enishi.config.asgi:application"]
    command += ["--host", "127.0.0.1", "--port", str(PORT), "--workers", str(processes), "--log-level", "error"]
    server = subprocess.Popen(command, env=dict(os.environ))
    for _ in range(300):
        try:
            line = http.client.HTTPConnection("127.0.0.1", PORT, timeout=5)
            line.request("GET", "/sign-in/")
            line.getresponse().read()
        except OSError:
            time.sleep(0.1)
        else:
            time.sleep(0.5 * processes)  # the other workers come up, too
            return server
    server.terminate()
    raise RuntimeError("The server did not answer within 30 seconds.")
