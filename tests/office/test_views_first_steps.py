"""Tadokoro has named the network; what to do next stands on the office's first page until it is done."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from cast import Cast, make_member, make_network
from enishi.accounts.actions import invitations, roles, routes
from enishi.accounts.models import User
from enishi.feedback.actions import themes
from enishi.members.models import Member
from enishi.office.queries import first_steps
from factories.events import make_series
from factories.registration import make_entry, make_registration

pytestmark = pytest.mark.usefixtures("noon")
TITLES = (
    "名前と利用目的を決める", "名簿を取り込む", "テーマを確かめる",
    "事務局の仲間を招く", "はじめてのイベントを作る", "入口を知らせる",
)  # fmt: skip


@pytest.fixture
def tadokoro(db: object) -> Member:
    make_network()
    return make_member("田所", "恵", email="tadokoro@wakakusa.example", role="owner", is_employee=True)


def done(owner: Member) -> tuple[str, ...]:
    return tuple(step.title for step in first_steps.steps(fresh(owner)) if step.done)


def fresh(member: Member) -> User:
    return User.objects.get(pk=member.user_id)


def test_a_new_network_has_six_steps_and_one_is_done(tadokoro: Member, client: Client) -> None:
    client.force_login(tadokoro.user)
    page = client.get("/office/").content.decode()
    assert [step.title for step in first_steps.steps(fresh(tadokoro))] == list(TITLES)
    assert done(tadokoro) == TITLES[:1]
    assert "はじめにすること" in page
    assert 'href="/office/roster/">名簿を取り込む' in page


DOINGS: dict[str, tuple[str, Callable[[Member], object]]] = {
    "roster": (TITLES[1], lambda owner: make_entry()),
    "no-roster": (TITLES[1], lambda owner: make_member("森", "葵", email="mori@mail.example")),
    "themes": (TITLES[2], lambda owner: themes.ensure_defaults()),
    "colleague": (
        TITLES[3],
        lambda owner: roles.grant(
            make_member("三宅", "誠", email="m@w.example", is_employee=True).user, "officer", by=fresh(owner)
        ),
    ),
    "invited": (
        TITLES[3],
        lambda owner: invitations.invite(kind="officer", email="m@w.example", by=fresh(owner), role="officer"),
    ),
    "series": (TITLES[4], lambda owner: make_series(announced=False)),
    "code": (TITLES[5], lambda owner: routes.create(label="チラシ", route="flyer", by=fresh(owner))),
    "guest": (TITLES[5], lambda owner: invitations.invite(kind="officer", email="k@mail.example", by=fresh(owner))),
    "came": (TITLES[5], lambda owner: make_registration()),
}


@pytest.mark.parametrize("doing", DOINGS)
def test_each_step_is_ticked_by_what_is_really_there(tadokoro: Member, doing: str) -> None:
    title, do = DOINGS[doing]
    do(tadokoro)
    assert done(tadokoro) == tuple(each for each in TITLES if each in (TITLES[0], title))


def test_an_invitation_taken_back_is_no_colleague(tadokoro: Member) -> None:
    sent = invitations.invite(kind="officer", email="m@w.example", by=fresh(tadokoro), role="officer")
    invitations.revoke(sent, by=tadokoro.user)
    assert done(tadokoro) == TITLES[:1]


def test_when_all_is_done_the_list_goes(tadokoro: Member, client: Client) -> None:
    for key in ("roster", "themes", "colleague", "series"):
        DOINGS[key][1](tadokoro)
    client.force_login(fresh(tadokoro))
    assert "はじめにすること" in client.get("/office/").content.decode()
    DOINGS["code"][1](tadokoro)
    assert "はじめにすること" not in client.get("/office/").content.decode()


def test_an_officer_is_not_asked_to_set_up(cast: Cast, client: Client) -> None:
    assert first_steps.steps(fresh(cast.tadokoro)) != []
    assert first_steps.steps(fresh(cast.miyake)) == []
    client.force_login(cast.miyake.user)
    assert "はじめにすること" not in client.get("/office/").content.decode()
