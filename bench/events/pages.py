"""CPU and queries of the event page and of a whole sign-up, ours and bare, turn by turn in one process."""

from __future__ import annotations

import re
import statistics
import time
from typing import Any
from urllib.parse import urlencode

import bare
import world

ROUNDS, PAGES_A_ROUND, FLOWS_A_ROUND = 7, 30, 12
STOCK = "django.contrib.auth.backends.ModelBackend"  # who signs in to the bare pages is read as Django reads anyone


class Browser:
    """One member's browser, without a network between: a request goes straight into the WSGI handler."""

    def __init__(self, handler: Any, key: str) -> None:
        from django.conf import settings
        from django.test import RequestFactory

        self.handler, self.settings = handler, settings
        self.cookies = {settings.SESSION_COOKIE_NAME: key}
        self.make = RequestFactory(SERVER_NAME="127.0.0.1", SERVER_PORT="8931", HTTP_ACCEPT_LANGUAGE="ja")

    def send(self, method: str, path: str, data: dict[str, Any] | None = None) -> Any:
        from django.core.signals import request_finished, request_started

        cookie = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        body = urlencode(data or {}, doseq=True)
        extra = {"HTTP_COOKIE": cookie, "HTTP_REFERER": f"http://127.0.0.1:8931{path}"}
        request = self.make.generic(method, path, body, "application/x-www-form-urlencoded", **extra)
        request_started.send(type(self), environ=request.META)
        answer = self.handler.get_response(request)
        for name, morsel in answer.cookies.items():
            self.cookies[name] = morsel.value
        request_finished.send(type(self))
        return answer

    def sign_up(self, page: str, post: str, session: int) -> int:
        """The whole flow as a person takes it; returns how many requests it took."""
        form = self.send("GET", page)
        token = re.search(rb'name="csrfmiddlewaretoken" value="(\w+)"', form.content)
        assert token is not None, form.status_code
        answer = self.send("POST", post, {"csrfmiddlewaretoken": token[1].decode(), "session": session})
        assert answer.status_code in (302, 303), (answer.status_code, answer.content[:300])
        result = self.send("GET", answer["Location"])
        assert result.status_code == 200
        return 3


def handlers() -> tuple[Any, Any]:
    """(ours, bare): the same process, each with its own middleware."""
    from django.core.handlers.wsgi import WSGIHandler
    from django.test import override_settings

    ours = WSGIHandler()
    with override_settings(MIDDLEWARE=bare.USUAL, SESSION_ENGINE="django.contrib.sessions.backends.db"):
        plain = WSGIHandler()
    return ours, plain


def measure() -> dict[str, float]:
    from django.conf import settings

    settings.ROOT_URLCONF = "bare"
    settings.TEMPLATES.append({**settings.TEMPLATES[0], "NAME": "bare", "APP_DIRS": False, "OPTIONS": _plain()})
    settings.AUTHENTICATION_BACKENDS = [*settings.AUTHENTICATION_BACKENDS, STOCK]
    people, made = world.people(), world.series(maximum=500)
    others = world.people(name="plain", backend=STOCK)
    ours, plain = handlers()
    page, post, plain_page = f"/events/{made.pk}/", f"/events/{made.pk}/sign-up/", f"/bare/{made.pk}/"
    sessions = list(made.sessions.values_list("pk", flat=True))
    keys, plain_keys = iter([key for _member, key in people]), iter([key for _member, key in others])
    reader, plain_reader = next(keys), next(plain_keys)

    def read(handler: Any, path: str) -> float:
        browser = Browser(handler, reader if handler is ours else plain_reader)
        begun = time.process_time()
        for _ in range(PAGES_A_ROUND):
            assert browser.send("GET", path).status_code == 200
        return (time.process_time() - begun) / PAGES_A_ROUND

    def flows(handler: Any, path: str, to: str) -> float:
        chosen = keys if handler is ours else plain_keys
        browsers = [Browser(handler, next(chosen)) for _ in range(FLOWS_A_ROUND)]
        begun = time.perf_counter()
        for browser in browsers:
            browser.sign_up(path, to, sessions[0])
        return (time.perf_counter() - begun) / FLOWS_A_ROUND

    read(ours, page), read(plain, plain_page), flows(ours, page, post), flows(plain, plain_page, plain_page)
    pairs = [(read(ours, page), read(plain, plain_page)) for _ in range(ROUNDS)]
    acts = [(flows(ours, page, post), flows(plain, plain_page, plain_page)) for _ in range(ROUNDS)]
    return {
        "event_page_cpu_ms": 1000 * statistics.median(a for a, _b in pairs),
        "bare_page_cpu_ms": 1000 * statistics.median(b for _a, b in pairs),
        "event_page_cpu_x_bare": statistics.median(a / b for a, b in pairs),
        "event_page_queries": _queries(lambda: Browser(ours, reader).send("GET", page)),
        "signup_requests": 3,
        "signup_queries": _queries(lambda: Browser(ours, next(keys)).sign_up(page, post, sessions[1])),
        "signups_per_s": 1 / statistics.median(a for a, _b in acts),
        "bare_signups_per_s": 1 / statistics.median(b for _a, b in acts),
        "signups_per_s_x_bare": statistics.median(b / a for a, b in acts),
    }


def _queries(act: Any) -> int:
    """Statements, without those that only begin and end transactions."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as seen:
        act()
    frame = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE")
    return sum(not each["sql"].startswith(frame) for each in seen.captured_queries)


def _plain() -> dict[str, Any]:
    return {
        "context_processors": [
            "django.template.context_processors.request",
            "django.contrib.auth.context_processors.auth",
        ]
    }
