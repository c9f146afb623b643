"""Every state and every step of a sign-up, as the table in docs/developers/signups.md has them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError

from cast import Cast
from enishi.core import clock
from enishi.events import tasks
from enishi.events.actions import sessions, signups, waitlist
from enishi.events.models import EventSession, Signup
from enishi.members.models import Member
from enishi.members.signals import member_left
from factories.events import NOON, START, fill, make_session

DOC = Path(__file__).parents[2] / "docs" / "developers" / "signups.md"
LATE = START - timedelta(hours=20)


def read_table() -> dict[tuple[str, str], str]:
    """{(state, step): what it becomes}."""
    lines = [line for line in DOC.read_text().splitlines() if line.startswith("|")]
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    steps = cells[0][1:]
    return {(row[0], step): cell for row in cells[2:] for step, cell in zip(steps, row[1:], strict=True)}


TABLE = read_table()


class Story:
    """Nakamura and one session for three; the others are there to make it full or to leave."""

    def __init__(self, cast: Cast) -> None:
        self.now = NOON
        self.who: Member = cast.nakamura
        self.session: EventSession = make_session(minimum=1, maximum=3)

    @property
    def mine(self) -> Signup | None:
        return Signup.objects.filter(session=self.session, member=self.who).first()

    @property
    def state(self) -> str:
        return self.mine.state if self.mine else "none"

    def later(self, moment: datetime | timedelta) -> None:
        self.now = self.now + moment if isinstance(moment, timedelta) else max(moment, self.now)

    def act(self, deed: Callable[[], object]) -> None:
        with clock.at(self.now):
            deed()

    def sign_up(self) -> None:
        self.act(lambda: signups.sign_up(self.session, member=self.who))

    def with_mine(self, deed: Callable[[Signup], object]) -> None:
        if self.mine:
            self.act(lambda: deed(self.mine))

    def free_a_seat(self) -> None:
        """Someone else leaves, for good."""
        other = Signup.objects.filter(session=self.session, state="booked").exclude(member=self.who).first()
        if other:
            self.act(lambda: signups.withdraw(other))
            self.later(timedelta(seconds=31))
            self.act(lambda: signups.finish_leaving(other))

    def make_full(self) -> None:
        self.act(lambda: fill(self.session))


def none(story: Story) -> None:
    pass


def booked(story: Story) -> None:
    story.sign_up()


def waiting(story: Story) -> None:
    story.make_full()
    story.sign_up()


def offered(story: Story) -> None:
    waiting(story)
    story.later(LATE)
    story.free_a_seat()


def leaving(story: Story) -> None:
    booked(story)
    story.with_mine(signups.withdraw)


def gave_up_a_seat(story: Story) -> None:
    leaving(story)
    story.later(timedelta(seconds=31))
    story.act(tasks.tick)


def left_the_queue(story: Story) -> None:
    waiting(story)
    story.with_mine(signups.withdraw)


def offer_passed_on(story: Story) -> None:
    offered(story)
    story.with_mine(waitlist.decline)


def cancelled(story: Story) -> None:
    booked(story)
    story.act(lambda: sessions.cancel(story.session))


STATES = {
    "none": none,
    "booked": booked,
    "waiting": waiting,
    "offered": offered,
    "leaving": leaving,
    "withdrawn, gave up a seat": gave_up_a_seat,
    "withdrawn, left the queue": left_the_queue,
    "withdrawn, offer passed on": offer_passed_on,
    "cancelled": cancelled,
}


def sign_up_seat_free(story: Story) -> None:
    if story.state in ("withdrawn",):
        story.free_a_seat()
    story.sign_up()


def sign_up_full(story: Story) -> None:
    story.make_full()
    story.sign_up()


def undo(story: Story) -> None:
    if story.state == "withdrawn":
        story.make_full()
    story.with_mine(signups.undo)


def free_early(story: Story) -> None:
    story.free_a_seat()


def free_late(story: Story) -> None:
    story.later(LATE)
    story.free_a_seat()


def pass_time(span: timedelta) -> Callable[[Story], None]:
    def step(story: Story) -> None:
        story.later(span)
        story.act(tasks.tick)

    return step


STEPS: dict[str, Callable[[Story], None]] = {
    "sign up, seat free": sign_up_seat_free,
    "sign up, full": sign_up_full,
    "withdraw": lambda story: story.with_mine(signups.withdraw),
    "undo": undo,
    "30 seconds pass": pass_time(timedelta(seconds=31)),
    "a seat frees early": free_early,
    "a seat frees late": free_late,
    "accept": lambda story: story.with_mine(waitlist.accept),
    "decline": lambda story: story.with_mine(waitlist.decline),
    "two hours pass": pass_time(timedelta(hours=2, seconds=1)),
    "session is cancelled": lambda story: story.act(lambda: sessions.cancel(story.session)),
    "member leaves": lambda story: story.act(lambda: member_left.send(Member, member=story.who, by=None)),
}


def test_the_table_names_every_state_and_every_step() -> None:
    assert set(TABLE) == {(state, step) for state in STATES for step in STEPS}


@pytest.mark.parametrize(("state", "step"), TABLE, ids=[f"{state} / {step}" for state, step in TABLE])
def test_a_step_leads_where_the_table_says(state: str, step: str, cast: Cast) -> None:
    with clock.at(NOON):
        story = Story(cast)
    STATES[state](story)
    before = story.state
    assert before == state.split(",")[0]

    said = TABLE[state, step]
    if said == "no":
        with pytest.raises(ValidationError):
            STEPS[step](story)
    else:
        STEPS[step](story)

    assert story.state == (before if said in ("–", "no") else said)
    held = Signup.objects.filter(session=story.session, state__in=["booked", "offered", "leaving"]).count()
    assert EventSession.objects.get(pk=story.session.pk).seats_taken == held <= 3
