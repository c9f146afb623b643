"""The demo's page of one mail shows it as it was sent: in its receiver's language, whoever looks."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from cast import Cast
from enishi.core import outbox
from enishi.members.models import Member

pytestmark = pytest.mark.usefixtures("noon")


def shown(member: Member, reader: str) -> str:
    row = outbox.write("welcome", user=member.user, member=member.pk)
    assert row is not None
    page = Client(headers={"accept-language": reader}).get(reverse("office:demo-letter", args=[row.pk]))
    return page.content.decode().split("<article")[1].split("</article>")[0]


@pytest.mark.parametrize("reader", ["ja", "en"])
def test_jansen_is_greeted_in_english_and_nakamura_in_japanese(cast: Cast, reader: str) -> None:
    english, japanese = shown(cast.jansen, reader), shown(cast.nakamura, reader)
    assert 'lang="en"' in english
    assert "Dear Laura Jansen" in english
    assert "Wakakusa Pharma Alumni Office" in english
    assert "若草製薬" not in english
    assert 'lang="ja"' in japanese
    assert "中村 聡 様" in japanese
    assert "若草製薬株式会社 アルムナイ事務局" in japanese


def test_the_list_says_which_language_a_subject_has(cast: Cast) -> None:
    outbox.write("welcome", user=cast.jansen.user, member=cast.jansen.pk)
    page = Client().get(reverse("office:demo-mail")).content.decode()
    assert '<html lang="ja"' in page
    assert '/" lang="en">' in page
