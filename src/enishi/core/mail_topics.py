"""What a mail is about, in its reader's words, and whom to ask whether that reader wants it.

Mail about the account has no topic: it cannot be stopped, and carries no link to do so. The app that knows the people
hands in their wishes (`keep`); the outbox asks at the moment of sending, so that who stops a kind of mail now gets none
that was written before.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.functional import Promise

if TYPE_CHECKING:
    from enishi.core.models import OutgoingMail


@dataclass(frozen=True)
class Topic:
    """`title` and `about` are read by members: which mails, and when they come. Shown in the order of `place`.

    What goes with a person's own act (a seat that they booked) cannot be stopped; its letters lead to the page that says so.
    """

    name: str
    title: str | Promise
    about: str | Promise
    place: int
    can_stop: bool = True


@dataclass(frozen=True)
class Wishes:
    """`unwanted(mail, topic)`: has its receiver stopped these? `page(mail, topic)`: their own link; empty for no person."""

    unwanted: Callable[[OutgoingMail, Topic], bool]
    page: Callable[[OutgoingMail, Topic], str]


_wishes = Wishes(unwanted=lambda mail, topic: False, page=lambda mail, topic: "")


def keep(wishes: Wishes) -> None:
    """Called from the `ready` of the app that keeps them."""
    global _wishes
    _wishes = wishes


def wishes() -> Wishes:
    return _wishes


def headers(topic: Topic | None, page: str) -> dict[str, str]:
    """List-Unsubscribe (RFC 2369); for what can be stopped also the one press in the mail program (RFC 8058)."""
    if topic is None or not page:
        return {}
    found = {"List-Unsubscribe": f"<{page}>"}
    if topic.can_stop:
        found["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    return found
