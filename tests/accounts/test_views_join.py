"""Kuroda asks to join through the pages, without a script."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from cast import Cast
from enishi.accounts.actions import invitations, registrations
from enishi.accounts.models import Registration, RegistrationRoute
from enishi.accounts.queries import invitations as invitation_queries
from enishi.accounts.queries import registrations as queries
from enishi.members.models import Member
from factories.registration import make_registration

pytestmark = pytest.mark.usefixtures("noon")

WORK = {
    "family_name": "黒田",
    "given_name": "翠",
    "family_kana": "くろだ",
    "given_kana": "ﾐﾄﾞﾘ",
    "former_family": "",
    "roman": "",
    "employee_number": "０００１２３",
    "employer": "大学病院",
    "title": "薬剤師",
    "country": "日本",
    "zone": "",
    "stints-count": "1",
    "stints-0-site": "つくば研究所",
    "stints-0-department": "創薬研究部",
    "stints-0-from_year": "平成16年",
    "stints-0-from_month": "４月",
    "stints-0-to_year": "H23",
    "stints-0-to_month": "",
}
SEEN = {"stints": "everyone", "employer": "same_workplace", "title": "everyone", "country": "office"}


@pytest.fixture
def browser(cast: Cast) -> Client:
    return Client(headers={"accept-language": "ja"})


def start(browser: Client, email: str = "kuroda@mail.example", **fields: Any) -> Registration:
    browser.post("/join/", {"email": email, "route": "search", **fields})
    return Registration.objects.latest("pk")


def proved(browser: Client) -> Registration:
    registration = start(browser)
    browser.post("/join/mail/", {"code": queries.code_of(registration)})
    registration.refresh_from_db()
    return registration


def test_three_steps_from_the_address_to_waiting(browser: Client) -> None:
    registration = start(browser, "Ｋuroda@Mail.Example ")
    code = queries.code_of(registration)
    answer = browser.post("/join/mail/", {"code": f" {code[:3]} {code[3:]} "})
    assert (answer.status_code, answer["Location"]) == (303, "/join/work/")
    answer = browser.post("/join/work/", WORK)
    assert (answer.status_code, answer["Location"]) == (303, "/join/visibility/")
    answer = browser.post("/join/visibility/", {**SEEN, "agreed": "on"})
    assert (answer.status_code, answer["Location"]) == (303, "/join/waiting/")
    assert browser.get("/join/waiting/").status_code == 200
    registration.refresh_from_db()
    assert registration.state == "submitted"
    told = {name: getattr(registration, name) for name in ("email", "family_kana", "given_kana", "employee_number")}
    assert told == {
        "email": "kuroda@mail.example",
        "family_kana": "クロダ",
        "given_kana": "ミドリ",
        "employee_number": "000123",
    }
    assert (registration.joined_year, registration.joined_month, registration.left_year) == (2004, 4, 2011)
    assert (registration.visibility, registration.purpose_version) == (SEEN, 1)


def test_the_page_is_the_same_for_a_members_address(browser: Client) -> None:
    def seen(email: str) -> tuple[int, str, str]:
        fresh = Client(headers={"accept-language": "ja"})
        answer = fresh.post("/join/", {"email": email, "route": "search"})
        page = fresh.get("/join/mail/").content.decode()
        return answer.status_code, answer["Location"], _without_tokens(page).replace(email, "…")

    assert seen("nakamura@mail.example") == seen("stranger@mail.example")


def _without_tokens(page: str) -> str:
    import re

    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", page)


def test_a_wrong_code_says_so_and_the_third_ends_it(browser: Client) -> None:
    registration = start(browser)
    wrong = "000000" if queries.code_of(registration) != "000000" else "111111"
    assert [browser.post("/join/mail/", {"code": wrong}).status_code for _ in range(3)] == [422] * 3
    assert browser.post("/join/mail/", {"code": queries.code_of(registration)}).status_code == 422
    registration.refresh_from_db()
    assert registration.email_proved_at is None


def test_the_code_works_only_in_the_browser_that_asked(browser: Client) -> None:
    registration = start(browser)
    other = Client()
    answer = other.post("/join/mail/", {"code": queries.code_of(registration)})
    registration.refresh_from_db()
    assert (answer["Location"], registration.email_proved_at) == ("/join/", None)


def test_the_link_acts_after_a_button_in_any_browser(browser: Client) -> None:
    registration = start(browser)
    address = f"/join/mail/{registration.pk}/{queries.link_token(registration)}/"
    phone = Client()
    for _ in range(2):
        assert phone.get(address).status_code == 200
    registration.refresh_from_db()
    assert registration.email_proved_at is None
    assert phone.post(address)["Location"] == "/join/work/"
    assert phone.get("/join/work/").status_code == 200
    assert browser.get("/join/work/").status_code == 303  # it moved to where the mail was read


@pytest.mark.parametrize("token", ["x", "x" * 32, "あ", "%00", "a" * 5000])
def test_a_broken_link_says_how_to_open_the_whole_of_it(browser: Client, token: str) -> None:
    registration = start(browser)
    for address in (f"mail/{registration.pk}/{token}", f"mail/{10**30}/{token}", f"invited/{token}"):
        answer = browser.get(f"/join/{address}/")
        assert answer.status_code == 404 and "途中で切れています" in answer.content.decode()


def test_rows_are_added_and_removed_without_a_script_and_all_is_kept(browser: Client) -> None:
    proved(browser)
    page = browser.post("/join/work/", {**WORK, "stints-add": "1", "family_name": "﨑"})
    assert page.status_code == 200
    html = page.content.decode()
    assert 'name="stints-count" value="2"' in html
    assert 'value="﨑"' in html
    assert 'value="平成16年"' in html
    two = {**WORK, "stints-count": "2", "stints-1-site": "本社", "stints-1-until_now": "on"}
    html = browser.post("/join/work/", {**two, "stints-remove": "0"}).content.decode()
    assert 'name="stints-count" value="1"' in html
    assert ('value="本社"' in html, "平成16年" in html) == (True, False)


def test_what_cannot_be_read_is_said_with_all_input_kept(browser: Client) -> None:
    proved(browser)
    page = browser.post("/join/work/", {**WORK, "stints-0-from_year": "むかし", "stints-0-from_month": "13"})
    html = page.content.decode()
    assert page.status_code == 422
    assert 'value="むかし"' in html
    assert 'value="黒田"' in html
    assert "<title>" in html


@pytest.mark.parametrize("words", ["x" * 100_000, "a\0b", "\ud83d".encode("utf-8", "surrogatepass").decode("latin1")])
@pytest.mark.parametrize("field", ["family_name", "employer", "stints-0-site", "stints-0-from_year", "zone"])
def test_strange_input_is_never_a_fault_of_ours(browser: Client, field: str, words: str) -> None:
    proved(browser)
    assert browser.post("/join/work/", {**WORK, field: words}).status_code in {303, 422}


@pytest.mark.parametrize("page", ["/join/", "/join/mail/", "/join/work/", "/join/visibility/", "/join/waiting/"])
def test_an_empty_form_is_answered_on_every_step(browser: Client, page: str) -> None:
    assert browser.post(page, {}).status_code in {303, 422}
    proved(browser)
    assert browser.post(page, {}).status_code in {303, 422}


def test_the_purpose_must_be_agreed_to(browser: Client) -> None:
    registration = proved(browser)
    browser.post("/join/work/", WORK)
    assert browser.post("/join/visibility/", SEEN).status_code == 422
    registration.refresh_from_db()
    assert registration.state == "draft"


def test_the_preview_shows_what_each_viewer_sees(browser: Client) -> None:
    proved(browser)
    browser.post("/join/work/", WORK)
    answer = browser.post("/join/visibility/", {**SEEN, "country": "only_me", "preview": "1"})
    assert answer.status_code == 303
    viewers = browser.get("/join/visibility/").context["preview"]
    hidden = [[shown.hidden for shown in viewer.fields] for viewer in viewers]
    assert hidden == [[False, True, False, True], [False, False, False, True], [False, False, False, True]]


def test_a_question_is_answered_on_the_waiting_page(browser: Client, cast: Cast) -> None:
    registration = proved(browser)
    browser.post("/join/work/", WORK)
    browser.post("/join/visibility/", {**SEEN, "agreed": "on"})
    registrations.ask_back(registration, question="いつまでですか。", by=cast.miyake.user)
    assert "いつまでですか。" in browser.get("/join/waiting/").content.decode()
    assert browser.post("/join/waiting/", {"answer": ""}).status_code == 422
    assert browser.post("/join/waiting/", {"answer": "9月です。"}).status_code == 303
    registration.refresh_from_db()
    assert (registration.state, registration.answer) == ("submitted", "9月です。")


def test_taking_back_and_withdrawing(browser: Client) -> None:
    registration = proved(browser)
    browser.post("/join/work/", WORK)
    browser.post("/join/visibility/", {**SEEN, "agreed": "on"})
    assert browser.post("/join/take-back/")["Location"] == "/join/work/"
    assert browser.get("/join/withdraw/").status_code == 200
    registration.refresh_from_db()
    assert registration.state == "draft"
    assert browser.post("/join/withdraw/").status_code == 200
    registration.refresh_from_db()
    assert (registration.state, registration.email) == ("withdrawn", "")


def test_a_code_in_the_address_is_counted_once_a_session_and_fills_in_the_route(browser: Client) -> None:
    route = RegistrationRoute.objects.create(code="aki", route="flyer", label="秋のチラシ")
    for _ in range(3):
        page = browser.get("/join/?r=AKI")
    assert page.context["form"]["route"].value() == "flyer"
    Client().get("/join/?r=aki")
    assert browser.get("/join/?r=nothing").status_code == 200
    assert browser.get("/join/?r=a%00b").status_code == 200
    registration = start(browser, route="flyer")
    route.refresh_from_db()
    assert (route.visits, registration.route_code) == (2, route)


@pytest.mark.parametrize("broken", ["../..", "a/b", "\0", "招待", "?"])
def test_what_is_no_invitation_says_so(browser: Client, broken: str) -> None:
    answer = browser.get("/join/", {"i": broken})
    assert answer.status_code == 404
    assert "もう一度" in answer.content.decode()


def test_an_invitation_shows_who_invites_and_goes_on_after_a_button(browser: Client, cast: Cast) -> None:
    invitation = invitations.invite(
        kind="officer", email="kuroda@mail.example", by=cast.miyake.user, family_name="黒田", words="お待ちしています"
    )
    address = f"/join/invited/{invitation_queries.token_of(invitation)}/"
    assert browser.get(f"/join/?i={invitation_queries.token_of(invitation)}")["Location"] == address
    assert "お待ちしています" in browser.get(address).content.decode()
    assert Registration.objects.count() == 0
    assert browser.post(address)["Location"] == "/join/work/"
    assert 'value="黒田"' in browser.get("/join/work/").content.decode()
    assert browser.get(address)["Location"] == "/join/work/"
    assert Client().get(address).status_code == 410
    browser.post("/join/work/", WORK)
    browser.post("/join/visibility/", {**SEEN, "agreed": "on"})
    assert Member.objects.filter(user__email="kuroda@mail.example").exists()
    assert browser.get("/join/waiting/").status_code == 200


def test_an_ended_invitation_says_what_to_do_next(browser: Client, cast: Cast) -> None:
    invitation = invitations.invite(kind="officer", email="kuroda@mail.example", by=cast.miyake.user)
    invitations.revoke(invitation, by=cast.miyake.user)
    page = browser.get(f"/join/invited/{invitation_queries.token_of(invitation)}/")
    assert page.status_code == 410
    assert page.context["reason"]
    assert '<a class="btn primary" href="/join/">' in page.content.decode()


def test_someone_elses_invitation_is_not_used_by_a_member(cast: Cast) -> None:
    invitation = invitations.invite(kind="officer", email="kuroda@mail.example", by=cast.miyake.user)
    client = Client()
    client.force_login(cast.mori.user)
    address = f"/join/invited/{invitation_queries.token_of(invitation)}/"
    assert (client.get(address).status_code, client.post(address).status_code) == (410, 410)
    invitation.refresh_from_db()
    assert invitation.used_at is None


def test_the_mail_of_a_waiting_registration_brings_back_its_page(cast: Cast) -> None:
    registration = make_registration()
    client = Client()
    address = f"/join/mail/{registration.pk}/{queries.link_token(registration)}/"
    assert client.post(address)["Location"] == "/join/waiting/"
