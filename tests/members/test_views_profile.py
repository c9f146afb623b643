"""Nakamura's own page, his data, his leaving, his invitations."""

from __future__ import annotations

import io
import zipfile
from typing import Any

import pytest
from django.test import Client

from cast import Cast
from enishi.accounts.models import Invitation, User
from enishi.members.models import Member, OfficeRequest

pytestmark = pytest.mark.usefixtures("noon")

EDIT = {
    "family_name": "中村",
    "given_name": "聡",
    "family_kana": "なかむら",
    "given_kana": "さとし",
    "former_family": "",
    "roman": "",
    "employer": "病院",
    "title": "",
    "country": "日本",
    "zone": "America/New_York",
    "language": "ja",
    "theme": "dark",
    "seen_stints": "everyone",
    "seen_employer": "only_me",
    "seen_title": "everyone",
    "seen_country": "office",
    "stints-count": "1",
    "stints-0-site": "本社",
    "stints-0-from_year": "令和元年",
    "stints-0-until_now": "on",
}


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def nakamura(cast: Cast) -> Client:
    return signed_in(cast.nakamura.user)


def test_saving_keeps_all_that_the_page_shows(nakamura: Client, cast: Cast) -> None:
    answer = nakamura.post("/me/edit/", EDIT)
    assert (answer.status_code, answer["Location"]) == (303, "/me/")
    member = Member.objects.select_related("user").get(pk=cast.nakamura.pk)
    stint = member.stints.get()
    assert (member.family_kana, member.employer) == ("ナカムラ", "病院")
    assert (member.user.zone, member.user.theme) == ("America/New_York", "dark")
    assert (str(stint.site), stint.from_year, stint.to_year) == ("本社", 2019, None)
    assert dict(member.visibilities.values_list("field", "level")) == {
        "stints": "everyone",
        "employer": "only_me",
        "title": "everyone",
        "country": "office",
    }
    assert nakamura.get("/me/").status_code == 200
    assert nakamura.get("/me/edit/").status_code == 200


def test_no_other_field_can_be_written(nakamura: Client, cast: Cast) -> None:
    before = Member.objects.filter(pk=cast.nakamura.pk).values("is_employee", "route", "admitted_at", "left_at").get()
    extra = {"is_employee": "on", "route": "other", "email": "x@mail.example", "is_active": "", "left_at": "2020-01-01"}
    nakamura.post("/me/edit/", {**EDIT, **extra})
    after = Member.objects.filter(pk=cast.nakamura.pk).values("is_employee", "route", "admitted_at", "left_at").get()
    assert before == after
    assert User.objects.get(pk=cast.nakamura.user_id).email == "nakamura@mail.example"


@pytest.mark.parametrize("words", ["x" * 100_000, "a\0b", ""])
@pytest.mark.parametrize(
    "field", ["family_name", "seen_country", "zone", "language", "stints-0-to_year", "stints-count"]
)
def test_strange_input_is_never_a_fault_of_ours(nakamura: Client, field: str, words: str) -> None:
    assert nakamura.post("/me/edit/", {**EDIT, field: words}).status_code in {303, 422}


def test_rows_are_added_without_a_script(nakamura: Client) -> None:
    page = nakamura.post("/me/edit/", {**EDIT, "stints-add": "1", "employer": "まだ途中"}).content.decode()
    assert 'name="stints-count" value="2"' in page
    assert 'value="まだ途中"' in page


def test_the_download_is_a_zip_made_now(nakamura: Client) -> None:
    answer = nakamura.post("/me/data/download/")
    assert answer["Content-Type"] == "application/zip"
    assert "data.json" in zipfile.ZipFile(io.BytesIO(answer.content)).namelist()
    assert nakamura.get("/me/data/download/").status_code == 405


def test_a_request_goes_to_the_desk(nakamura: Client, cast: Cast) -> None:
    assert nakamura.post("/me/data/requests/", {}).status_code == 422
    assert nakamura.post("/me/data/requests/", {"kind": "erasure"}).status_code == 422
    assert nakamura.post("/me/data/requests/", {"kind": "correction", "words": "入社年"}).status_code == 303
    asked = OfficeRequest.objects.get()
    assert (asked.member, asked.kind, asked.words) == (cast.nakamura, "correction", "入社年")
    assert "入社年" in nakamura.get("/me/data/").content.decode()


def test_leaving_needs_a_tick_and_ends_the_session(nakamura: Client, cast: Cast) -> None:
    assert nakamura.get("/me/leave/").status_code == 200
    assert nakamura.post("/me/leave/").status_code == 422
    assert Member.objects.get(pk=cast.nakamura.pk).left_at is None
    answer = nakamura.post("/me/leave/", {"sure": "yes"})
    assert answer.status_code == 200
    assert Member.objects.get(pk=cast.nakamura.pk).left_at is not None
    assert nakamura.get("/me/").status_code == 302


def test_another_open_session_ends_too(nakamura: Client, cast: Cast) -> None:
    elsewhere = signed_in(cast.nakamura.user)
    assert elsewhere.get("/me/").status_code == 200
    nakamura.post("/me/leave/", {"sure": "yes"})
    assert elsewhere.get("/me/").status_code == 302


def test_the_last_owner_is_told_before(cast: Cast) -> None:
    owner = signed_in(cast.tadokoro.user)
    page = owner.post("/me/leave/", {"sure": "yes"})
    assert (page.status_code, bool(page.context["fault"])) == (422, True)


def test_inviting_and_taking_back(nakamura: Client, cast: Cast) -> None:
    answer = nakamura.post("/invite/", {"email": "friend@mail.example", "signed": "中村", "language": "ja"})
    assert answer.status_code == 303
    invitation = Invitation.objects.get()
    assert (invitation.kind, invitation.invited_by, invitation.role) == ("member", cast.nakamura.user, "")
    assert signed_in(cast.mori.user).post(f"/invite/{invitation.pk}/revoke/").status_code == 404
    assert nakamura.post(f"/invite/{10**30}/revoke/").status_code == 404
    invitation.refresh_from_db()
    assert invitation.revoked_at is None
    nakamura.post(f"/invite/{invitation.pk}/revoke/")
    invitation.refresh_from_db()
    assert invitation.revoked_at is not None


def test_a_member_cannot_invite_as_the_office(nakamura: Client) -> None:
    fields: dict[str, Any] = {"email": "friend@mail.example", "signed": "中村", "language": "ja"}
    nakamura.post("/invite/", {**fields, "kind": "officer", "role": "owner"})
    assert (Invitation.objects.get().kind, Invitation.objects.get().role) == ("member", "")


@pytest.mark.parametrize("path", ["/me/", "/me/edit/", "/me/data/", "/me/leave/", "/invite/"])
def test_an_applicant_learns_nothing_and_a_visitor_signs_in(cast: Cast, path: str) -> None:
    assert signed_in(cast.applicant).get(path).status_code == 404
    assert Client().get(path).status_code == 302
    assert signed_in(cast.mori.user).get(path).status_code == 200
