"""How often one may try: counters in the database, so that they hold over any number of processes.

A window of fixed length begins at a multiple of that length since 1970 (fixed-window counting); a key is hashed, since it
may be an address.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import F
from django.http import HttpRequest

from enishi.core import clock
from enishi.core.models import LimitCounter


class TooMany(Exception):
    """A limit was reached; shown as a 429 page that says until when."""

    def __init__(self, what: str, until: datetime) -> None:
        super().__init__(what)
        self.what = what
        self.until = until


@dataclass(frozen=True)
class Limit:
    """`most` tries in `per`."""

    name: str
    most: int
    per: timedelta


SIGN_IN_PER_ADDRESS = Limit("sign-in mails to one address", 5, timedelta(hours=1))
SIGN_IN_PER_IP = Limit("sign-in mails from one place", 20, timedelta(hours=1))
REGISTRATION_PER_IP = Limit("registrations from one place", 10, timedelta(hours=1))
SEARCH = Limit("searches", 60, timedelta(minutes=1))
UPLOAD = Limit("uploads", 20, timedelta(hours=1))
SECOND_FACTOR = Limit("tries of the second factor", 5, timedelta(minutes=5))
SETUP = Limit("tries of the set-up code", 10, timedelta(hours=1))


def hit(limit: Limit, who: object) -> None:
    """Count one try of `who` (an address, an IP, a user's key); raises `TooMany` when there were already `most`."""
    length = int(limit.per.total_seconds())
    window = int(clock.now().timestamp()) // length
    key = hashlib.sha256(f"{limit.name}\x1f{who}".encode()).hexdigest()
    ends_at = datetime.fromtimestamp((window + 1) * length, UTC)
    row = LimitCounter.objects.filter(key=key, window=window)
    if not row.filter(count__lt=limit.most).update(count=F("count") + 1):
        if row.exists():
            raise TooMany(limit.name, ends_at)
        try:
            with transaction.atomic():
                LimitCounter.objects.create(key=key, window=window, count=1, ends_at=ends_at)
        except IntegrityError:  # another process made the row a moment ago
            hit(limit, who)


def first_time(name: str, who: object, number: int, until: datetime) -> bool:
    """Claim `number` of `who` once, over all processes: True for the first caller, False for all others until `until`.

    What may be used a single time (a step of an authenticator app) is claimed so.
    """
    key = hashlib.sha256(f"{name}\x1f{who}".encode()).hexdigest()
    try:
        with transaction.atomic():
            LimitCounter.objects.create(key=key, window=number, count=1, ends_at=until)
    except IntegrityError:
        return False
    return True


def forget_old() -> int:
    """Delete counters whose window is over; returns how many."""
    return LimitCounter.objects.filter(ends_at__lte=clock.now()).delete()[0]


def client_address(request: HttpRequest) -> str:
    """The visitor's IP: of X-Forwarded-For only as many entries are believed as there are trusted proxies."""
    proxies: int = settings.TRUSTED_PROXIES
    chain = [part.strip() for part in request.headers.get("x-forwarded-for", "").split(",") if part.strip()]
    if proxies and len(chain) >= proxies:
        return chain[-proxies]
    return str(request.META.get("REMOTE_ADDR", ""))
