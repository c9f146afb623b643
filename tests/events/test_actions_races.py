"""Sixty people want nine seats at the same moment; a seat is given up while others come."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection

from cast import make_network
from enishi.core import clock
from enishi.events.actions import signups
from enishi.events.models import EventSession, Signup
from factories.events import crowd, make_session

pytestmark = pytest.mark.django_db(transaction=True)


def all_at_once(deeds: Sequence[Callable[[], Any]]) -> list[Any]:
    """Each deed in a thread and a connection of its own, begun together; their results, or the errors."""
    results: list[Any] = [None] * len(deeds)
    gate = threading.Barrier(len(deeds))

    def run(number: int) -> None:
        try:
            gate.wait()
            results[number] = deeds[number]()
        except Exception as error:
            results[number] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(number,)) for number in range(len(deeds))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


@pytest.fixture
def session() -> EventSession:
    make_network()
    return make_session(starts_at=clock.now() + timedelta(days=14), closes_at=None)


def test_sixty_visitors_for_nine_places_fill_them_and_queue_in_order(session: EventSession) -> None:
    people = crowd(60)

    outcomes = all_at_once([lambda who=who: signups.sign_up(session, member=who) for who in people])

    assert [each for each in outcomes if isinstance(each, Exception)] == []
    assert Counter(each.what for each in outcomes) == {"booked": 9, "waiting": 51}
    places = Signup.objects.filter(session=session, state="waiting").order_by("place").values_list("place", flat=True)
    assert list(places) == list(range(1, 52))
    assert EventSession.objects.get(pk=session.pk).seats_taken == 9


def test_one_person_pressing_ten_times_at_once_has_one_place(session: EventSession) -> None:
    [who] = crowd(1)

    outcomes = all_at_once([lambda: signups.sign_up(session, member=who)] * 10)

    assert Counter(each.what for each in outcomes) == {"booked": 1, "already": 9}
    assert EventSession.objects.get(pk=session.pk).seats_taken == 1


def test_coming_back_ten_times_at_once_takes_one_seat(session: EventSession) -> None:
    [who] = crowd(1)
    mine = signups.sign_up(session, member=who).signup
    assert mine is not None
    Signup.objects.filter(pk=mine.pk).update(state="withdrawn")
    EventSession.objects.filter(pk=session.pk).update(seats_taken=0)

    outcomes = all_at_once([lambda: signups.sign_up(session, member=who)] * 10)

    assert Counter(each.what for each in outcomes) == {"booked": 1, "already": 9}
    assert EventSession.objects.get(pk=session.pk).seats_taken == 1


def test_seats_given_up_while_others_come_leave_no_seat_free_beside_a_waiter(session: EventSession) -> None:
    booked = [signups.sign_up(session, member=who).signup for who in crowd(9, "first")]
    for signup in booked[:4]:
        assert signup is not None
        signups.withdraw(signup)
    Signup.objects.filter(state="leaving").update(hold_until=clock.now())
    comers = crowd(12, "second")

    results = all_at_once(
        [lambda s=s: signups.finish_leaving(s) for s in booked[:4]]
        + [lambda who=who: signups.sign_up(session, member=who) for who in comers]
    )

    assert [each for each in results if isinstance(each, Exception)] == []
    states = Counter(Signup.objects.filter(session=session).values_list("state", flat=True))
    assert states == {"booked": 9, "withdrawn": 4, "waiting": 8}


def test_a_seat_held_for_undo_is_freed_once_by_any_number_of_workers(session: EventSession) -> None:
    [who] = crowd(1)
    mine = signups.sign_up(session, member=who).signup
    assert mine is not None
    signups.withdraw(mine)
    Signup.objects.filter(pk=mine.pk).update(hold_until=clock.now())

    freed = all_at_once([lambda: signups.finish_leaving(mine)] * 8)

    assert sorted(freed) == [False] * 7 + [True]
    assert EventSession.objects.get(pk=session.pk).seats_taken == 0


def test_two_who_choose_the_same_sessions_in_another_order_both_get_them() -> None:
    make_network()
    first, second = (make_session(starts_at=clock.now() + timedelta(days=day), closes_at=None) for day in (14, 15))
    people = crowd(8)
    orders = [[first, second], [second, first]] * 4

    outcomes = all_at_once(
        [
            lambda who=who, order=order: signups.sign_up_for_many(order, member=who)
            for who, order in zip(people, orders, strict=True)
        ]
    )

    assert [[each.what for each in one] for one in outcomes] == [["booked", "booked"]] * 8
