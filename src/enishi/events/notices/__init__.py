"""The kinds of mail of this app. Each says one thing, from ids, at the moment it is sent."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from enishi.accounts.queries.receivers import language
from enishi.core import outbox
from enishi.events.mail_topics import ANNOUNCEMENTS, REMINDERS, SIGN_UPS
from enishi.events.notices import announcing, places, session_news


def register() -> None:
    """Called when the app is ready."""
    for name, title, compose, topic in (
        ("booked", _("Sign-up confirmed"), places.booked, SIGN_UPS),
        ("waiting", _("On the waitlist"), places.waiting, SIGN_UPS),
        ("promoted", _("A seat from the waitlist"), places.promoted, SIGN_UPS),
        ("offer", _("A seat is offered"), places.offer, SIGN_UPS),
        ("withdrawn", _("Sign-up withdrawn"), places.withdrawn, SIGN_UPS),
        ("reminder", _("Reminder"), session_news.reminder, REMINDERS),
        ("session_changed", _("The time of a session changed"), session_news.changed, SIGN_UPS),
        ("session_cancelled", _("A session was cancelled"), session_news.cancelled, SIGN_UPS),
        ("announcement", _("Announcement of an event"), announcing.announcement, ANNOUNCEMENTS),
        ("below_minimum", _("A session below its minimum"), announcing.below_minimum, None),  # a duty
    ):
        outbox.register(outbox.Kind(f"events.{name}", title, compose, language, topic))
