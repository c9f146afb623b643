"""The first owner opens the house; Nakamura comes in and goes: in a real browser, with script and without."""

from __future__ import annotations

import time
from typing import Any

import pytest
from allauth.mfa.totp.internal import auth
from django.core.cache import cache
from playwright.sync_api import Page

from cast import build
from enishi.accounts.actions import setup_code
from enishi.accounts.models import SignInTicket
from enishi.accounts.queries.proofs import code, token
from journeys.faults import faults

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True, serialized_rollback=False)]
SCRIPT = pytest.mark.parametrize("script", [True, False], ids=["script", "no-script"])
WORDS = {
    "ja": {"sign_in": "サインイン", "link": "リンクを送る", "code": "コードでサインイン", "out": "サインアウト"},
    "en": {"sign_in": "Sign in", "link": "Mail me the link", "code": "Sign in with the code", "out": "Sign out"},
}


def _accessible(page: Page, script: bool) -> None:
    if script:  # axe is a script itself
        assert faults(page) == []


@pytest.mark.parametrize(
    ("who", "language", "script"),
    [("nakamura", "ja", True), ("jansen", "en", False)],
    ids=["ja-script", "en-no-script"],
)
def test_someone_comes_in_by_the_code_and_goes(
    live_server: Any, open_browser: Any, who: str, script: bool, language: str
) -> None:
    build()
    words = WORDS[language]
    page = open_browser(script=script, language=language)
    page.goto(live_server.url)
    _accessible(page, script)
    page.locator("main").get_by_role("link", name=words["sign_in"], exact=True).click()
    page.locator("input[name=email]").fill(who)
    page.get_by_role("button", name=words["link"]).click()
    assert page.locator("input[name=email]").get_attribute("aria-invalid") == "true"
    assert page.locator("input[name=email]").input_value() == who
    _accessible(page, script)
    page.locator("input[name=email]").fill(f"{who}@mail.example")
    page.get_by_role("button", name=words["link"]).click()
    _accessible(page, script)
    page.locator("input[name=code]").fill(code(SignInTicket.objects.get()))
    page.get_by_role("button", name=words["code"]).click()
    page.get_by_role("button", name=words["out"]).click()
    assert page.get_by_role("status").first.inner_text() != ""


@SCRIPT
def test_nakamura_opens_the_link_on_the_phone(live_server: Any, open_browser: Any, script: bool) -> None:
    build()
    desk = open_browser(script=script, language="ja")
    desk.goto(f"{live_server.url}/sign-in/?next=/privacy/")
    desk.locator("input[name=email]").fill("nakamura@mail.example")
    desk.get_by_role("button", name="リンクを送る").click()
    desk.wait_for_url("**/sign-in/sent/")
    ticket = SignInTicket.objects.get()
    link = f"{live_server.url}/sign-in/{ticket.pk}/{token(ticket)}/"
    phone = open_browser(script=script, language="ja")
    phone.goto(link)
    _accessible(phone, script)
    phone.locator("main").get_by_role("button", name="サインイン").click()
    phone.wait_for_url("**/privacy/")
    phone.goto(link)
    _accessible(phone, script)
    phone.get_by_role("button", name="新しいリンクを送る").click()
    phone.wait_for_url("**/sign-in/sent/")


@SCRIPT
def test_tadokoro_sets_the_network_up(live_server: Any, open_browser: Any, script: bool) -> None:
    cache.clear()
    page = open_browser(script=script, language="ja")
    page.goto(f"{live_server.url}/about/")
    page.get_by_role("link", name="ネットワークの設定").click()
    page.locator("input[name=code]").fill(setup_code.issue().lower())
    page.get_by_role("button", name="続ける").click()
    for field, value in {"family_name": "田所", "given_name": "恵", "email": "tadokoro@wakakusa.example"}.items():
        page.locator(f"input[name={field}]").fill(value)
    _accessible(page, script)
    page.get_by_role("button", name="続ける").click()
    page.locator("input[name=name_ja]").fill("若草製薬アルムナイ")
    page.locator("input[name=company_ja]").fill("若草製薬株式会社")
    page.locator("textarea[name=purpose_ja]").fill("退職された方どうしの縁をつなぐため")
    _accessible(page, script)
    page.get_by_role("button", name="この内容で始める").click()
    page.wait_for_url("**/mfa/totp/activate/")
    _accessible(page, script)
    secret = page.locator("#secret").inner_text().strip()
    page.locator("input[name=code]").fill(auth.format_hotp_value(auth.hotp_value(secret, int(time.time()) // 30)))
    page.get_by_role("button", name="設定を終える").click()
    page.wait_for_url("**/mfa/recovery-codes/")
    assert page.locator("#codes li").count() == 10
    _accessible(page, script)
    page.get_by_role("link", name="控えたので、先へ進む").click()
    page.wait_for_url("**/office/")
