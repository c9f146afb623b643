"""Where people come from, and how far each route brought them: invited, registered, admitted, signed up, came."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from cast import Cast
from enishi.accounts.actions import invitations
from enishi.accounts.models import Registration, RegistrationRoute
from enishi.accounts.queries import routes
from enishi.core import clock
from enishi.events.choices import SessionState
from enishi.events.models import EventSession, Signup
from enishi.members.actions import admission
from enishi.members.models import Member
from factories.events import make_session
from factories.registration import make_entry, make_registration

pytestmark = pytest.mark.usefixtures("noon")


@pytest.fixture
def aki(cast: Cast) -> RegistrationRoute:
    return RegistrationRoute.objects.create(code="aki", route="flyer", label="秋", visits=7)


def admitted(name: str, route: RegistrationRoute | None, by: Member) -> Member:
    claim = make_registration(email=f"{name}@mail.example", route="flyer" if route else "search")
    Registration.objects.filter(pk=claim.pk).update(route_code=route)
    claim.refresh_from_db()
    return admission.admit(claim, by=by.user)


def signup(member: Member, session: EventSession, **fields: object) -> None:
    Signup.objects.create(**{"session": session, "member": member, "state": "booked", **fields})


def held() -> EventSession:
    session = make_session()
    EventSession.objects.filter(pk=session.pk).update(state=SessionState.HELD)
    session.refresh_from_db()
    return session


def of_code(route: RegistrationRoute) -> tuple[int, ...]:
    each = next(each for each in routes.figures().codes if each.route == route)
    return (each.invited, each.sent, each.admitted, *(number for _title, number in each.later))


def test_each_step_of_a_code_counts_people(cast: Cast, aki: RegistrationRoute) -> None:
    first, second, _third = (admitted(name, aki, cast.miyake) for name in ("one", "two", "three"))
    other = admitted("other", None, cast.miyake)
    make_registration(email="waiting@mail.example")
    past, again, ahead = held(), held(), make_session()
    for session in (past, again):
        signup(first, session)
        signup(other, session)
    signup(second, past, attended=False)
    signup(second, ahead, state="withdrawn")
    invitations.invite_entries([make_entry()], by=cast.miyake.user, route_code=aki)
    assert of_code(aki) == (1, 3, 3, 2, 1)


def test_kinds_count_what_people_told(cast: Cast, aki: RegistrationRoute) -> None:
    signup(admitted("one", aki, cast.miyake), held())
    signup(admitted("other", None, cast.miyake), make_session())
    invitations.invite(kind="member", email="friend@mail.example", by=cast.nakamura.user)
    taken_back = invitations.invite(kind="member", email="other@mail.example", by=cast.nakamura.user)
    invitations.revoke(taken_back, by=cast.nakamura.user)
    found = {
        each.title: (each.invited, each.sent, each.admitted, *(n for _t, n in each.later))
        for each in routes.figures().kinds
    }
    assert {title: numbers for title, numbers in found.items() if any(numbers)} == {
        "チラシ・案内を見た": (0, 1, 1, 1, 1),
        "検索して見つけた": (0, 1, 1, 1, 0),
        "アルムナイに招待された": (1, 0, 0, 0, 0),
    }


def test_the_page_has_a_column_for_each_step(cast: Cast, aki: RegistrationRoute) -> None:
    client = Client()
    client.force_login(cast.miyake.user)
    page = client.get("/office/routes/").content.decode()
    heads = page.split("<thead>")[1].split("</thead>")[0]
    for words in ("招待", "登録", "承認", "会に申し込み", "会に参加"):
        assert f'class="num">{words}' in heads


def test_the_page_asks_a_fixed_number_of_questions(cast: Cast, aki: RegistrationRoute) -> None:
    client = Client()
    client.force_login(cast.miyake.user)

    def asked() -> int:
        with CaptureQueriesContext(connection) as questions:
            assert client.get("/office/routes/").status_code == 200
        return len(questions)

    one = asked()
    for code in ("fuyu", "haru"):
        RegistrationRoute.objects.create(code=code, route="flyer", label=code, created_at=clock.now())
    assert asked() == one <= 20
