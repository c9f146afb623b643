"""Who may read and write reports."""

from __future__ import annotations

from django.contrib.auth.models import AnonymousUser

from cast import Cast
from enishi.core import clock
from enishi.publishing import policies
from enishi.publishing.actions import reports

from .conftest import Gathering


def test_members_read_what_is_published(gathering: Gathering, cast: Cast) -> None:
    report = gathering.report
    assert not policies.can_read_report(cast.nakamura.user, report)
    assert policies.can_read_report(cast.miyake.user, report)
    reports.publish(report, by=cast.miyake.user)
    assert policies.can_read_report(cast.nakamura.user, report)
    assert not policies.can_read_report(cast.applicant, report)
    assert not policies.can_read_report(AnonymousUser(), report)
    assert not policies.can_read_report(None, report)


def test_a_closed_account_and_one_who_left_are_no_members(cast: Cast) -> None:
    assert policies.is_member(cast.nakamura.user)
    cast.nakamura.user.is_active = False
    assert not policies.is_member(cast.nakamura.user)
    cast.mori.left_at = clock.now()
    cast.mori.save()
    cast.mori.user.refresh_from_db()
    assert not policies.is_member(cast.mori.user)


def test_only_the_office_writes(cast: Cast) -> None:
    assert [policies.can_edit_reports(each.user) for each in (cast.tadokoro, cast.miyake)] == [True, True]
    assert [policies.can_edit_reports(each.user) for each in (cast.fujii, cast.nakamura)] == [False, False]
