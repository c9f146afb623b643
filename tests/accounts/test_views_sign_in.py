"""The door: who comes in by link or code, and who does not."""

from __future__ import annotations

import re
import statistics
import time
from datetime import timedelta

import pytest
from django.contrib.auth import SESSION_KEY
from django.test import Client

from cast import Cast
from enishi.accounts.models import SignInTicket, User
from enishi.accounts.queries.proofs import code, token
from enishi.core import clock
from enishi.core.models import AuditEntry, OutgoingMail

HOSTILE = [
    "https://evil.example/",
    "//evil.example",
    "///evil.example",
    "\\\\evil.example",
    "/\\evil.example",
    "/\t/evil.example",
    "javascript:alert(1)",
    "http:evil.example",
    "evil.example",
    "/ok\r\nSet-Cookie: a=b",
    "/" + "a" * 300,
]


def _ask(client: Client, email: str = "nakamura@mail.example", **data: str) -> SignInTicket:
    answer = client.post("/sign-in/", {"email": email, **data})
    assert (answer.status_code, answer.url) == (303, "/sign-in/sent/")
    return SignInTicket.objects.order_by("-pk")[0]


def _path(ticket: SignInTicket) -> str:
    return f"/sign-in/{ticket.pk}/{token(ticket)}/"


def test_nakamura_signs_in_by_the_link_in_another_browser(client: Client, cast: Cast) -> None:
    ticket = _ask(client)
    phone = Client()
    page = phone.get(_path(ticket))
    assert page.status_code == 200 and SESSION_KEY not in phone.session
    answer = phone.post(_path(ticket))
    assert (answer.status_code, answer.url) == (303, "/")
    assert phone.session[SESSION_KEY] == str(cast.nakamura.user.pk)
    assert phone.session["_auth_user_backend"] == "enishi.accounts.backends.SignedInBackend"
    assert AuditEntry.objects.get(verb="sign_in.done").actor_id == cast.nakamura.user.pk


def test_opening_the_link_many_times_changes_nothing(client: Client, cast: Cast) -> None:
    ticket = _ask(client)
    before = list(SignInTicket.objects.values())
    for _ in range(3):
        assert Client().get(_path(ticket)).status_code == 200
        assert Client().head(_path(ticket)).status_code == 200
    assert list(SignInTicket.objects.values()) == before
    assert AuditEntry.objects.filter(verb="sign_in.done").count() == 0
    assert client.post(_path(ticket)).status_code == 303


def test_nakamura_signs_in_by_the_code_typed_in_full_width(client: Client, cast: Cast) -> None:
    ticket = _ask(client)
    wide = "".join(chr(ord(c) + 0xFEE0) for c in code(ticket))
    answer = client.post("/sign-in/sent/", {"code": f" {wide[:3]}-{wide[3:]} "})
    assert (answer.status_code, answer.url) == (303, "/")
    assert client.session[SESSION_KEY] == str(cast.nakamura.user.pk)


def test_the_code_does_nothing_in_another_browser(client: Client, cast: Cast) -> None:
    ticket = _ask(client)
    other = Client()
    assert other.post("/sign-in/sent/", {"code": code(ticket)}).url == "/sign-in/"
    _ask(other, "jansen@mail.example")
    assert other.post("/sign-in/sent/", {"code": code(ticket)}).status_code == 422
    assert SESSION_KEY not in other.session


def test_the_session_has_a_new_id_after_sign_in(client: Client, cast: Cast) -> None:
    ticket = _ask(client)
    before = client.session.session_key
    client.post("/sign-in/sent/", {"code": code(ticket)})
    assert client.session.session_key != before


@pytest.mark.parametrize("email", ["nakamura@mail.example", "stranger@mail.example"])
def test_known_and_unknown_addresses_get_the_same_words(client: Client, cast: Cast, email: str) -> None:
    answer = client.post("/sign-in/", {"email": email})
    pages = [client.get(answer.url)] + [client.post(answer.url, {"code": "000000"}) for _ in range(4)]
    shown = [_plain(page.content.decode(), email) for page in pages]
    reference = Client()
    stranger = "reference@mail.example"
    reference.post("/sign-in/", {"email": stranger})
    expected = [reference.get("/sign-in/sent/")] + [
        reference.post("/sign-in/sent/", {"code": "000000"}) for _ in range(4)
    ]
    assert shown == [_plain(page.content.decode(), stranger) for page in expected]
    assert [page.status_code for page in pages] == [page.status_code for page in expected] == [200] + [422] * 4


