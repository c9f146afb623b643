"""The kinds of mail of this app. Each says one thing, from ids, at the moment it is sent."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from enishi.core import outbox
from enishi.events.notices import announcing, places, session_news
from enishi.events.notices.letters import language


def register() -> None:
    """Called when the app is ready."""
    for name, title, compose in (
        ("booked", _("Sign-up confirmed"), places.booked),
        ("waiting", _("On the waitlist"), places.waiting),
        ("promoted", _("A seat from the waitlist"), places.promoted),
        ("offer", _("A seat is offered"), places.offer),
        ("withdrawn", _("Sign-up withdrawn"), places.withdrawn),
        ("reminder", _("Reminder"), session_news.reminder),
        ("session_changed", _("The time of a session changed"), session_news.changed),
        ("session_cancelled", _("A session was cancelled"), session_news.cancelled),
        ("announcement", _("Announcement of an event"), announcing.announcement),
        ("below_minimum", _("A session below its minimum"), announcing.below_minimum),
    ):
        outbox.register(outbox.Kind(f"events.{name}", title, compose, language))
