"""What all mails of this app share: who reads, when and where it is, how to join."""

from __future__ import annotations

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from enishi.accounts.models import User
from enishi.core import clock, dates, network, outbox
from enishi.core.models import OutgoingMail
from enishi.events.models import EventSession, Signup
from enishi.events.queries import calendar_entry

Facts = list[tuple[str, str]]


def signup_of(mail: OutgoingMail, *states: str) -> Signup | None:
    """The sign-up a mail is about, if it still is in one of these states and its person can be reached."""
    found = (
        Signup.objects.filter(pk=mail.about["signup"], member__user__is_active=True, member__left_at=None)
        .select_related("session__series", "member__user")
        .first()
    )
    return found if found is not None and (not states or found.state in states) else None


def greeting(name: str) -> str:
    # Translators: the first line of a mail; in Japanese with 様.
    return _("Dear %(name)s,") % {"name": name}


def who_writes() -> str:
    here = network.current()
    return _("This is %(office)s of %(network)s.") % {"office": here.office, "network": here.name}


def subject(session: EventSession, words: str) -> str:
    """When, what, and who writes."""
    local = clock.local(session.starts_at, dates.network_zone())
    day = f"{dates.day(local)}{'' if dates.japanese() else ' '}{dates.hour(local)}"
    # Translators: the subject of a mail: when a session begins, what the mail says, the network's name.
    return _("[%(when)s] %(words)s | %(network)s") % {"when": day, "words": words, "network": network.current().name}


def facts(session: EventSession, user: User) -> Facts:
    """Date and time here and where the reader is, place, way to join."""
    when = dates.when(session.starts_at, session.ends_at, user.zone)
    lines = [
        (_("Event"), calendar_entry.title(session)),
        (
            _("Date and time"),
            _("%(day)s %(hours)s (%(zone)s)") % {"day": when.day, "hours": when.hours, "zone": when.zone},
        ),
    ]
    if when.here:
        local = f"{when.here_city} {when.here}"
        if when.here_note:
            local = _("%(time)s (%(note)s)") % {"time": local, "note": when.here_note}
        lines.append((_("Where you are"), local))
    return [
        *lines,
        (_("Place"), _("Online")),
        (_("How to join"), _("The link stands on the page of the session from ten minutes before it begins")),
    ]


def session_button(session: EventSession) -> tuple[str, str]:
    return _("Open the page of the session"), calendar_entry.page(session)


def series_url(series_id: int) -> str:
    return settings.ORIGIN + reverse("events:series-detail", args=[series_id])


def how_to_withdraw() -> str:
    return _("If your plans change, you can withdraw on that page up to the start. You need not give a reason.")


def because_signed_up() -> str:
    return _("You receive this mail because you signed up for this session.")


def invitation(signup: Signup) -> outbox.Attachment:
    return outbox.Attachment("session.ics", calendar_entry.text(signup), "text/calendar; method=REQUEST")


def cancellation(signup: Signup) -> outbox.Attachment:
    return outbox.Attachment("session.ics", calendar_entry.text(signup, cancelled=True), "text/calendar; method=CANCEL")
