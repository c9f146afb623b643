"""What signing in and changing the address share: a mail was asked for, and this browser may type its code."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from datetime import datetime
from typing import Any, TypeVar

from django.http import HttpRequest
from django.utils.translation import ngettext

from enishi.accounts.actions.sign_in import CODE_TRIES, LIFETIME
from enishi.accounts.forms.sign_in import CodeForm
from enishi.accounts.models import EmailChange, SignInTicket
from enishi.accounts.queries.proofs import State
from enishi.core import clock

MINUTES = int(LIFETIME.total_seconds() // 60)
STATUS = {State.OPEN: 200, State.USED: 410, State.EXPIRED: 410, State.UNKNOWN: 404}  # of a link's page

Proof = TypeVar("Proof", SignInTicket, EmailChange)


def browser_key(request: HttpRequest) -> str:
    """A key that only this browser's session holds."""
    key: str = request.session.get("browser", "")
    if not key:
        key = request.session["browser"] = secrets.token_urlsafe(24)
    return key


def remember(request: HttpRequest, key: str, *, proof: int, email: str, onward: str = "") -> None:
    """Keep under `key` in the session what was asked for: the proof's number, the address, where to go on, tries, when."""
    at = clock.now().isoformat()
    request.session[key] = {"proof": proof, "email": email, "next": onward, "tries": 0, "at": at}


def typed(request: HttpRequest, key: str, use: Callable[..., Proof | None]) -> tuple[Proof | None, dict[str, Any]]:
    """What the typed code proves, if anything, and what the page of the code shows.

    `use` is the action that takes a proof's number, a code and the browser. One more try is counted before it is asked.
    """
    asked: dict[str, Any] = request.session[key]
    form = CodeForm(request.POST or None)
    proved, over = None, _too_late(asked)
    if request.method == "POST" and not over and form.is_valid():
        asked["tries"] += 1
        request.session[key] = asked
        proved = use(asked["proof"], form.cleaned_data["code"], browser=browser_key(request))
        over = _too_late(asked)
        if proved is None and not over:
            form.add_error("code", _misfit(CODE_TRIES - asked["tries"]))
    return proved, {"form": form, "asked": asked, "over": over, "minutes": MINUTES}


def _too_late(asked: dict[str, Any]) -> str:
    """Why no code is taken any more: "tries", "time" or empty. The same for an address that nobody has."""
    if asked["tries"] >= CODE_TRIES:
        return "tries"
    if clock.now() - datetime.fromisoformat(asked["at"]) >= LIFETIME:
        return "time"
    return ""


def _misfit(left: int) -> str:
    return ngettext(
        "This code does not fit. Look at the newest mail; you have %(left)s more try.",
        "This code does not fit. Look at the newest mail; you have %(left)s more tries.",
        left,
    ) % {"left": left}
