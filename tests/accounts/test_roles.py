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
from enishi.core import clock
from enishi.core.models import AuditEntry

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
