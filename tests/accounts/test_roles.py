"""Duties: the owner gives and ends them, others do not."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.contrib.auth import SESSION_KEY
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import translation

from cast import Cast
from enishi.accounts.actions import roles
from enishi.accounts.choices import RoleKind
from enishi.accounts.models import Role, User
from enishi.core import clock, outbox, sending
from enishi.core.models import AuditEntry, OutgoingMail
from enishi.members import policies as leave_policies

PAGE = "/office/roles/"


def _give(client: Client, **data: str) -> Any:
    return client.post(PAGE, {"email": "nakamura@mail.example", "kind": "officer", **data})


def test_tadokoro_makes_nakamura_an_officer(client: Client, cast: Cast) -> None:
    client.force_login(cast.tadokoro.user)
    answer = _give(client)
    assert (answer.status_code, answer.url) == (303, PAGE)
    role = Role.objects.get(user=cast.nakamura.user)
    assert (role.kind, role.granted_by, role.expires_at) == ("officer", cast.tadokoro.user, None)
    line = AuditEntry.objects.get(verb="role.granted")
    assert (line.actor_id, line.object_id, line.data) == (
        cast.tadokoro.user.pk,
        role.pk,
        {"kind": "officer", "user": cast.nakamura.user.pk},
    )


def test_a_duty_ends_with_its_last_day_in_the_networks_zone(client: Client, cast: Cast, noon: datetime) -> None:
    client.force_login(cast.tadokoro.user)
    _give(client, kind="observer", last_day="2026-11-30")
    role = Role.objects.get(user=cast.nakamura.user)
    assert role.expires_at == datetime(2026, 11, 30, 15, 0, tzinfo=UTC)
    with clock.at(role.expires_at - timedelta(seconds=1)):
        assert User.objects.get(pk=role.user_id).role_kinds() == {RoleKind.OBSERVER}
    with clock.at(role.expires_at):
        assert User.objects.get(pk=role.user_id).role_kinds() == frozenset()


def test_an_ended_duty_is_gone_with_the_next_request(client: Client, cast: Cast) -> None:
    officer = Client()
    officer.force_login(cast.miyake.user)
    role = Role.objects.get(user=cast.miyake.user)
    client.force_login(cast.tadokoro.user)
    assert client.post(f"{PAGE}{role.pk}/end/").status_code == 303
    officer.get("/about/")
    assert SESSION_KEY not in officer.session
    assert User.objects.get(pk=cast.miyake.user.pk).role_kinds() == frozenset()
    assert AuditEntry.objects.get(verb="role.ended").data == {"kind": "officer", "user": cast.miyake.user.pk}
    assert client.post(f"{PAGE}{role.pk}/end/").status_code == 303
    assert AuditEntry.objects.filter(verb="role.ended").count() == 1


def test_a_given_duty_ends_the_persons_sessions(client: Client, cast: Cast) -> None:
    person = Client()
    person.force_login(cast.nakamura.user)
    client.force_login(cast.tadokoro.user)
    _give(client)
    person.get("/about/")
    assert SESSION_KEY not in person.session


def test_the_owners_own_duty_stays(client: Client, cast: Cast) -> None:
    client.force_login(cast.tadokoro.user)
    role = Role.objects.get(user=cast.tadokoro.user)
    client.post(f"{PAGE}{role.pk}/end/")
    role.refresh_from_db()
    assert role.ended_at is None


def test_tadokoro_makes_miyake_an_owner_and_hands_over(client: Client, cast: Cast) -> None:
    mine = Role.objects.get(user=cast.tadokoro.user)
    client.force_login(cast.tadokoro.user)
    assert _give(client, email="miyake@wakakusa.example", kind="owner").status_code == 303
    asked = client.post(f"{PAGE}{mine.pk}/end/")
    assert (asked.status_code, "オーナーの役割を終える" in asked.content.decode()) == (200, True)
    mine.refresh_from_db()
    assert mine.ended_at is None
    answer = client.post(f"{PAGE}{mine.pk}/end/", {"sure": "yes"})
    assert (answer.status_code, answer.url) == (303, "/")
    assert User.objects.get(pk=cast.tadokoro.user.pk).role_kinds() == frozenset()
    assert User.objects.get(pk=cast.miyake.user.pk).role_kinds() == {"owner", "officer"}
    client.get("/about/")
    assert SESSION_KEY not in client.session


def test_one_owner_ends_the_others_duty_but_not_the_last_one(cast: Cast) -> None:
    theirs = roles.grant(cast.miyake.user, "owner", by=cast.tadokoro.user)
    mine = Role.objects.get(user=cast.tadokoro.user)
    assert roles.end(mine, by=cast.miyake.user)
    with pytest.raises(ValidationError), translation.override("en"):
        roles.end(theirs, by=cast.miyake.user)
    theirs.refresh_from_db()
    assert theirs.ended_at is None
    assert leave_policies.can_leave(cast.tadokoro)
    assert not leave_policies.can_leave(cast.miyake)


def test_a_closed_owners_duty_is_no_other_owner(cast: Cast) -> None:
    theirs = roles.grant(cast.miyake.user, "owner", by=cast.tadokoro.user)
    User.objects.filter(pk=cast.miyake.user.pk).update(is_active=False)
    with pytest.raises(ValidationError):
        roles.end(Role.objects.get(user=cast.tadokoro.user), by=cast.tadokoro.user)
    assert theirs.ended_at is None


@pytest.mark.parametrize("by", ["miyake", "fujii"])
def test_nobody_but_an_owner_makes_an_owner(cast: Cast, by: str) -> None:
    with pytest.raises(ValidationError):
        roles.grant(cast.miyake.user, "owner", by=getattr(cast, by).user)
    assert not Role.objects.filter(user=cast.miyake.user, kind="owner").exists()


def test_the_page_offers_an_end_for_an_owner_where_there_are_two(client: Client, cast: Cast) -> None:
    mine = Role.objects.get(user=cast.tadokoro.user)
    client.force_login(cast.tadokoro.user)
    assert f"{PAGE}{mine.pk}/end/" not in client.get(PAGE).content.decode()
    roles.grant(cast.miyake.user, "owner", by=cast.tadokoro.user)
    assert f"{PAGE}{mine.pk}/end/" in client.get(PAGE).content.decode()


def _letters() -> list[tuple[str, str]]:
    """(to, subject up to the bar) of what is due."""
    with translation.override("ja"):
        found = [outbox.compose(OutgoingMail.objects.get(pk=pk)) for pk in sending.due()]
    return [(each.to, each.subject.split("｜")[0]) for each in found if each]


def test_the_person_is_told_when_a_duty_is_given_and_when_it_ends(cast: Cast, noon: datetime) -> None:
    role = roles.grant(cast.nakamura.user, "host", by=cast.tadokoro.user)
    to = cast.nakamura.user.email
    assert _letters() == [(to, "事務局の役割をお願いしました")]
    roles.end(role, by=cast.tadokoro.user)
    assert _letters() == [(to, "事務局の役割が終わりました")]


def test_a_duty_with_a_last_day_says_so_once(cast: Cast, noon: datetime) -> None:
    until = clock.now() + timedelta(days=3)
    roles.grant(cast.nakamura.user, "observer", by=cast.tadokoro.user, expires_at=until)
    stopped = roles.grant(cast.mori.user, "observer", by=cast.tadokoro.user, expires_at=until)
    roles.end(stopped, by=cast.tadokoro.user)
    for pk in sending.due():
        OutgoingMail.objects.filter(pk=pk).update(state="sent")
    with clock.at(until):
        assert _letters() == [(cast.nakamura.user.email, "事務局の役割が終わりました")]


@pytest.mark.parametrize("who", ["miyake", "fujii", "nakamura"])
def test_nobody_but_the_owner_gives_or_ends(client: Client, cast: Cast, who: str) -> None:
    client.force_login(getattr(cast, who).user)
    role = Role.objects.get(user=cast.fujii.user)
    before = list(Role.objects.values())
    answers = [client.get(PAGE), _give(client), client.post(f"{PAGE}{role.pk}/end/")]
    assert [answer.status_code for answer in answers] == [403, 403, 403]
    assert list(Role.objects.values()) == before


def test_a_visitor_is_asked_to_sign_in(client: Client, cast: Cast) -> None:
    assert client.get(PAGE).url == "/sign-in/?next=/office/roles/"


@pytest.mark.parametrize(
    ("data", "field"),
    [
        ({"email": "stranger@mail.example"}, "email"),
        ({"email": "applicant@mail.example"}, "email"),
        ({"email": "a" * 1_000_000}, "email"),
        ({"email": "\x00"}, "email"),
        ({"kind": "owner"}, "kind"),
        ({"kind": "owner", "email": "miyake@wakakusa.example", "last_day": "2199-01-01"}, "last_day"),
        ({"kind": ""}, "kind"),
        ({"kind": "observer"}, "last_day"),
        ({"last_day": "2020-01-01"}, "last_day"),
        ({"last_day": "soon"}, "last_day"),
        ({"last_day": "9999-12-31"}, "last_day"),
    ],
)
def test_what_does_not_fit_is_said(client: Client, cast: Cast, data: dict[str, str], field: str) -> None:
    client.force_login(cast.tadokoro.user)
    answer = _give(client, **data)
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]
    assert not Role.objects.filter(user=cast.nakamura.user).exists()


def test_the_same_duty_is_not_given_twice(cast: Cast, noon: datetime) -> None:
    roles.grant(cast.nakamura.user, "host", by=cast.tadokoro.user, expires_at=clock.now() + timedelta(days=1))
    with pytest.raises(ValidationError), translation.override("en"):
        roles.grant(cast.nakamura.user, "host", by=cast.tadokoro.user)
    with clock.at(clock.now() + timedelta(days=2)):  # it ran out: it may be given anew
        assert roles.grant(cast.nakamura.user, "host", by=cast.tadokoro.user)
    assert Role.objects.filter(user=cast.nakamura.user, ended_at=None).count() == 1


def test_an_old_session_proves_itself_first(client: Client, cast: Cast) -> None:
    cast.network.is_demo = False
    cast.network.save()
    from allauth.mfa.totp.internal import auth

    auth.TOTP.activate(cast.tadokoro.user, "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP")
    client.force_login(cast.tadokoro.user)
    assert client.get(PAGE).url == "/mfa/reauthenticate/?next=%2Foffice%2Froles%2F"
    assert _give(client).url == "/mfa/reauthenticate/?next=%2Foffice%2Froles%2F"
    assert not Role.objects.filter(user=cast.nakamura.user).exists()


def test_the_page_asks_the_database_as_often_for_three_as_for_one(
    client: Client, cast: Cast, django_assert_num_queries: Any
) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client.force_login(cast.tadokoro.user)
    client.get(PAGE)
    with CaptureQueriesContext(connection) as first:
        client.get(PAGE)
    for member in (cast.nakamura, cast.jansen, cast.harada):
        roles.grant(member.user, "host", by=cast.tadokoro.user)
    with django_assert_num_queries(len(first)):
        page = client.get(PAGE).content.decode()
    assert page.count("<b>中村 聡</b>") == 1


def test_the_first_role_marks_its_holder_and_pages_then_ask_for_roles(cast: Cast) -> None:
    assert (cast.nakamura.user.ever_had_role, cast.fujii.user.ever_had_role) == (False, True)
    roles.grant(cast.nakamura.user, RoleKind.HOST, by=cast.fujii.user)
    assert User.objects.get(pk=cast.nakamura.user.pk).role_kinds() == {"host"}
