"""What the office finds first: what waits for it, then figures."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, time
from itertools import dropwhile
from zoneinfo import ZoneInfo

from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from enishi.accounts.choices import RegistrationState
from enishi.accounts.models import Registration, RosterEntry
from enishi.accounts.queries import routes as route_queries
from enishi.core import clock, dates, sending
from enishi.core.models import MailState, OutgoingMail
from enishi.events.choices import SeriesState, SessionState, SignupState
from enishi.events.models import EventSession, Signup
from enishi.members.models import Member
from enishi.members.queries import admissions
from enishi.members.queries import office as members
from enishi.publishing.choices import ReportState
from enishi.publishing.models import Report

MONTHS = 12


@dataclass(frozen=True)
class Task:
    """One thing that waits for the office: a sentence, where to do it, an icon, and whether it presses."""

    words: str
    url: str
    icon: str
    presses: bool = False


@dataclass(frozen=True)
class Figure:
    """One number, with the page that holds its rows."""

    number: int
    words: str
    url: str


@dataclass(frozen=True)
class Bar:
    """One bar: its words, its count, its width in per cent of the largest."""

    words: str
    count: int
    width: int


def tasks() -> list[Task]:
    """What presses comes first."""
    found = [*_sessions_below_minimum(), *_mails(), *_requests(), *_registrations(), *_drafts()]
    return sorted(found, key=lambda task: not task.presses)


def figures() -> list[Figure]:
    people = members.figures()
    zone = ZoneInfo(dates.network_zone())
    month = datetime.combine(clock.today(zone.key).replace(day=1), time(), zone)
    this_month = Member.objects.present().filter(admitted_at__gte=month, is_employee=False).count()
    booked = Signup.objects.filter(
        state=SignupState.BOOKED, session__state=SessionState.OPEN, session__starts_at__gt=clock.now()
    ).aggregate(n=Count("member", distinct=True))["n"]
    came = Signup.objects.filter(state=SignupState.BOOKED, session__state=SessionState.HELD).exclude(attended=False)
    return [
        Figure(people["all"] - people["employees"], _("alumni"), reverse("members:office-members")),
        Figure(this_month, _("joined this month"), reverse("members:office-members")),
        Figure(booked, _("people booked ahead"), reverse("events:office-list")),
        Figure(
            came.aggregate(n=Count("member", distinct=True))["n"],
            _("people who came so far"),
            reverse("events:office-list"),
        ),
        Figure(RosterEntry.objects.count(), _("rows in the roster"), reverse("office:roster")),
    ]


def upcoming() -> QuerySet[EventSession]:
    """Sessions ahead, with how many are booked and how many wait."""
    return (
        EventSession.objects.filter(
            state=SessionState.OPEN, series__state=SeriesState.ANNOUNCED, starts_at__gt=clock.now()
        )
        .select_related("series")
        .annotate(
            booked=Count("signups", filter=Q(signups__state=SignupState.BOOKED)),
            waiting=Count("signups", filter=Q(signups__state=SignupState.WAITING)),
        )
        .order_by("starts_at")[:8]
    )


def routes() -> list[Bar]:
    """Admissions by route, as people told it."""
    return _bars(route_queries.admitted())


def months() -> list[Bar]:
    """Admissions a month in the network's zone: the last twelve, from the first that has any; none without any."""
    zone = dates.network_zone()
    today = clock.today(zone)
    wanted = [divmod(today.year * 12 + today.month - 1 - back, 12) for back in range(MONTHS - 1, -1, -1)]
    decided = Registration.objects.filter(state=RegistrationState.ADMITTED).values_list("decided_at", flat=True)
    counted = Counter((day.year, day.month - 1) for day in (clock.local(at, zone) for at in decided if at))
    begun = dropwhile(lambda each: not counted[each], wanted)
    return _bars([(dates.month(year, month + 1), counted[year, month]) for year, month in begun])


def _bars(rows: list[tuple[str, int]]) -> list[Bar]:
    most = max((count for _words, count in rows), default=0) or 1
    return [Bar(words, count, round(100 * count / most)) for words, count in rows]


def _sessions_below_minimum() -> list[Task]:
    rows = EventSession.objects.filter(
        below_minimum_at__isnull=False, state=SessionState.OPEN, starts_at__gt=clock.now()
    ).select_related("series")
    return [
        Task(
            _("“%(title)s”, session %(number)s has fewer people than its minimum. Extend its deadline or cancel it.")
            % {"title": row.series.title, "number": row.number},
            reverse("events:office-session", args=[row.pk]),
            "alert",
            presses=True,
        )
        for row in rows.annotate(n=Count("signups", filter=Q(signups__state=SignupState.BOOKED)))
        if row.n < row.minimum
    ]


def _mails() -> list[Task]:
    if not sending.can_deliver():
        return [_mail_waits()]
    dead = OutgoingMail.objects.filter(state=MailState.DEAD).count()
    if not dead:
        return []
    words = ngettext(
        "%(n)s mail could not be delivered and was given up.",
        "%(n)s mails could not be delivered and were given up.",
        dead,
    ) % {"n": dead}
    return [Task(words, reverse("office:mail"), "mail", presses=True)]


def _mail_waits() -> Task:
    """Without a mail server nobody can sign in anew or accept an invitation: it comes before everything else."""
    waiting = OutgoingMail.objects.filter(state=MailState.QUEUED).count()
    words = _("No mail server is set, so no mail goes out. See what to do.")
    if waiting:
        words = ngettext(
            "No mail server is set, so no mail goes out; %(n)s mail waits. See what to do.",
            "No mail server is set, so no mail goes out; %(n)s mails wait. See what to do.",
            waiting,
        ) % {"n": waiting}
    return Task(words, reverse("office:mail"), "mail", presses=True)


def _requests() -> list[Task]:
    waiting, late = members.open_requests(), members.overdue_requests()
    if not waiting:
        return []
    words = ngettext(
        "%(n)s request about personal data is open.", "%(n)s requests about personal data are open.", waiting
    )
    return [Task(words % {"n": waiting}, reverse("members:office-requests"), "lock", presses=bool(late))]


def _registrations() -> list[Task]:
    waiting = admissions.waiting_count()
    if not waiting:
        return []
    words = ngettext("%(n)s registration waits for you.", "%(n)s registrations wait for you.", waiting)
    return [Task(words % {"n": waiting}, reverse("members:office-registrations"), "people")]


def _drafts() -> list[Task]:
    rows = Report.objects.filter(state=ReportState.DRAFT).select_related("series")
    return [
        Task(
            _("The report of “%(title)s” is a draft. Choose voices, write the story and publish it.")
            % {"title": row.series.title},
            reverse("publishing:office-report", args=[row.pk]),
            "doc",
        )
        for row in rows
    ]
