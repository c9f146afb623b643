"""The authenticator app: asked of who has one, required of who has a role, each step used once."""

from __future__ import annotations

import re
import time
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal import auth
from django.contrib.auth import SESSION_KEY
from django.core.cache import cache
from django.test import Client

from cast import Cast
from enishi.accounts.actions import sign_in
from enishi.accounts.models import SignInTicket, User
from enishi.accounts.queries.proofs import token
from enishi.core import limits
from enishi.core.models import AuditEntry

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


@pytest.fixture
def real(cast: Cast) -> Cast:
    """Not a demo: roles need a second factor."""
    cache.clear()  # django-allauth remembers used steps there as well; users of earlier tests had the same keys
    cast.network.is_demo = False
    cast.network.save()
    return cast


def _app(user: User) -> None:
    auth.TOTP.activate(user, SECRET)
    RecoveryCodes.activate(user)


def _six(steps: int = 0) -> str:
    step = int(time.time()) // 30 + steps
    return auth.format_hotp_value(auth.hotp_value(SECRET, step))


def _press(client: Client, user: User, onward: str = "") -> Any:
    number = sign_in.ask(user.email, browser="b", ip="192.0.2.1", next_path=onward)
    ticket = SignInTicket.objects.get(pk=number)
    return client.post(f"/sign-in/{number}/{token(ticket)}/")


def test_a_link_alone_does_not_let_in_who_has_an_app(client: Client, real: Cast) -> None:
    _app(real.miyake.user)
    answer = _press(client, real.miyake.user, "/about/")
    assert (answer.status_code, answer.url) == (303, "/mfa/authenticate/")
    assert SESSION_KEY not in client.session
    assert client.get("/mfa/authenticate/").status_code == 200
    assert client.post("/mfa/authenticate/", {"code": "000000"}).status_code == 200
    assert SESSION_KEY not in client.session
    answer = client.post("/mfa/authenticate/", {"code": _six()})
    assert (answer.status_code, answer.url) == (302, "/about/")
    assert client.session[SESSION_KEY] == str(real.miyake.user.pk)


def test_a_step_of_the_app_opens_once(client: Client, real: Cast) -> None:
    _app(real.miyake.user)
    code = _six()
    _press(client, real.miyake.user)
    assert client.post("/mfa/authenticate/", {"code": code}).status_code == 302
    thief = Client()
    _press(thief, real.miyake.user)
    cache.clear()  # another process does not share it
    assert thief.post("/mfa/authenticate/", {"code": code}).status_code == 200
    assert SESSION_KEY not in thief.session


def test_a_recovery_code_opens_once(client: Client, real: Cast) -> None:
    _app(real.miyake.user)
    code = Authenticator.objects.get(user=real.miyake.user, type="recovery_codes").wrap().get_unused_codes()[0]
    _press(client, real.miyake.user)
    client.post("/mfa/authenticate/", {"code": code})
    assert SESSION_KEY in client.session
    thief = Client()
    _press(thief, real.miyake.user)
    thief.post("/mfa/authenticate/", {"code": code})
    assert SESSION_KEY not in thief.session


def test_guessing_ends_with_a_clear_page(client: Client, real: Cast) -> None:
    _app(real.miyake.user)
    _press(client, real.miyake.user)
    answers = [client.post("/mfa/authenticate/", {"code": f"{number:06}"}).status_code for number in range(6)]
    assert answers == [200] * limits.SECOND_FACTOR.most + [429]
    assert client.post("/mfa/authenticate/", {"code": _six()}).status_code == 429


def test_who_has_a_role_sets_up_an_app_before_any_other_page(client: Client, real: Cast) -> None:
    client.force_login(real.miyake.user)
    assert client.get("/about/").url == "/mfa/totp/activate/"
    client.force_login(real.nakamura.user)
    assert client.get("/about/").status_code == 200


def test_the_demo_asks_no_second_factor(client: Client, cast: Cast) -> None:
    client.force_login(cast.miyake.user)
    assert client.get("/about/").status_code == 200


