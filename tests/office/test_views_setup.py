"""Tadokoro names the network, and nobody else can afterwards."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth import SESSION_KEY
from django.test import Client

from cast import Cast
from enishi.accounts.actions import setup_code
from enishi.accounts.models import Consent, Role, User
from enishi.core.models import AuditEntry, NetworkSettings, SetupCode

OWNER = {
    "family_name": "田所",
    "given_name": "恵",
    "family_kana": "たどころ",
    "given_kana": "ﾒｸﾞﾐ",
    "email": "Tadokoro@wakakusa.example",
}
NETWORK = {
    "name_ja": "若草製薬アルムナイ",
    "name_en": "Wakakusa Alumni",
    "company_ja": "若草製薬株式会社",
    "company_en": "",
    "office_ja": "アルムナイ事務局",
    "office_en": "",
    "contact_email": "office@wakakusa.example",
    "office_hours": "平日 10:00〜16:00",
    "purpose_ja": "退職された方どうしの縁をつなぐため",
    "purpose_en": "",
    "zone": "Asia/Tokyo",
    "hosting_country": "日本",
    "is_demo": "on",
    "purpose_version": "9",
}


def _as_far_as_the_network(client: Client) -> None:
    assert client.post("/setup/", {"code": setup_code.issue()}).url == "/setup/you/"
    assert client.post("/setup/you/", OWNER).url == "/setup/network/"


@pytest.mark.django_db
def test_tadokoro_sets_the_network_up(client: Client) -> None:
    _as_far_as_the_network(client)
    answer = client.post("/setup/network/", NETWORK)
    assert (answer.status_code, answer.url) == (303, "/mfa/totp/activate/")
    user = User.objects.get()
    here = NetworkSettings.objects.get()
    assert client.session[SESSION_KEY] == str(user.pk)
    assert (user.email, user.member.name, user.member.kana) == (
        "tadokoro@wakakusa.example",
        "田所 恵",
        "タドコロ メグミ",
    )
    assert user.member.is_employee
    assert [role.kind for role in Role.objects.all()] == ["owner"]
    assert (here.name_ja, here.is_demo, here.purpose_version) == ("若草製薬アルムナイ", False, 1)
    assert Consent.objects.get().user == user
    assert AuditEntry.objects.filter(verb="network.founded").count() == 1
    assert SetupCode.objects.get().used_at is not None
    assert client.get("/mfa/totp/activate/").status_code == 200
    assert client.get("/about/").url == "/mfa/totp/activate/"


@pytest.mark.django_db
def test_before_the_set_up_every_page_leads_to_a_calm_one(client: Client) -> None:
    for path in ("/about/", "/sign-in/", "/office/settings/", "/nowhere/", "/mfa/"):
        assert client.get(path).url == "/"
    page = client.get("/")
    assert page.status_code == 200 and "/setup/" in page.content.decode()
    assert page.headers["X-Robots-Tag"] == "noindex"


@pytest.mark.django_db
def test_without_the_code_nothing_opens(client: Client) -> None:
    setup_code.issue()
    assert client.get("/setup/").status_code == 200
    assert client.post("/setup/", {"code": "AAAA-AAAA-AAAA-AAAA"}).status_code == 422
    for path in ("/setup/you/", "/setup/network/"):
        assert client.get(path).url == "/setup/"
        assert client.post(path, {**OWNER, **NETWORK}).url == "/setup/"
    assert not NetworkSettings.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("path", "data", "field"),
    [
        ("/setup/", {"code": ""}, "code"),
        ("/setup/", {"code": "a" * 1_000_000}, "code"),
        ("/setup/", {"code": "\x00"}, "code"),
        ("/setup/you/", {**OWNER, "family_name": ""}, "family_name"),
        ("/setup/you/", {**OWNER, "given_name": "x" * 1_000_000}, "given_name"),
        ("/setup/you/", {**OWNER, "email": "tadokoro"}, "email"),
        ("/setup/network/", {**NETWORK, "name_ja": ""}, "name_ja"),
        ("/setup/network/", {**NETWORK, "purpose_ja": "x" * 1_000_000}, "purpose_ja"),
        ("/setup/network/", {**NETWORK, "zone": "Mars/Olympus"}, "zone"),
    ],
)
def test_what_does_not_fit_is_said_and_kept(client: Client, path: str, data: dict[str, str], field: str) -> None:
    _as_far_as_the_network(client)
    answer = client.post(path, data)
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]
    kept = answer.context["form"].data
    assert {name: kept[name] for name in data} == data
    assert not User.objects.exists()


@pytest.mark.django_db
def test_of_two_owners_at_once_one_gets_in(client: Client) -> None:
    code = setup_code.issue()
    second = Client()
    for browser in (client, second):
        browser.post("/setup/", {"code": code})
        browser.post("/setup/you/", OWNER)
    assert client.post("/setup/network/", NETWORK).status_code == 303
    assert second.post("/setup/network/", NETWORK).status_code == 404
    assert User.objects.count() == 1


@pytest.mark.django_db
def test_a_code_used_between_two_steps_is_said(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    _as_far_as_the_network(client)
    monkeypatch.setattr("enishi.accounts.actions.setup_code.take", lambda number: False)
    answer = client.post("/setup/network/", NETWORK)
    assert answer.status_code == 422 and answer.context["form"].non_field_errors()
    assert not NetworkSettings.objects.exists()


def test_a_network_with_an_owner_has_no_set_up(client: Client, cast: Cast) -> None:
    for path in ("/setup/", "/setup/you/", "/setup/network/"):
        assert client.get(path).status_code == 404
        assert client.post(path, {"code": "x"}).status_code == 404


SETTINGS: dict[str, Any] = {
    **NETWORK,
    "company_en": "Wakakusa Pharma",
    "office_en": "Alumni Office",
    "purpose_ja": "退職された方どうし、また会社との縁をつなぐため",
    "purpose_en": "To keep alumni in touch with each other and with the company",
    "about_ja": "",
    "about_en": "",
    "founded_on": "2026-05-01",
    "language": "ja",
    "smallest_cell": "3",
}


def test_tadokoro_changes_the_hours_and_the_purpose_stays(client: Client, cast: Cast) -> None:
    client.force_login(cast.tadokoro.user)
    assert client.get("/office/settings/").status_code == 200
    assert client.post("/office/settings/", SETTINGS).status_code == 303
    here = NetworkSettings.objects.get()
    assert (here.office_hours, here.hosting_country, here.purpose_version) == ("平日 10:00〜16:00", "日本", 1)
    assert here.is_demo  # no form sets it
    line = AuditEntry.objects.get(verb="network.changed")
    assert line.data == {"fields": "office_hours,hosting_country", "purpose_version": 1}


def test_another_purpose_is_another_version(client: Client, cast: Cast, noon: object) -> None:
    client.force_login(cast.tadokoro.user)
    client.post("/office/settings/", {**SETTINGS, "purpose_ja": "会を開くため"})
    here = NetworkSettings.objects.get()
    assert (here.purpose_version, str(here.purpose_dated)) == (2, "2026-11-24")
    client.post("/office/settings/", {**SETTINGS, "purpose_ja": "会を開くため"})
    assert NetworkSettings.objects.get().purpose_version == 2


@pytest.mark.parametrize("who", ["miyake", "fujii", "nakamura"])
def test_nobody_but_the_owner_changes_settings(client: Client, cast: Cast, who: str) -> None:
    client.force_login(getattr(cast, who).user)
    assert client.get("/office/settings/").status_code == 403
    assert client.post("/office/settings/", {**SETTINGS, "name_ja": "x"}).status_code == 403
    assert NetworkSettings.objects.get().name_ja == "若草製薬アルムナイ"


@pytest.mark.parametrize(
    ("data", "field"),
    [
        ({"smallest_cell": "1"}, "smallest_cell"),
        ({"smallest_cell": "x"}, "smallest_cell"),
        ({"founded_on": "0001-01-01"}, "founded_on"),
        ({"language": "xx"}, "language"),
        ({"contact_email": "x"}, "contact_email"),
        ({"about_ja": "x" * 1_000_000}, "about_ja"),
    ],
)
def test_settings_that_do_not_fit_are_said(client: Client, cast: Cast, data: dict[str, str], field: str) -> None:
    client.force_login(cast.tadokoro.user)
    answer = client.post("/office/settings/", {**SETTINGS, **data})
    assert answer.status_code == 422 and list(answer.context["form"].errors) == [field]
    assert not AuditEntry.objects.filter(verb="network.changed").exists()
