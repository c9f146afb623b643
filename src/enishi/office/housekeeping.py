"""What the worker looks after between mails: the clock of events, and what has outlived its use."""

from __future__ import annotations

import logging
from collections.abc import Callable

from enishi.accounts.actions import email_change, registrations, sign_in
from enishi.accounts.actions import roster as roster_actions
from enishi.core import limits, remains, sessions
from enishi.events import tasks as events
from enishi.feedback.actions import consents

log = logging.getLogger("enishi.worker")

HOURLY: tuple[Callable[[], object], ...] = (
    limits.forget_old,
    sessions.forget_old,
    sign_in.forget_old,
    email_change.forget_old,
    registrations.forget_old,
    roster_actions.forget_files,
    consents.forget_old,
    remains.forget_writes,  # last: what the others erased is in it
)


def tick() -> int:
    """Every few seconds: returns how many things were done."""
    return events.tick()


def every_hour() -> None:
    """One task that fails does not hold up the others."""
    for task in HOURLY:
        try:
            task()
        except Exception:
            log.exception("%s.%s failed; it is tried again in an hour", task.__module__, task.__name__)