@pytest.mark.django_db(transaction=True)
def test_miyake_sets_up_an_app_and_other_sessions_end(client: Client, real: Cast) -> None:
    elsewhere = Client()
    elsewhere.force_login(real.miyake.user)
    _press(client, real.miyake.user)
    page = client.get("/mfa/totp/activate/").content.decode()
    secret = re.search(r'id="secret"[^>]*>([A-Z2-7]+)<', page)
    assert secret
    code = auth.format_hotp_value(auth.hotp_value(secret[1], int(time.time()) // 30))
    answer = client.post("/mfa/totp/activate/", {"code": code})
    assert (answer.status_code, answer.url) == (302, "/mfa/recovery-codes/")
    page = client.get("/mfa/recovery-codes/").content.decode()
    assert len(re.findall(r"<li>\d{8}</li>", page)) == 10
    assert client.get("/about/").status_code == 200
    assert elsewhere.get("/mfa/").status_code == 302
    assert SESSION_KEY not in elsewhere.session
    stored = Authenticator.objects.get(type="totp").data["secret"]
    assert secret[1] not in stored
    assert AuditEntry.objects.filter(verb="second_factor.added").count() == 2


def test_a_wrong_code_sets_up_nothing(client: Client, real: Cast) -> None:
    _press(client, real.miyake.user)
    client.get("/mfa/totp/activate/")
    assert client.post("/mfa/totp/activate/", {"code": "12"}).status_code == 200
    assert not Authenticator.objects.exists()


def test_an_old_session_proves_itself_by_mail_before_an_app_is_added(client: Client, real: Cast) -> None:
    client.force_login(real.nakamura.user)  # a session without a recent proof
    answer = client.get("/mfa/totp/activate/")
    assert answer.url == "/sign-in/confirm/?next=%2Fmfa%2Ftotp%2Factivate%2F"
    assert client.get(answer.url).status_code == 200
    client.post("/sign-in/confirm/", {"next": "/mfa/totp/activate/"})
    from enishi.accounts.queries.proofs import code

    answer = client.post("/sign-in/sent/", {"code": code(SignInTicket.objects.latest("pk"))})
    assert answer.url == "/mfa/totp/activate/"
    assert client.get("/mfa/totp/activate/").status_code == 200


def test_removing_the_app_asks_for_its_code_and_not_for_a_mail(client: Client, real: Cast) -> None:
    _app(real.nakamura.user)
    client.force_login(real.nakamura.user)
    assert client.get("/mfa/totp/deactivate/").url.startswith("/mfa/reauthenticate/")
    _press(client, real.nakamura.user)  # a mail alone, while inside, proves nothing
    assert client.get("/mfa/totp/deactivate/").url.startswith("/mfa/reauthenticate/")
    answer = client.post(
        "/mfa/reauthenticate/?next=/mfa/totp/deactivate/", {"code": _six(), "next": "/mfa/totp/deactivate/"}
    )
    assert answer.url == "/mfa/totp/deactivate/"
    assert client.get("/mfa/totp/deactivate/").status_code == 200
    assert client.post("/mfa/totp/deactivate/").url == "/mfa/"
    assert not Authenticator.objects.exists()


@pytest.mark.parametrize(
    "path",
    [
        "/mfa/",
        "/mfa/recovery-codes/",
        "/mfa/recovery-codes/generate/",
        "/mfa/recovery-codes/download/",
        "/mfa/totp/activate/",
    ],
)
def test_a_visitor_is_asked_to_sign_in(client: Client, real: Cast, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 302 and "/sign-in/" in client.get(path, follow=True).redirect_chain[-1][0]


@pytest.mark.parametrize(
    "path", ["/account/sign-in/", "/account/sign-in/closed/", "/account/reauthenticate/", "/mfa/authenticate/"]
)
def test_no_page_of_another_sign_in_is_open(client: Client, real: Cast, path: str) -> None:
    chain = client.get(path, follow=True).redirect_chain
    assert chain[-1][0].startswith("/sign-in/")


@pytest.mark.parametrize(
    "path", ["/account/signup/", "/account/password/reset/", "/account/email/", "/account/logout/", "/accounts/"]
)
def test_pages_of_another_sign_up_do_not_exist(client: Client, real: Cast, path: str) -> None:
    assert client.get(path).status_code == 404
