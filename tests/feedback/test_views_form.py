"""The form by signed link and signed in: what a link opens, and what it does not."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from cast import Cast
from enishi.core import tokens
from enishi.events.models import EventSeries, Signup
from enishi.feedback.actions import themes
from enishi.feedback.models import Answer, Theme, VoiceConsent
from enishi.feedback.queries import links, voices
from enishi.members.models import Member
from factories.gatherings import make_held, say

FULL = {"satisfaction": "4", "noticed": "外に出てわかりました", "liked": "よい会\r\nでした", "quote": "anonymous"}


def form_url(member: Member, series: EventSeries) -> str:
    return reverse("feedback:form", args=[links.token(member, series)])


def signed_in(member: Member) -> Client:
    client = Client()
    client.force_login(member.user)
    return client


def test_the_link_opens_without_signing_in_and_changes_nothing(cast: Cast, series: EventSeries, client: Client) -> None:
    page = client.get(form_url(cast.nakamura, series))
    assert page.status_code == 200
    assert "中村 聡さん" in page.content.decode()
    assert "だれの回答か、何を書いたかは、事務局が見ます。" in page.content.decode()
    assert "だれかがすでにダウンロードしたPDFは、取り戻せません。" in page.content.decode()
    assert (Answer.objects.count(), VoiceConsent.objects.count()) == (0, 0)
    assert page.context["form"]["quote"].value() == "none"


def test_sending_saves_and_ends_with_thanks(cast: Cast, series: EventSeries, client: Client) -> None:
    themes.ensure_defaults()
    want = Theme.objects.get(kind="want", name_ja="情報交換")
    url = form_url(cast.nakamura, series)  # signed with its second: made once, it is one address
    sent = client.post(url, {**FULL, "want_theme": want.pk})
    assert sent.status_code == 303
    answer = Answer.objects.get()
    assert (answer.member, answer.satisfaction, answer.want_theme) == (cast.nakamura, 4, want)
    assert answer.liked == "よい会\nでした"
    thanks = client.get(sent.headers["Location"])
    assert thanks.status_code == 200
    assert url in thanks.content.decode()
    again = client.get(url)
    assert again.context["form"]["noticed"].value() == "外に出てわかりました"
    assert again.context["form"]["quote"].value() == "anonymous"


@pytest.mark.parametrize(("asked", "chosen"), [("4", "4"), ("6", None), ("x", None), ("", None)])
def test_the_mail_may_choose_beforehand(
    cast: Cast, series: EventSeries, client: Client, asked: str, chosen: str | None
) -> None:
    page = client.get(form_url(cast.nakamura, series) + f"?satisfaction={asked}")
    assert page.context["form"]["satisfaction"].value() == chosen
    assert Answer.objects.count() == 0


@pytest.mark.parametrize(
    "wrong",
    [
        {"noticed": "あ" * 1001},
        {"noticed": "x" * 1_000_000},
        {"noticed": "a\x00b"},
        {"satisfaction": "9"},
        {"want_theme": "999"},
        {"want_theme": "x"},
        {"quote": "everyone"},
        {"quote": ""},
        {"satisfaction": "", "noticed": " ", "liked": ""},
    ],
)
def test_what_cannot_be_sent_is_said_and_kept(
    cast: Cast, series: EventSeries, client: Client, wrong: dict[str, str]
) -> None:
    data = {**FULL, **wrong}
    page = client.post(form_url(cast.nakamura, series), data)
    assert page.status_code == 422
    assert Answer.objects.count() == 0
    for name, value in data.items():
        if value not in ("everyone", "9") and "theme" not in name:
            assert page.context["form"][name].value() == value
    assert 'role="alert"' in page.content.decode()
    assert client.post(form_url(cast.nakamura, series), FULL).status_code == 303


def test_a_browser_cuts_nothing_off_what_is_pasted(cast: Cast, series: EventSeries, client: Client) -> None:
    page = client.get(form_url(cast.nakamura, series)).content.decode()
    assert page.count("<textarea") == 4 and "maxlength" not in page


def test_a_broken_link_says_what_to_do(cast: Cast, series: EventSeries, client: Client) -> None:
    good = links.token(cast.nakamura, series)
    for token in (
        good[:-2],
        "x",
        good + "x",
        tokens.sign("other", [1, 2, 3]),
        tokens.sign("feedback", [1]),
        tokens.sign("feedback", "x"),
    ):
        page = client.get(reverse("feedback:form", args=[token]))
        assert page.status_code == 404
        assert "メールからもう一度開くか" in page.content.decode()


def test_a_link_of_old_is_closed(cast: Cast, series: EventSeries, client: Client) -> None:
    with time_machine.travel(datetime(2026, 11, 24, tzinfo=UTC), tick=False):
        url = form_url(cast.nakamura, series)
    with time_machine.travel(datetime(2026, 11, 24, tzinfo=UTC) + timedelta(days=89), tick=False):
        assert client.get(url).status_code == 200
    with time_machine.travel(datetime(2026, 11, 24, tzinfo=UTC) + timedelta(days=91), tick=False):
        page = client.get(url)
        assert page.status_code == 410
        assert "90日が過ぎたか" in page.content.decode()
        assert '<a class="btn primary" href="/me/voices/">' in page.content.decode()
        assert client.post(url, FULL).status_code == 410
    assert Answer.objects.count() == 0


def test_ending_all_access_ends_the_link(cast: Cast, series: EventSeries, client: Client) -> None:
    url = form_url(cast.nakamura, series)
    cast.nakamura.user.end_access()
    assert client.get(url).status_code == 410
    assert client.get(form_url(cast.nakamura, series)).status_code == 200


def test_a_link_sent_to_someone_else(cast: Cast, series: EventSeries) -> None:
    page = signed_in(cast.mori).get(form_url(cast.nakamura, series))
    assert page.status_code == 404
    assert "ほかの方にお送りしたものです" in page.content.decode()
    assert signed_in(cast.mori).post(form_url(cast.nakamura, series), FULL).status_code == 404
    assert Answer.objects.count() == 0
    assert signed_in(cast.nakamura).get(form_url(cast.nakamura, series)).status_code == 200


def test_who_was_not_there_or_has_left_gets_no_form(cast: Cast, series: EventSeries, client: Client) -> None:
    assert client.get(form_url(cast.onishi, series)).status_code == 404
    assert client.get(form_url(cast.saeki, series)).status_code == 200
    Signup.objects.filter(member=cast.saeki).update(attended=False)
    assert client.get(form_url(cast.saeki, series)).status_code == 404
    url = form_url(cast.mori, series)
    cast.mori.left_at = datetime.now(UTC)
    cast.mori.save()
    assert client.get(url).status_code == 410


def test_consent_by_link_with_one_press(cast: Cast, series: EventSeries, client: Client) -> None:
    answer = say(series, cast.nakamura, noticed="ことば", quote="named")
    url = reverse("feedback:consent", args=[links.token(cast.nakamura, series)])
    assert client.get(url).status_code == 405
    pressed = client.post(url, {"field": "noticed", "attribution": "none"})
    assert pressed.status_code == 303
    assert [s.attribution for s in voices.sentences(answer, voices.newest_lines([answer]))] == ["none"]
    bad = client.post(url, {"field": "salary", "attribution": "none"}, follow=True)
    assert "引用のしかたを3つの中から選んでください。" in bad.content.decode()


def test_thanks_before_an_answer_leads_to_the_form(cast: Cast, series: EventSeries, client: Client) -> None:
    token = links.token(cast.nakamura, series)
    assert client.get(reverse("feedback:thanks", args=[token])).headers["Location"] == reverse(
        "feedback:form", args=[token]
    )


def test_signed_in_the_same_form(cast: Cast, series: EventSeries) -> None:
    url = reverse("feedback:mine", args=[series.pk])
    assert Client().get(url).status_code == 302
    assert signed_in(cast.onishi).get(url).status_code == 404
    assert signed_in(cast.nakamura).get(reverse("feedback:mine", args=[10**6])).status_code == 404
    mine = signed_in(cast.nakamura)
    assert mine.get(url).status_code == 200
    assert mine.post(url, FULL).headers["Location"] == reverse("feedback:my-voices")
    assert Answer.objects.get().member == cast.nakamura


def test_mixed_consents_stay_when_the_form_is_sent_again(cast: Cast, series: EventSeries, client: Client) -> None:
    from enishi.feedback.actions import consents

    answer = say(series, cast.nakamura, noticed="一", liked="二", quote="named")
    consents.give(answer, field="liked", attribution="none")
    page = client.get(form_url(cast.nakamura, series))
    assert page.context["form"]["quote"].value() == "keep"
    client.post(form_url(cast.nakamura, series), {"noticed": "一", "liked": "二", "quote": "keep", "satisfaction": "3"})
    held = {s.field.value: s.attribution.value for s in voices.sentences(answer, voices.newest_lines([answer]))}
    assert held == {"noticed": "named", "liked": "none"}


def test_the_page_of_all_my_voices(cast: Cast, series: EventSeries, django_assert_num_queries: Any) -> None:
    url = reverse("feedback:my-voices")
    assert Client().get(url).status_code == 302
    applicant = Client()
    applicant.force_login(cast.applicant)
    assert applicant.get(url).status_code == 404
    client = signed_in(cast.nakamura)
    assert series.title in client.get(url).content.decode()  # waiting for an answer
    say(series, cast.nakamura, noticed="ことば", quote="named")
    say(series, cast.mori, noticed="森さんのことば", quote="named")
    with _counted() as one:
        body = client.get(url).content.decode()
    assert "ことば" in body
    assert "森さんのことば" not in body
    for number in range(2):
        other = make_held([cast.nakamura], title_ja=f"第{number + 2}会")
        say(other, cast.nakamura, noticed="ことば", quote="named")
    with _counted() as three:
        client.get(url)
    assert len(one) == len(three)


def _counted() -> Any:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    return CaptureQueriesContext(connection)


def test_only_my_own_consent(cast: Cast, series: EventSeries) -> None:
    answer = say(series, cast.nakamura, noticed="ことば", quote="none")
    url = reverse("feedback:my-consent", args=[answer.pk])
    for other in (cast.mori, cast.miyake, cast.tadokoro):
        assert signed_in(other).post(url, {"field": "noticed", "attribution": "named"}).status_code == 404
    assert not VoiceConsent.objects.exists()
    assert signed_in(cast.nakamura).post(url, {"field": "noticed", "attribution": "named"}).status_code == 303
    assert VoiceConsent.objects.get().attribution == "named"


def test_a_post_needs_its_token(cast: Cast, series: EventSeries) -> None:
    strict = Client(enforce_csrf_checks=True)
    assert strict.post(form_url(cast.nakamura, series), FULL).status_code == 403
    assert Answer.objects.count() == 0


def test_the_page_of_a_session_that_is_over_leads_to_the_form_until_it_is_answered(
    cast: Cast, series: EventSeries
) -> None:
    page = reverse("events:session-detail", args=[series.sessions.order_by("number")[0].pk])
    button = f'href="{reverse("feedback:mine", args=[series.pk])}"'
    assert button in signed_in(cast.nakamura).get(page).content.decode()
    assert button not in signed_in(cast.onishi).get(page).content.decode()
    say(series, cast.nakamura)
    assert button not in signed_in(cast.nakamura).get(page).content.decode()