def test_known_and_unknown_addresses_take_as_long(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("enishi.core.limits.hit", lambda *_: None)
    took: dict[str, list[float]] = {"nakamura@mail.example": [], "stranger@mail.example": []}
    client = Client()
    for _ in range(30):
        for email, times in took.items():
            began = time.perf_counter()
            client.post("/sign-in/", {"email": email})
            times.append(time.perf_counter() - began)
    first, second = (statistics.median(times) for times in took.values())
    assert abs(first - second) <= 0.020


def test_a_used_link_offers_a_new_one(client: Client, cast: Cast) -> None:
    ticket = _ask(client)
    client.post(_path(ticket))
    visitor = Client()
    assert visitor.get(_path(ticket)).status_code == 410
    assert visitor.post(_path(ticket)).status_code == 410
    answer = visitor.post(_path(ticket), {"again": "1"})
    assert (answer.status_code, answer.url) == (303, "/sign-in/sent/")
    fresh = SignInTicket.objects.order_by("-pk")[0]
    assert fresh.pk != ticket.pk
    assert visitor.post("/sign-in/sent/", {"code": code(fresh)}).status_code == 303


def test_an_expired_link_offers_a_new_one(client: Client, cast: Cast) -> None:
    ticket = _ask(client)
    with clock.at(clock.now() + timedelta(minutes=16)):
        assert client.get(_path(ticket)).status_code == 410
        assert client.post(_path(ticket)).status_code == 410
        assert SESSION_KEY not in client.session
        assert client.post(_path(ticket), {"again": "1"}).url == "/sign-in/sent/"


@pytest.mark.parametrize("number", [1, 999_999, 10**30])
def test_an_unknown_link_mails_nobody(client: Client, cast: Cast, number: int) -> None:
    for data in ({}, {"again": "1"}):
        assert client.post(f"/sign-in/{number}/abc/", data).status_code == 404
    assert client.get(f"/sign-in/{number}/%00/").status_code == 404
    assert OutgoingMail.objects.count() == 0


def test_after_signing_in_the_reader_is_where_they_wanted_to_be(client: Client, cast: Cast) -> None:
    ticket = _ask(client, next="/about/?a=1")
    assert '<input type="hidden" name="next" value="/about/?a=1">' in client.get("/sign-in/sent/").content.decode()
    assert client.post(_path(ticket)).url == "/about/?a=1"


@pytest.mark.parametrize("onward", HOSTILE)
def test_nobody_is_led_to_another_site(client: Client, cast: Cast, onward: str) -> None:
    ticket = _ask(client, next=onward)
    assert client.post(_path(ticket)).url == "/"
    assert client.get("/sign-in/", {"next": onward}).url == "/"
    assert client.post("/language/", {"language": "en", "next": onward}).url == "/"


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("", ""), ("nakamura", "nakamura"), ("a@b", "a@b"), ("\x00", ""), ("ｎａｋａ", "ｎａｋａ")],
)
def test_what_is_no_address_is_said_and_kept(client: Client, cast: Cast, typed: str, kept: str) -> None:
    answer = client.post("/sign-in/", {"email": typed})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert 'aria-invalid="true"' in page and "data-focus" in page
    assert not kept or f'value="{kept}"' in page
    assert OutgoingMail.objects.count() == 0


def test_a_megabyte_is_no_address(client: Client, cast: Cast) -> None:
    assert client.post("/sign-in/", {"email": "a" * 1_000_000 + "@mail.example"}).status_code == 422
    _ask(client)
    assert client.post("/sign-in/sent/", {"code": "1" * 1_000_000}).status_code == 422


def test_after_three_wrong_codes_the_page_offers_a_new_mail(client: Client, cast: Cast) -> None:
    ticket = _ask(client)
    wrong = "000000" if code(ticket) != "000000" else "111111"
    for _ in range(3):
        assert client.post("/sign-in/sent/", {"code": wrong}).status_code == 422
    page = client.post("/sign-in/sent/", {"code": code(ticket)}).content.decode()
    assert 'name="code"' not in page and 'name="email" value="nakamura@mail.example"' in page
    assert SESSION_KEY not in client.session


def test_the_sixth_mail_in_an_hour_gets_a_page_that_says_until_when(client: Client, cast: Cast, noon: object) -> None:
    for _ in range(5):
        _ask(client)
    answer = client.post("/sign-in/", {"email": "nakamura@mail.example"})
    assert answer.status_code == 429
    assert "13:00" in answer.content.decode()
    assert answer.headers["Retry-After"] == "3601"


def test_signing_out_takes_a_press(client: Client, cast: Cast) -> None:
    client.force_login(cast.nakamura.user)
    assert client.get("/sign-out/").status_code == 405
    assert SESSION_KEY in client.session
    assert client.post("/sign-out/").url == "/"
    assert SESSION_KEY not in client.session


def test_the_language_is_kept_with_the_account(client: Client, cast: Cast) -> None:
    client.force_login(cast.nakamura.user)
    answer = client.post("/language/", {"language": "en", "next": "/about/"})
    assert (answer.status_code, answer.url) == (303, "/about/")
    assert User.objects.get(pk=cast.nakamura.user.pk).language == "en"
    assert '<html lang="en"' in client.get("/about/").content.decode()


def test_a_visitor_keeps_the_language_in_a_cookie(client: Client, cast: Cast) -> None:
    assert '<html lang="ja"' in client.get("/about/", headers={"accept-language": "ja"}).content.decode()
    client.post("/language/", {"language": "en"})
    assert '<html lang="en"' in client.get("/about/", headers={"accept-language": "ja"}).content.decode()
    assert client.post("/language/", {"language": "xx"}).status_code == 400


def test_a_second_person_at_the_same_browser_ends_the_first_session(client: Client, cast: Cast) -> None:
    client.force_login(cast.jansen.user)
    ticket = SignInTicket.objects.get(pk=_ask(Client()).pk)
    client.post(_path(ticket))
    assert client.session[SESSION_KEY] == str(cast.nakamura.user.pk)


def test_two_presses_at_once_open_one_session(client: Client, cast: Cast) -> None:
    ticket = _ask(client)
    first, second = Client(), Client()
    assert [first.post(_path(ticket)).status_code, second.post(_path(ticket)).status_code] == [303, 410]


def test_links_come_from_the_configured_origin_only(client: Client, cast: Cast) -> None:
    client.post("/sign-in/", {"email": "nakamura@mail.example"}, headers={"x-forwarded-host": "evil.example"})
    from enishi.core import outbox

    letter = outbox.compose(OutgoingMail.objects.get(kind="accounts.sign_in"))
    assert letter is not None and letter.button is not None
    assert letter.button[1].startswith("http://testserver/sign-in/")
    assert Client().post("/sign-in/", {"email": "a@b.example"}, headers={"host": "evil.example"}).status_code == 400


def _plain(page: str, email: str) -> str:
    """The page without what is different each time: forgery tokens, the number, the typed address."""
    page = re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", page)
    return page.replace(email, "ADDRESS")
