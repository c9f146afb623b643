"""The office's themes: who may, and what each press does."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cast import Cast
from enishi.feedback.actions import themes
from enishi.feedback.models import Theme

LIST = "feedback:office-themes"


@pytest.fixture
def office(cast: Cast) -> Client:
    client = Client()
    client.force_login(cast.miyake.user)
    return client


def names(kind: str = "want") -> list[str]:
    return list(Theme.objects.filter(kind=kind, retired_at=None).values_list("name_ja", flat=True))


@pytest.mark.parametrize("who", ["nakamura", "fujii"])
def test_only_the_office(cast: Cast, who: str) -> None:
    theme = themes.add("want", name_ja="情報交換")
    client = Client()
    assert client.get(reverse(LIST)).status_code == 302
    client.force_login(getattr(cast, who).user)
    assert client.get(reverse(LIST)).status_code == 403
    for name, arguments in (
        (LIST, []),
        ("feedback:office-themes-ready", []),
        ("feedback:office-theme", [theme.pk]),
        ("feedback:office-theme-place", [theme.pk]),
        ("feedback:office-theme-use", [theme.pk]),
    ):
        data = {"kind": "want", "name_ja": "別", "to": "up", "use": "no"}
        assert client.post(reverse(name, args=arguments), data).status_code == 403
    assert names() == ["情報交換"]


def test_ready_themes_and_one_of_our_own(office: Client) -> None:
    assert office.post(reverse("feedback:office-themes-ready")).status_code == 303
    assert len(names()) == 4
    assert (
        office.post(reverse(LIST), {"kind": "want", "want-name_ja": "旅", "want-name_en": "Trips"}).status_code == 303
    )
    assert names()[-1] == "旅"


@pytest.mark.parametrize("name", ["", "情報交換", "あ" * 61, "a\x00", "x" * 1_000_000])
def test_a_name_that_cannot_be_is_said_and_kept(office: Client, name: str) -> None:
    themes.add("want", name_ja="情報交換")
    page = office.post(reverse(LIST), {"kind": "want", "want-name_ja": name, "want-name_en": "Kept"})
    assert page.status_code == 422
    assert page.context["form"]["name_en"].value() == "Kept"
    assert page.context["form"]["name_ja"].value() == name
    assert names() == ["情報交換"]


def test_an_unknown_list_is_not_found(office: Client) -> None:
    assert office.post(reverse(LIST), {"kind": "salary"}).status_code == 404
    assert office.get(reverse("feedback:office-theme", args=[99])).status_code == 404


def test_rename_order_retire(office: Client) -> None:
    themes.ensure_defaults()
    second = Theme.objects.get(kind="want", name_ja="情報交換")
    office.post(reverse("feedback:office-theme-place", args=[second.pk]), {"to": "up"})
    assert names()[0] == "情報交換"
    assert office.get(reverse("feedback:office-theme", args=[second.pk])).status_code == 200
    office.post(reverse("feedback:office-theme", args=[second.pk]), {"name_ja": "知恵の交換", "name_en": ""})
    assert names()[0] == "知恵の交換"
    clash = office.post(reverse("feedback:office-theme", args=[second.pk]), {"name_ja": "横のつながり"})
    assert clash.status_code == 422
    office.post(reverse("feedback:office-theme-use", args=[second.pk]), {"use": "no"})
    assert names() == ["横のつながり", "事業の連携", "会社との関わり"]
    office.post(reverse("feedback:office-theme-use", args=[second.pk]), {"use": "yes"})
    assert "知恵の交換" in names()


def test_one_number_of_questions(office: Client) -> None:
    counts: list[Any] = []
    for number in range(3):
        themes.add("want", name_ja=f"テーマ{number}")
        if number in (0, 2):
            with CaptureQueriesContext(connection) as found:
                office.get(reverse(LIST))
            counts.append(len(found))
    assert counts[0] == counts[1]
