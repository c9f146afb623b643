"""Kept statements: the same rows as the ordinary question, built once, with any keys."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.db.models import Count, F, QuerySet
from django.db.models.functions import Length

from cast import Cast
from enishi.accounts.models import User
from enishi.core import clock
from enishi.core.statements import Kept, KeptUpdate
from enishi.members.models import Member

pytestmark = pytest.mark.django_db


class Counted:
    """A function that tells how often it was called."""

    def __init__(self, build: Any) -> None:
        self.build, self.calls = build, 0

    def __call__(self, *keys: Any) -> Any:
        self.calls += 1
        return self.build(*keys)


def test_each_asking_has_its_own_keys_and_nothing_is_built_again(cast: Cast) -> None:
    build = Counted(lambda pk: User.objects.select_related("member").filter(pk=pk))
    kept = Kept[User](build)
    for user in User.objects.filter(member__isnull=False):
        (found,) = kept(user.pk)
        assert (found.email, found.member.given_name) == (user.email, user.member.given_name)
    assert build.calls == 1


def test_a_question_is_asked_anew_each_time(cast: Cast) -> None:
    kept = Kept[User](lambda pk: User.objects.filter(pk=pk))
    user = User.objects.order_by("pk")[0]
    assert kept.first(user.pk) == user
    User.objects.filter(pk=user.pk).update(email="moved@example.com")
    found = kept.first(user.pk)
    assert found is not None and found.email == "moved@example.com"
    assert kept.first(0) is None


@pytest.mark.parametrize("length", [0, 1, 2, 5, 100])
def test_lists_of_any_length(cast: Cast, length: int) -> None:
    kept = Kept[Member](lambda keys: Member.objects.filter(pk__in=keys).order_by("pk"))
    every = list(Member.objects.order_by("pk").values_list("pk", flat=True))
    keys = (every * length)[:length]
    assert [each.pk for each in kept(keys)] == sorted(set(keys))
    assert [each.pk for each in kept(tuple(keys))] == sorted(set(keys))


def test_keys_of_each_kind_in_one_question(cast: Cast) -> None:
    kept = Kept[str](
        lambda keys, country, before: (
            Member.objects.filter(pk__in=keys, country=country, admitted_at__lt=before)
            .order_by("pk")
            .values_list("family_name", flat=True)
        )
    )
    one = Member.objects.exclude(country="").order_by("pk")[0]
    later = one.admitted_at + timedelta(microseconds=1)
    assert kept([one.pk, 0], one.country, later) == [one.family_name]
    assert kept([one.pk, 0], one.country, one.admitted_at) == []
    assert kept([one.pk, 0], "XX", later) == []


def test_annotations_and_values(cast: Cast) -> None:
    kept = Kept[Any](lambda pk: User.objects.filter(pk=pk).annotate(roles_held=Count("roles"), letters=Length("email")))
    user = User.objects.order_by("pk")[0]
    (found,) = kept(user.pk)
    assert (found.roles_held, found.letters) == (user.roles.count(), len(user.email))


def test_a_key_no_column_holds_finds_nothing(cast: Cast) -> None:
    assert Kept[User](lambda pk: User.objects.filter(pk=pk))(2**70) == []


def test_a_key_that_does_not_reach_the_statement_is_refused(cast: Cast) -> None:
    with pytest.raises(TypeError, match="not parameters"):
        Kept[User](lambda part: User.objects.filter(email__contains=part))("example")
    with pytest.raises(TypeError, match="not parameters"):
        Kept[User](lambda most: User.objects.order_by("pk")[:most])(3)


def test_what_comes_by_further_questions_is_refused(cast: Cast) -> None:
    member = Member.objects.order_by("pk")[0]
    with pytest.raises(TypeError, match="not kept"):
        Kept[User](lambda pk: User.objects.filter(pk=pk).prefetch_related("roles"))(1)
    with pytest.raises(TypeError, match="not kept"):
        Kept[Any](lambda pk: member.signups.filter(pk=pk))(1)


def test_an_update_tells_how_many_it_changed(cast: Cast) -> None:
    build = Counted(_before)
    raise_epoch = KeptUpdate(build, epoch=F("epoch") + 1)
    first, second = User.objects.order_by("pk")[:2]
    now = clock.now() + timedelta(days=1)
    assert [raise_epoch(first.pk, now), raise_epoch(second.pk, now), raise_epoch(second.pk, now)] == [1, 1, 1]
    assert [raise_epoch(0, now), raise_epoch(first.pk, first.created_at), raise_epoch(2**70, now)] == [0, 0, 0]
    epochs = dict(User.objects.values_list("pk", "epoch"))
    assert (epochs[first.pk], epochs[second.pk]) == (first.epoch + 1, second.epoch + 2)
    assert build.calls == 2  # once, and once more for the key that no column holds


def test_an_update_that_fails_leaves_the_transaction_to_be_rolled_back(cast: Cast) -> None:
    same_address = KeptUpdate(lambda pk: User.objects.filter(pk=pk), email=User.objects.order_by("pk")[0].email)
    with pytest.raises(DatabaseError), transaction.atomic():
        same_address(User.objects.order_by("-pk")[0].pk)
    assert not connection.needs_rollback


def _before(pk: int, now: Any) -> QuerySet[User]:
    return User.objects.filter(pk=pk, created_at__lt=now)
