"""Miyake's pages: the queue, the members, the request desk, invitations and routes."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from cast import Cast
from enishi.accounts.models import Invitation, RegistrationRoute
from enishi.members.actions import requests
from enishi.members.models import FieldVisibility, Member, OfficeRequest
from factories.registration import make_entry, make_registration

pytestmark = pytest.mark.usefixtures("noon")

PAGES = (
    "/office/registrations/",
    "/office/members/",
    "/office/requests/",
    "/office/invitations/",
    "/office/routes/",
)


@pytest.fixture
def miyake(cast: Cast) -> Client:
    client = Client(headers={"accept-language": "ja"})
    client.force_login(cast.miyake.user)
    return client


@pytest.mark.parametrize("path", PAGES)
def test_office_pages_are_for_the_office(cast: Cast, miyake: Client, path: str) -> None:
    def status(user: Any) -> int:
        client = Client()
        client.force_login(user)
        return client.get(path).status_code

    assert miyake.get(path).status_code == 200
    assert [status(user) for user in (cast.nakamura.user, cast.fujii.user, cast.applicant)] == [403] * 3
    assert Client().get(path).status_code == 302


def test_the_exact_one_is_admitted_with_one_press_from_the_list(miyake: Client) -> None:
    entry, registration = make_entry(), make_registration()
    page = miyake.get("/office/registrations/")
    assert [each.registration for each in page.context["exact"]] == [registration]
    answer = miyake.post(f"/office/registrations/{registration.pk}/admit/", {"entry": entry.pk, "back": "1"})
    assert answer["Location"] == "/office/registrations/"
    assert Member.objects.get(roster_entry=entry).family_name == "黒田"


def test_a_row_is_called_another_members_only_while_one_decides(miyake: Client) -> None:
    entry, admitted = make_entry(), make_registration()
    warning = "名簿のこの行は、すでにメンバーの方に結びついています。"
    miyake.post(f"/office/registrations/{admitted.pk}/admit/", {"entry": entry.pk})
    late = make_registration(email="b@mail.example")
    assert warning in miyake.get(f"/office/registrations/{late.pk}/").content.decode()
    assert warning not in miyake.get(f"/office/registrations/{admitted.pk}/").content.decode()


def test_after_a_decision_the_next_one_comes(miyake: Client) -> None:
    first, second = make_registration(), make_registration(email="b@mail.example")
    base = "/office/registrations/"
    answer = miyake.post(f"{base}{first.pk}/ask/", {"ask-question": "どの部署でしたか。"})
    assert answer["Location"] == f"{base}{second.pk}/"
    assert miyake.post(f"{base}{second.pk}/decline/", {"decline-reason": "not_confirmed"})["Location"] == base
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.state, first.question, second.reason) == ("asked_back", "どの部署でしたか。", "not_confirmed")


def test_the_claim_stands_beside_the_row_with_differences_in_words(miyake: Client) -> None:
    make_entry(family_name="黑田", given_name="緑", given_kana="ミドリ", employee_number="000555")
    registration = make_registration(employee_number="000556", answer="")
    page = miyake.get(f"/office/registrations/{registration.pk}/")
    lines = {line.label: (line.claimed, line.held, line.sign) for line in page.context["lines"]}
    assert lines["姓"] == ("黒田", "黑田", "≒")
    assert lines["名"] == ("翠", "緑", "≠")
    assert lines["社員番号"] == ("000556", "000555", "≠")


def test_the_office_sees_all_that_was_written(miyake: Client) -> None:
    words = {"roman": "Midori Kuroda", "former_family": "白川", "route_words": "同期から聞いて"}
    hidden = dict.fromkeys(("stints", "employer", "title", "country"), "only_me")
    registration = make_registration(**words, visibility=hidden)
    page = miyake.get(f"/office/registrations/{registration.pk}/").content.decode()
    told = [*words.values(), "大学病院", "薬剤師", "日本", "つくば研究所", "kuroda@mail.example"]
    assert [word for word in told if word not in page] == []


def test_pressing_admit_twice_or_late_says_so(miyake: Client) -> None:
    registration = make_registration()
    for _ in range(2):
        assert miyake.post(f"/office/registrations/{registration.pk}/admit/").status_code == 303
    assert Member.objects.filter(family_name="黒田").count() == 1
    late = miyake.post(f"/office/registrations/{registration.pk}/decline/", {"decline-reason": "not_confirmed"})
    assert late.status_code == 303
    registration.refresh_from_db()
    assert registration.state == "admitted"


@pytest.mark.parametrize("entry", ["x", "0", str(10**30), "1\0"])
def test_a_row_that_is_not_there_admits_nobody(miyake: Client, entry: str) -> None:
    registration = make_registration()
    assert miyake.post(f"/office/registrations/{registration.pk}/admit/", {"entry": entry}).status_code == 303
    assert not Member.objects.filter(family_name="黒田").exists()


def test_an_empty_decision_keeps_the_page(miyake: Client) -> None:
    registration = make_registration()
    base = f"/office/registrations/{registration.pk}"
    assert miyake.post(f"{base}/ask/").status_code == 422
    assert miyake.post(f"{base}/decline/", {"decline-reason": "because"}).status_code == 422


def test_drafts_are_nobodys_business(miyake: Client) -> None:
    draft = make_registration(sent=False)
    assert miyake.get(f"/office/registrations/{draft.pk}/").status_code == 404
    assert miyake.post(f"/office/registrations/{draft.pk}/admit/").status_code == 404
    assert miyake.get(f"/office/registrations/{10**30}/").status_code == 404


@pytest.mark.parametrize(
    "path",
    ["/office/registrations/", "/office/members/", "/office/requests/", "/office/invitations/", "/office/routes/"],
)
def test_lists_read_as_often_for_one_as_for_three(cast: Cast, miyake: Client, path: str) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def fill(number: int) -> None:
        make_registration(email=f"{path.strip('/').replace('/', '-')}{number}@mail.example")
        requests.ask(cast.nakamura, kind="disclosure", words="", by=cast.nakamura.user)
        miyake.post("/office/invitations/", {"email": f"i{number}@mail.example", "language": "ja"})
        RegistrationRoute.objects.create(code=f"c{number}", route="flyer", label="ちらし")

    def count() -> int:
        miyake.get(path)  # sessions and messages of the set-up
        with CaptureQueriesContext(connection) as queries:
            assert miyake.get(path).status_code == 200
        return len(queries)

    Member.objects.filter(pk__in=[m.pk for m in cast.alumni[1:]]).update(left_at="2026-11-01T00:00Z")
    fill(1)
    one = count()
    Member.objects.update(left_at=None)
    fill(2)
    fill(3)
    assert count() == one
    assert one <= 14


@pytest.mark.parametrize("search", ["中村", "なかむら", "ナカムラ サトシ", "nakamura", "NAKAMURA@mail", "ﾅｶﾑﾗ"])
def test_members_are_found_as_people_write_them(miyake: Client, cast: Cast, search: str) -> None:
    page = miyake.get("/office/members/", {"q": search})
    assert [member for member, _ in page.context["rows"]] == [cast.nakamura]


@pytest.mark.parametrize("search", ["\0", "%", "_", "'", "x" * 10_000, "該当なし"])
def test_strange_searches_find_nobody_and_break_nothing(miyake: Client, search: str) -> None:
    assert miyake.get("/office/members/", {"q": search, "page": "x"}).status_code == 200


def test_only_me_is_hidden_from_the_office(miyake: Client, cast: Cast) -> None:
    Member.objects.filter(pk=cast.nakamura.pk).update(title="CANARY")
    assert "CANARY" in miyake.get(f"/office/members/{cast.nakamura.pk}/").content.decode()
    FieldVisibility.objects.create(member=cast.nakamura, field="title", level="only_me")
    assert "CANARY" not in miyake.get(f"/office/members/{cast.nakamura.pk}/").content.decode()


def test_someone_who_left_is_no_longer_listed(miyake: Client, cast: Cast) -> None:
    Member.objects.filter(pk=cast.nakamura.pk).update(left_at="2026-11-01T00:00Z")
    assert miyake.get(f"/office/members/{cast.nakamura.pk}/").status_code == 404
    listed = [member for member, _ in miyake.get("/office/members/").context["rows"]]
    assert cast.mori in listed
    assert cast.nakamura not in listed


def test_a_request_is_answered(miyake: Client, cast: Cast) -> None:
    asked = requests.ask(cast.nakamura, kind="correction", words="入社年", by=cast.nakamura.user)
    assert "入社年" in miyake.get(f"/office/requests/{asked.pk}/").content.decode()
    assert miyake.post(f"/office/requests/{asked.pk}/", {"result": ""}).status_code == 422
    assert miyake.post(f"/office/requests/{asked.pk}/", {"result": "直しました。"}).status_code == 303
    assert OfficeRequest.objects.get().result == "直しました。"
    assert miyake.get("/office/requests/").status_code == 200


def test_the_office_invites_and_takes_back(miyake: Client, cast: Cast) -> None:
    make_entry()
    fields = {"email": "kuroda@mail.example", "language": "ja", "employee_number": "０００１２３"}
    assert miyake.post("/office/invitations/", {**fields, "employee_number": "999"}).status_code == 422
    assert miyake.post("/office/invitations/", {**fields, "role": "owner"}).status_code == 303
    invitation = Invitation.objects.get()
    assert (invitation.kind, invitation.role) == ("officer", "")
    assert invitation.roster_entry is not None
    miyake.post(f"/office/invitations/{invitation.pk}/revoke/")
    invitation.refresh_from_db()
    assert invitation.revoked_at is not None


def test_a_code_has_an_address_a_picture_and_an_end(miyake: Client) -> None:
    assert miyake.post("/office/routes/", {"label": "", "route": "x"}).status_code == 422
    assert miyake.post("/office/routes/", {"label": "秋", "route": "flyer", "code": "!"}).status_code == 422
    made = miyake.post("/office/routes/", {"label": "秋", "route": "flyer", "code": "ＡＫＩ"})
    route = RegistrationRoute.objects.get()
    assert (made["Location"], route.code) == (f"/office/routes/{route.pk}/", "aki")
    assert miyake.post("/office/routes/", {"label": "秋", "route": "flyer", "code": "aki"}).status_code == 422
    assert "http://testserver/join/?r=aki" in miyake.get(f"/office/routes/{route.pk}/").content.decode()
    picture = miyake.get(f"/office/routes/{route.pk}/qr.svg")
    assert (picture["Content-Type"], b"<svg" in picture.content) == ("image/svg+xml", True)
    miyake.post(f"/office/routes/{route.pk}/close/")
    route.refresh_from_db()
    assert route.closed_at is not None
    assert miyake.get("/office/routes/").status_code == 200


def test_figures_by_code_and_kind(miyake: Client) -> None:
    route = RegistrationRoute.objects.create(code="aki", route="flyer", label="秋", visits=7)
    registration = make_registration()
    type(registration).objects.filter(pk=registration.pk).update(route_code=route, route="flyer")
    page = miyake.get("/office/routes/")
    codes = [(each.title, each.visits, each.sent, each.admitted) for each in page.context["codes"]]
    kinds = {str(each.title): (each.visits, each.sent, each.admitted) for each in page.context["kinds"]}
    assert codes == [("秋", 7, 1, 0)]
    assert (7, 1, 0) in kinds.values()


def test_a_search_as_one_types_gets_the_list_alone(cast: Cast) -> None:
    """The same address and view: the whole page without htmx, the list with it."""
    client = Client()
    client.force_login(cast.miyake.user, backend="enishi.accounts.backends.SignedInBackend")
    whole = client.get("/office/members/", {"q": "もり"})
    part = client.get("/office/members/", {"q": "もり"}, headers={"HX-Request": "true"})
    assert b"<html" in whole.content
    assert b"<html" not in part.content
    assert "森 由紀子" in part.content.decode()
    assert "中村 聡" not in part.content.decode()
    assert "HX-Request" in part.headers["Vary"]
