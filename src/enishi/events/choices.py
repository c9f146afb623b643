"""States of series, sessions and sign-ups."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class SeriesState(TextChoices):
    DRAFT = "draft", pgettext_lazy("series", "draft")
    ANNOUNCED = "announced", pgettext_lazy("series", "announced")
    CLOSED = "closed", pgettext_lazy("series", "closed")


class SessionState(TextChoices):
    OPEN = "open", pgettext_lazy("session", "open")
    CANCELLED = "cancelled", pgettext_lazy("session", "cancelled")
    HELD = "held", pgettext_lazy("session", "held")
    NOT_HELD = "not_held", pgettext_lazy("session", "not held")


class SignupState(TextChoices):
    """The whole table of steps stands in docs/developers/signups.md and in the tests."""

    BOOKED = "booked", _("booked")
    WAITING = "waiting", _("on the waitlist")
    OFFERED = "offered", _("a seat is offered")
    LEAVING = "leaving", _("withdrawn, can be undone")
    WITHDRAWN = "withdrawn", _("withdrawn")
    CANCELLED = "cancelled", _("the session was cancelled")


YEARS = range(1900, 2101)  # of a session: in other zones and with its length added it is still a date
SEAT_HELD = (SignupState.BOOKED, SignupState.OFFERED, SignupState.LEAVING)


class SegmentKind(TextChoices):
    GREETING = "greeting", _("Greeting")
    CHECK_IN = "check_in", _("Check-in")
    TOPIC = "topic", _("Topic")
    CLOSING = "closing", _("Closing")
