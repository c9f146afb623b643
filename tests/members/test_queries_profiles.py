"""Who sees what of Nakamura: the one gate, over every level and viewer."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils import translation

from cast import Cast, make_stint
from enishi.accounts.models import User
from enishi.accounts.queries.preview import preview
from enishi.members.choices import ProfileField, Visibility
from enishi.members.models import FieldVisibility, Member, Stint
from enishi.members.queries import profiles, workplaces

EVERYONE, SAME, OFFICE, ONLY_ME = Visibility.values


def set_all(member: Member, level: str) -> None:
    for field in ProfileField.values:
        FieldVisibility.objects.update_or_create(member=member, field=field, defaults={"level": level})


@pytest.mark.parametrize(
    ("viewer", "open_levels"),
    [
        ("nakamura", {EVERYONE, SAME, OFFICE, ONLY_ME}),
        ("mori", {EVERYONE, SAME}),  # at the same site in the same years
        ("jansen", {EVERYONE}),
        ("onishi", {EVERYONE}),
        ("fujii", {EVERYONE}),  # a host is not the office
        ("miyake", {EVERYONE, SAME, OFFICE}),
        ("tadokoro", {EVERYONE, SAME, OFFICE}),
    ],
)
@pytest.mark.parametrize("level", Visibility.values)
def test_each_level_for_each_viewer(cast: Cast, viewer: str, open_levels: set[str], level: str) -> None:
    Member.objects.filter(pk=cast.nakamura.pk).update(title="研究員")
    member = Member.objects.get(pk=cast.nakamura.pk)
    set_all(member, level)
    seen = profiles.visible_fields(getattr(cast, viewer).user, member)
    shown = (seen.employer, seen.title, seen.country, seen.stints is not None)
    assert seen.name == "中村 聡"
    assert shown == (("医療ベンチャー", "研究員", "日本", True) if level in open_levels else (None, None, None, False))


@pytest.mark.parametrize("viewer", ["applicant", "ex-member", "nobody"])
def test_who_is_no_member_sees_nobody(cast: Cast, viewer: str) -> None:
    user: Any = cast.applicant if viewer == "applicant" else None
    if viewer == "ex-member":
        Member.objects.filter(pk=cast.mori.pk).update(left_at="2026-11-01T00:00Z")
        user = User.objects.get(pk=cast.mori.user_id)
    with pytest.raises(PermissionError):
        profiles.visible_fields(user, cast.nakamura)


def test_the_managers_name_is_never_shown(cast: Cast) -> None:
    Stint.objects.update(manager="CANARY")
    assert "CANARY" not in repr(profiles.seen(cast.tadokoro.user, cast.alumni))


def test_many_are_read_in_as_many_queries_as_one(cast: Cast, django_assert_num_queries: Any) -> None:
    for members in (cast.alumni[:1], cast.alumni[:3], cast.alumni):
        viewer = User.objects.get(pk=cast.mori.user_id)
        with django_assert_num_queries(3):
            assert len(profiles.seen(viewer, members)) == len(members)


def test_the_preview_agrees_with_the_gate(cast: Cast) -> None:
    """What the person is shown as “this is how they see you” is what the gate lets through."""
    levels = dict(zip(ProfileField.values, Visibility.values, strict=True))
    for field, level in levels.items():
        FieldVisibility.objects.create(member=cast.nakamura, field=field, level=level)
    viewers = [cast.onishi, cast.mori, cast.miyake]
    for shown, viewer in zip(preview({}, levels), viewers, strict=True):
        seen = profiles.visible_fields(viewer.user, cast.nakamura)
        gate = [seen.stints is None, seen.employer is None, seen.title is None, seen.country is None]
        assert [each.hidden for each in shown.fields] == gate


@pytest.mark.parametrize(
    ("mine", "theirs", "together"),
    [
        ((2005, 2012), (2012, 2015), True),  # March of 2012 ends mine; April begins theirs: not the same month …
        ((2005, 2012), (2013, 2015), False),
        ((2005, None), (2020, None), True),
        ((2005, 2006), (2001, 2004), False),
    ],
)
def test_working_together_needs_the_same_months(
    cast: Cast, mine: tuple[int, int | None], theirs: tuple[int, int | None], together: bool
) -> None:
    Stint.objects.all().delete()
    a = make_stint(cast.nakamura, "つくば研究所", "創薬研究部", mine)
    b = make_stint(cast.mori, "つくば研究所", "薬事部", theirs)
    Stint.objects.filter(pk=b.pk).update(from_month=None)
    b.refresh_from_db()
    assert workplaces.shared(workplaces.spans([a]), workplaces.spans([b])) is together


def test_unknown_years_tell_nothing(cast: Cast) -> None:
    stint = cast.nakamura.stints.get()
    blank = Stint(member=cast.mori, site=stint.site)
    assert not workplaces.shared(workplaces.spans([stint]), workplaces.spans([blank]))


def test_a_span_is_written_as_its_readers_write(cast: Cast) -> None:
    stint = cast.nakamura.stints.get()
    with translation.override("ja"):
        assert profiles.span_words(stint) == "2005年4月〜2012年3月"
    with translation.override("en"):
        assert profiles.span_words(stint) == "Apr 2005–Mar 2012"
