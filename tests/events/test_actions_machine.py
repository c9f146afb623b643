"""Whatever people, the office and the clock do in whatever order: the invariants of seats and queue hold."""

from __future__ import annotations

from contextlib import ExitStack
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Count
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from cast import make_network
from enishi.core import clock
from enishi.core.models import OutgoingMail
from enishi.core.personal_data import holdings
from enishi.events import tasks
from enishi.events.actions import sessions, signups, waitlist
from enishi.events.models import EventSession, Signup
from enishi.members.signals import member_left
from factories.events import NOON, START, crowd, make_session

PEOPLE = 7
SPANS = [
    timedelta(seconds=10),
    timedelta(seconds=31),
    timedelta(hours=1),
    timedelta(hours=2, seconds=1),
    timedelta(days=4),
]


class SeatsAndQueue(RuleBasedStateMachine):
    """Seven people and a session for two, which may grow to five."""

    def __init__(self) -> None:
        super().__init__()
        self.stack = ExitStack()
        self.atomic = transaction.atomic()
        self.atomic.__enter__()
        self.now: datetime = NOON
        self.session: EventSession
        self.actor: int | None = None
        self.before: list[int] = []

    @initialize()
    def open(self) -> None:
        make_network()
        with clock.at(self.now):
            self.session = make_session(minimum=1, maximum=2)
            self.people = crowd(PEOPLE)

    def act(self, deed: Any, actor: int | None = None) -> None:
        """Refusals are fine; anything else is not."""
        self.before, self.actor = self.queue(), actor
        with clock.at(self.now):
            try:
                with transaction.atomic():
                    deed()
            except ValidationError:
                pass

    def queue(self) -> list[int]:
        waiting = Signup.objects.filter(session=self.session, state="waiting")
        return list(waiting.order_by("place", "pk").values_list("member_id", flat=True))

    def mine(self, who: int) -> Signup | None:
        return Signup.objects.filter(session=self.session, member=self.people[who]).first()

    @rule(who=st.integers(0, PEOPLE - 1))
    def sign_up(self, who: int) -> None:
        if self.people[who].left_at is None:
            self.act(lambda: signups.sign_up(self.session, member=self.people[who]), self.people[who].pk)

    @rule(
        who=st.integers(0, PEOPLE - 1),
        step=st.sampled_from([signups.withdraw, signups.undo, waitlist.accept, waitlist.decline]),
    )
    def step(self, who: int, step: Any) -> None:
        mine = self.mine(who)
        if mine is not None and self.people[who].left_at is None:
            self.act(lambda: step(mine), mine.member_id)

    @rule(span=st.sampled_from(SPANS))
    def time_passes(self, span: timedelta) -> None:
        self.now += span
        self.act(tasks.tick)

    @rule(maximum=st.integers(1, 5))
    def resize(self, maximum: int) -> None:
        self.act(lambda: sessions.resize(self.session, minimum=1, maximum=maximum))

    @rule()
    def promote(self) -> None:
        self.act(lambda: waitlist.promote_next(self.session))

    @precondition(lambda self: len(self.before) > 2)
    @rule()
    def cancel(self) -> None:
        self.act(lambda: sessions.cancel(self.session))

    @rule(who=st.integers(0, PEOPLE - 1))
    def leave_and_be_erased(self, who: int) -> None:
        person = self.people[who]
        if person.left_at is not None:
            return
        person.left_at = self.now

        def gone() -> None:
            person.save()
            member_left.send(type(person), member=person, by=None)
            for holding in holdings():
                if holding.model == "events.Signup":
                    holding.erase(person.user)

        self.act(gone, person.pk)
        assert not Signup.objects.filter(member=person).exists()

    @invariant()
    def seats_are_counted_and_never_oversold(self) -> None:
        if not hasattr(self, "session"):
            return
        row = EventSession.objects.get(pk=self.session.pk)
        held = Signup.objects.filter(session=row, state__in=["booked", "offered", "leaving"]).count()
        assert row.seats_taken == held <= row.maximum

    @invariant()
    def no_seat_is_free_while_somebody_waits(self) -> None:
        if not hasattr(self, "session"):
            return
        row = EventSession.objects.get(pk=self.session.pk)
        if row.state == "open" and row.starts_at > self.now:
            assert not (row.seats_taken < row.maximum and self.queue())

    @invariant()
    def the_queue_moves_in_its_order(self) -> None:
        if not hasattr(self, "session") or EventSession.objects.get(pk=self.session.pk).state == "cancelled":
            return
        after = self.queue()
        others = [key for key in self.before if key != self.actor]
        moved = [key for key in others if key not in after]
        assert moved == others[: len(moved)]
        assert [key for key in after if key in others] == others[len(moved) :]

    @invariant()
    def no_place_in_the_queue_is_given_twice(self) -> None:
        doubled = (
            Signup.objects.filter(state="waiting").values("session", "place").annotate(n=Count("pk")).filter(n__gt=1)
        )
        assert not doubled.exists()

    @invariant()
    def running_the_worker_again_changes_nothing(self) -> None:
        if not hasattr(self, "session"):
            return
        with clock.at(self.now):
            tasks.tick()
            seen = list(Signup.objects.order_by("pk").values_list("pk", "state", "place")), OutgoingMail.objects.count()
            assert tasks.tick() == 0
        assert seen == (
            list(Signup.objects.order_by("pk").values_list("pk", "state", "place")),
            OutgoingMail.objects.count(),
        )

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.atomic.__exit__(None, None, None)


@pytest.mark.django_db
def test_the_invariants_hold_whatever_happens() -> None:
    assert START > NOON
    run_state_machine_as_test(
        SeatsAndQueue,
        settings=settings(
            max_examples=12,
            stateful_step_count=25,
            deadline=None,
            derandomize=True,
            suppress_health_check=list(HealthCheck),
        ),
    )
