"""The link of an offer: signed, for one person, one seat and one time; it needs no sign-in and no row."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from django.core.signing import BadSignature

from enishi.core import tokens
from enishi.events.models import Signup

PURPOSE = "events.offer"
MAX_AGE = 60 * 60 * 24 * 3  # longer than any offer, so that a late reader learns what became of it


@dataclass(frozen=True)
class Found:
    """The sign-up of a link; until when its offer stood, and whether it still does."""

    signup: Signup
    until: datetime
    stands: bool


def token(signup: Signup) -> str:
    """The link's secret part; ends with the offer, and with the person's epoch."""
    until = int(signup.offer_until.timestamp()) if signup.offer_until else 0
    return tokens.sign(PURPOSE, [signup.pk, until, signup.member.user.epoch])


def find(token: str) -> Found | None:
    """None for a link that we never made or that came to an end otherwise."""
    try:
        pk, until, epoch = tokens.unsign(PURPOSE, token, max_age=MAX_AGE)
    except (BadSignature, ValueError, TypeError):
        return None
    signup = Signup.objects.filter(pk=pk).select_related("session__series", "member__user").first()
    if signup is None or signup.member.user.epoch != epoch or not signup.member.user.is_active:
        return None
    stands = signup.offer_until is not None and int(signup.offer_until.timestamp()) == until
    return Found(signup, datetime.fromtimestamp(until, UTC), stands)
