"""What a member finds on coming home: the next session, what to do, the latest report."""

from __future__ import annotations

from dataclasses import dataclass

from enishi.core import clock
from enishi.events.choices import SeriesState, SignupState
from enishi.events.models import EventSeries, EventSession, Signup
from enishi.events.queries import calendar
from enishi.feedback.queries import answers
from enishi.members.models import Member
from enishi.publishing.queries import reports


@dataclass(frozen=True)
class Home:
    """`steps` are (done, key) of the first three things; empty when all are done."""

    coming: list[Signup]
    led: list[EventSession]
    offers: list[Signup]
    open_series: list[EventSeries]
    to_answer: list[EventSeries]
    article: reports.Article | None
    steps: list[tuple[bool, str]]

    @property
    def next(self) -> Signup | None:
        return self.coming[0] if self.coming else None

    @property
    def later(self) -> list[Signup]:
        return self.coming[1:]

    @property
    def steps_done(self) -> int:
        return sum(done for done, _key in self.steps)

    @property
    def days(self) -> int | None:
        """Whole days until the next session, as the network counts days."""
        if self.next is None:
            return None
        return (clock.today_here(self.next.session.starts_at) - clock.today_here(clock.now())).days


def home(member: Member) -> Home:
    """Everything of the page, in a fixed number of questions."""
    places = [signup for signup in calendar.own_coming(member) if not signup.session.is_over]
    coming = [signup for signup in places if signup.state != SignupState.OFFERED]
    latest = reports.latest(member.user)
    led = [session for session in calendar.led_by(member) if not session.is_over]
    joined = {signup.session.series_id for signup in places} | {session.series_id for session in led}
    return Home(
        led=led,
        coming=sorted(coming, key=lambda each: (each.state != SignupState.BOOKED, each.session.starts_at)),
        offers=[signup for signup in places if signup.state == SignupState.OFFERED],
        open_series=[series for series in _open() if series.pk not in joined],
        to_answer=answers.waiting(member),
        article=reports.article(latest) if latest else None,
        steps=_steps(member),
    )


def _open() -> list[EventSeries]:
    """Announced, with a session that can still be chosen; the soonest first."""
    now = clock.now()
    found = EventSeries.objects.filter(
        state=SeriesState.ANNOUNCED, sessions__closes_at__gt=now, sessions__starts_at__gt=now
    )
    return sorted(found.distinct().prefetch_related("sessions"), key=lambda each: each.sessions.all()[0].starts_at)


def _steps(member: Member) -> list[tuple[bool, str]]:
    steps = [
        (member.visibilities.exists(), "visibility"),
        (bool(member.employer or member.title), "now"),
        (member.stints.exists(), "stint"),
    ]
    return [] if all(done for done, _key in steps) else steps
