"""Reading registrations: the visitor's own."""

from __future__ import annotations

from datetime import timedelta

from enishi.accounts.choices import RegistrationState
from enishi.accounts.models import Registration
from enishi.core import clock, tokens

UNSENT = (RegistrationState.DRAFT, RegistrationState.ASKED_BACK)
OPEN = (*UNSENT, RegistrationState.SUBMITTED)
LINK_LIVES = timedelta(hours=24)


def of_browser(key: str) -> Registration | None:
    """The newest registration that belongs to the browser with this key; a decided one too, so that its page can say so."""
    if not key:
        return None
    return (
        Registration.objects.select_related("invitation", "route_code")
        .filter(browser=tokens.hashed(key))
        .order_by("-pk")
        .first()
    )


def code_of(registration: Registration) -> str:
    """The six digits in the mail: derived, never kept."""
    return tokens.derive_code("registration-code", registration.pk, registration.nonce)


def link_token(registration: Registration) -> str:
    """The last part of the mailed link: derived, never kept."""
    return tokens.derive("registration-link", registration.pk, registration.nonce)


def link_is_live(registration: Registration) -> bool:
    """A day for the first mail; while the office has it, as long as it is open."""
    if registration.state in {RegistrationState.SUBMITTED, RegistrationState.ASKED_BACK}:
        return True
    sent = registration.mailed_at
    return registration.state == RegistrationState.DRAFT and sent is not None and clock.now() < sent + LINK_LIVES
