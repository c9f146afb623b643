"""One person's entry in a calendar: as a file, and as links to calendars on the web. The video link is in none of them."""

from __future__ import annotations

from datetime import UTC
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from enishi.core import clock, network
from enishi.engines import scheduling
from enishi.events.models import EventSession, Signup


def entry(signup: Signup, *, cancelled: bool = False) -> scheduling.CalendarEntry:
    """The entry of a place; UID fixed for this person and session, SEQUENCE rising with each change of either."""
    session, here = signup.session, network.current()
    return scheduling.CalendarEntry(
        uid=scheduling.stable_uid(
            "session", session.pk, signup.member_id, domain=urlsplit(settings.ORIGIN).hostname or "enishi"
        ),
        sequence=session.calendar_sequence + signup.calendar_sequence,
        starts_at=session.starts_at,
        ends_at=session.ends_at,
        zone=here.zone,
        summary=title(session),
        description=_("The link to join stands on this page from ten minutes before: %(url)s") % {"url": page(session)},
        location=_("Online"),
        url=page(session),
        organizer_name=here.office,
        organizer_email=here.contact_email,
        attendee_email=signup.member.user.email,
        cancelled=cancelled,
        stamp=clock.now(),
    )


def text(signup: Signup, *, cancelled: bool = False) -> bytes:
    """The calendar file that goes with a mail or is downloaded."""
    return scheduling.calendar_text([entry(signup, cancelled=cancelled)], method="CANCEL" if cancelled else "REQUEST")


def title(session: EventSession) -> str:
    return _("%(series)s, session %(number)s") % {"series": session.series.title, "number": session.number}


def page(session: EventSession) -> str:
    """The session's page on the web."""
    return settings.ORIGIN + reverse("events:session-detail", args=[session.pk])


def google_url(session: EventSession) -> str:
    form = "%Y%m%dT%H%M%SZ"
    parts = {
        "action": "TEMPLATE",
        "text": title(session),
        "dates": f"{session.starts_at.astimezone(UTC).strftime(form)}/{session.ends_at.astimezone(UTC).strftime(form)}",
        "details": page(session),
        "location": _("Online"),
    }
    return "https://calendar.google.com/calendar/render?" + urlencode(parts)


def outlook_url(session: EventSession) -> str:
    parts = {
        "path": "/calendar/action/compose",
        "rru": "addevent",
        "subject": title(session),
        "startdt": session.starts_at.isoformat(),
        "enddt": session.ends_at.isoformat(),
        "body": page(session),
        "location": _("Online"),
    }
    return "https://outlook.office.com/calendar/0/deeplink/compose?" + urlencode(parts)
