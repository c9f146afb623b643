"""Mails about a series: to every member when it opens, to the officers when a session is short of people."""

from __future__ import annotations

from django.conf import settings
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from enishi.accounts import policies
from enishi.accounts.models import User
from enishi.core import dates, network, outbox
from enishi.core.models import OutgoingMail
from enishi.core.statements import Kept
from enishi.events.choices import SeriesState, SessionState, SignupState
from enishi.events.models import EventSeries, EventSession
from enishi.events.notices import letters
from enishi.events.queries import calendar_entry


def announcement(mail: OutgoingMail) -> outbox.Letter | None:
    series = _announced.first(int(mail.about["series"]))
    user = _reader.first(mail.user_id or 0)
    if series is None or user is None or user.member.left_at is not None:
        return None
    return announcement_letter(series, to=user.email, name=user.member.name, zone=user.zone)


def announcement_letter(series: EventSeries, *, to: str, name: str, zone: str) -> outbox.Letter:
    """In the language that is active; the office's preview shows the same."""
    sessions = _open_sessions(series.pk)
    smallest, largest = min(s.minimum for s in sessions), max(s.maximum for s in sessions)
    return outbox.Letter(
        to=to,
        # Translators: subject of an announcement: title of the event, then the network's name.
        subject=_("Invitation: %(series)s | %(network)s") % {"series": series.title, "network": network.current().name},
        greeting=letters.greeting(name),
        paragraphs=[
            letters.who_writes(),
            _("We invite you to %(series)s.") % {"series": series.title},
            series.purpose,
            *([series.text] if series.text else []),
        ],
        facts=[
            *((_session_label(each), dates.when(each.starts_at, each.ends_at, zone).sentence) for each in sessions),
            (_("Place"), _("Online")),
            (_("People"), _("%(least)s to %(most)s in each session") % {"least": smallest, "most": largest}),
        ],
        button=(_("Choose dates and sign up"), letters.series_url(series.pk)),
        after=[_("You can choose any number of dates. You may also come just to listen.")],
        reason=_("You receive this mail because you are a member of this network."),
    )


def below_minimum(mail: OutgoingMail) -> outbox.Letter | None:
    session = EventSession.objects.filter(pk=mail.about["session"]).select_related("series").first()
    user = User.objects.filter(pk=mail.user_id or 0, is_active=True).first()
    if session is None or user is None or not policies.is_office(user):
        return None
    booked = session.signups.filter(state=SignupState.BOOKED).count()
    if session.state != SessionState.OPEN or session.has_begun or booked >= session.minimum:
        return None
    return outbox.Letter(
        to=user.email,
        subject=letters.subject(session, _("Too few have signed up so far")),
        greeting="",
        paragraphs=[
            _(
                "%(session)s has %(booked)s of at least %(minimum)s people. It begins in two days or less. Please choose: keep sign-up open longer, or cancel the session."
            )
            % {"session": calendar_entry.title(session), "booked": booked, "minimum": session.minimum},
        ],
        facts=letters.facts(session, user)[:-2],
        button=(
            _("Choose on the page of the session"),
            settings.ORIGIN + reverse("events:office-session", args=[session.pk]),
        ),
        reason=_("You receive this mail because you work in the office of this network."),
    )


@Kept
def _announced(series: int) -> QuerySet[EventSeries]:
    return EventSeries.objects.filter(pk=series, state=SeriesState.ANNOUNCED)


@Kept
def _reader(user: int) -> QuerySet[User]:
    return User.objects.filter(pk=user, is_active=True).select_related("member")


@Kept
def _open_sessions(series: int) -> QuerySet[EventSession]:
    return EventSession.objects.filter(series=series, state=SessionState.OPEN).order_by("starts_at")


def _session_label(session: EventSession) -> str:
    return _("Session %(number)s") % {"number": session.number}
