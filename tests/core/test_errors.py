"""Each page for what did not work is reached, says what to do, and has a number."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import BadRequest, PermissionDenied
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory, override_settings
from django.urls import path

from cast import Cast
from enishi.config import urls as house
from enishi.core import clock, errors, limits


def _raise(error: Exception) -> Any:
    def view(request: HttpRequest) -> HttpResponse:
        raise error

    return view


def _too_many(request: HttpRequest) -> HttpResponse:
    raise limits.TooMany("tries", clock.now() + timedelta(hours=1))


urlpatterns = [
    path("t/400/", _raise(BadRequest("x"))),
    path("t/403/", _raise(PermissionDenied("x"))),
    path("t/410/", lambda request: errors.gone(request, "この申し込みは取り消されました。")),
    path("t/429/", _too_many),
    path("t/500/", _raise(RuntimeError("secret words"))),
    path("t/database/", _raise(DatabaseError("secret words"))),
    *house.urlpatterns,
]
handler400, handler403, handler404, handler500 = (
    house.handler400,
    house.handler403,
    house.handler404,
    house.handler500,
)


@pytest.fixture
def visitor(cast: Cast) -> Any:
    with override_settings(ROOT_URLCONF=__name__):
        yield Client(raise_request_exception=False, headers={"accept-language": "en"})


@pytest.mark.parametrize(
    ("where", "status", "words"),
    [
        ("/t/400/", 400, "The request could not be read"),
        ("/t/403/", 403, "This page is for the office"),
        ("/t/none/", 404, "This page was not found"),
        ("/t/410/", 410, "この申し込みは取り消されました。"),
        ("/t/429/", 429, "Please wait a little"),
        ("/t/500/", 500, "Something broke on our side"),
        ("/t/database/", 500, "Something broke on our side"),
    ],
)
def test_each_fault_has_its_page(visitor: Client, where: str, status: int, words: str) -> None:
    answer = visitor.get(where)
    page = answer.content.decode()
    assert answer.status_code == status
    assert words in page and "secret words" not in page and "Traceback" not in page
    assert page.count("<h1") == 1 and 'href="/"' in page
    assert "Content-Security-Policy" in answer.headers and answer.headers["X-Robots-Tag"] == "noindex, nofollow"


def test_the_429_page_says_until_when(visitor: Client, noon: object) -> None:
    answer = visitor.get("/t/429/")
    assert "Tue 24 Nov 13:00" in answer.content.decode()
    assert answer.headers["Retry-After"] == "3601"


def test_a_form_without_its_token_gets_a_page_of_its_own(cast: Cast) -> None:
    strict = Client(enforce_csrf_checks=True, headers={"accept-language": "en"})
    answer = strict.post("/sign-in/", {"email": "nakamura@mail.example"})
    assert answer.status_code == 403
    assert "This form was open for too long" in answer.content.decode()


def test_the_500_page_needs_no_database(rf: RequestFactory) -> None:
    """Without the db fixture pytest-django refuses every query."""
    answer = errors.server_error(rf.get("/"))
    assert answer.status_code == 500 and b"<h1" in answer.content


def test_the_500_page_stands_when_the_list_of_static_files_is_broken(
    rf: RequestFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(name: str) -> str:
        raise ValueError("Missing staticfiles manifest entry")

    monkeypatch.setattr(errors, "static", broken)
    assert b"stylesheet" not in errors.server_error(rf.get("/")).content


def test_a_foreign_host_is_refused(cast: Cast) -> None:
    assert Client().get("/", headers={"host": "evil.example"}).status_code == 400


def test_only_a_visitor_is_told_that_some_pages_need_a_sign_in(cast: Cast) -> None:
    visitor, nakamura = Client(), Client()
    nakamura.force_login(cast.nakamura.user)
    for client, said in ((visitor, True), (nakamura, False)):
        page = client.get("/nowhere/").content.decode()
        assert "見つかりません" in page
        assert ("サインインすると" in page) is said


def test_too_much_at_once_says_so(client: Client, cast: Cast) -> None:
    answer = client.post("/sign-in/", {"email": "髙" * 800_000})  # 2.4 MB
    assert answer.status_code == 413
    assert "2MBを超えています。" in answer.content.decode()
