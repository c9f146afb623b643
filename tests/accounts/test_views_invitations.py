"""Miyake invites one person on the office's page."""

from __future__ import annotations

import pytest
from django.test import Client

from cast import Cast
from enishi.accounts.actions import routes
from enishi.accounts.models import Invitation, RegistrationRoute
from enishi.core.models import AuditEntry

pytestmark = pytest.mark.usefixtures("noon")
PAGE = "/office/invitations/"
KURODA = {"email": "kuroda@mail.example", "language": "ja"}


@pytest.fixture
def miyake(cast: Cast) -> Client:
    client = Client()
    client.force_login(cast.miyake.user)
    return client


@pytest.fixture
def flyer(cast: Cast) -> RegistrationRoute:
    return routes.create(label="秋の会のチラシ", route="flyer", by=cast.miyake.user)


def test_one_invitation_is_counted_under_a_code(miyake: Client, flyer: RegistrationRoute) -> None:
    assert "秋の会のチラシ" in miyake.get(PAGE).content.decode()
    assert miyake.post(PAGE, {**KURODA, "route_code": flyer.pk}).status_code == 303
    assert Invitation.objects.get().route_code == flyer
    assert AuditEntry.objects.get(verb="invitation.sent").data["route"] == flyer.pk


def test_no_code_is_needed(miyake: Client, flyer: RegistrationRoute) -> None:
    assert miyake.post(PAGE, {**KURODA, "route_code": ""}).status_code == 303
    assert Invitation.objects.get().route_code is None


def test_a_code_that_was_closed_meanwhile_sends_nothing(miyake: Client, flyer: RegistrationRoute, cast: Cast) -> None:
    routes.create(label="別のチラシ", route="flyer", by=cast.miyake.user)
    routes.close(flyer, by=cast.miyake.user)
    answer = miyake.post(PAGE, {**KURODA, "route_code": flyer.pk})
    assert (answer.status_code, Invitation.objects.count()) == (422, 0)
    assert 'value="kuroda@mail.example"' in answer.content.decode()
    assert "このコードは先ほど終了しました。別のコードを選んでください。" in answer.content.decode()


def test_without_a_code_the_form_does_not_ask_for_one(miyake: Client) -> None:
    assert "route_code" not in miyake.get(PAGE).content.decode()
