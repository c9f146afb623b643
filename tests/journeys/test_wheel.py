"""The wheel once round: invited → joined → signed up → came → said how it was → read the report. With script and without."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from cast import Cast
from enishi.accounts.models import User
from enishi.core import clock
from enishi.events import tasks
from enishi.events.actions import series as series_actions
from enishi.events.actions import series_ready, signups
from enishi.events.models import EventSeries, EventSession, Signup
from enishi.feedback.actions import answers, themes
from enishi.feedback.models import Answer
from enishi.publishing.models import Report
from journeys.conftest import last_letter

pytestmark = pytest.mark.browser

WAYS = [
    pytest.param("ja", True, id="japanese-with-script"),
    pytest.param("ja", False, id="japanese-without-script"),
    pytest.param("en", True, id="english-with-script"),
    pytest.param("en", False, id="english-without-script"),
]


def press(page: Any) -> None:
    """The one primary button of the page's main part."""
    page.locator("main form button.primary:visible, main button.primary:visible").first.click()
    page.wait_for_load_state()


@pytest.mark.parametrize(("language", "script"), WAYS)
def test_from_an_invitation_to_a_published_report(
    house: Cast, live_server: Any, open_browser: Any, language: str, script: bool
) -> None:
    url = live_server.url
    User.objects.filter(pk=house.miyake.user.pk).update(language=language)
    themes.ensure_defaults()

    # The office invites; the mail's link opens in a browser that nobody knows.
    office = open_browser(language=language, script=script, user=house.miyake.user)
    office.goto(f"{url}/office/invitations/")
    office.fill("input[name=email]", "takada@mail.example")
    office.fill("input[name=family_name]", "髙田")
    office.fill("input[name=given_name]", "学")
    office.select_option("select[name=language]", language)
    press(office)
    letter = last_letter("invitation")
    assert letter.to == "takada@mail.example"
    assert letter.button is not None

    # Join: accept, time at the company, who sees what.
    guest = open_browser(language=language, script=script)
    guest.goto(letter.button[1])
    press(guest)
    assert guest.input_value("input[name=family_name]") == "髙田"
    guest.fill("input[name=family_kana]", "たかだ")
    guest.fill("input[name=given_kana]", "まなぶ")
    guest.fill("input[name$='-site']", "つくば研究所")
    guest.fill("input[name$='-department']", "薬事部")
    guest.fill("input[name$='-from_year']", "平成21年")
    guest.fill("input[name$='-to_year']", "2016")
    for radio in guest.locator("input[type=radio][name=route]").all()[:1]:
        radio.check()
    press(guest)
    guest.check("input[name=agreed]")
    press(guest)
    person = User.objects.get(email="takada@mail.example").member
    assert (person.name, person.kana) == ("髙田 学", "タカダ マナブ")
    assert str(person.stints.get().site) == "つくば研究所"

    # Meet: three others are in; one submit takes two of the four sessions.
    User.objects.filter(pk=person.user_id).update(language=language, zone="Europe/Amsterdam")
    series = make_series(house)
    first, second = series.sessions.order_by("number")[:2]
    for other in (house.nakamura, house.mori, house.onishi):
        signups.sign_up(first, member=other, by=other.user)
    member = open_browser(language=language, script=script, user=person.user)
    member.goto(f"{url}/events/{series.pk}/")
    member.check(f"input[name=session][value='{first.pk}']")
    member.check(f"input[name=session][value='{second.pk}']")
    press(member)
    assert set(Signup.objects.filter(member=person).values_list("state", flat=True)) == {"booked"}
    assert ("アムステルダム" if language == "ja" else "Amsterdam") in member.inner_text("main")

    # The day comes and goes.
    EventSession.objects.filter(series=series).update(
        starts_at=clock.now() - timedelta(hours=3), closes_at=clock.now() - timedelta(hours=4)
    )
    tasks.tick()
    first.refresh_from_db()
    assert first.state == "held"

    # Listen: one signed link, no sign-in.
    form_letter = next(each for each in letters("feedback.invite") if each.to == "takada@mail.example")
    assert form_letter.button is not None
    reader = open_browser(language=language, script=script)
    reader.goto(form_letter.button[1])
    reader.check("input[name=satisfaction][value='5']")
    reader.fill("textarea[name=noticed]", "人に丁寧な会社でした")
    reader.check("input[name=quote][value=named]")
    press(reader)
    assert Answer.objects.get(member=person).noticed == "人に丁寧な会社でした"
    for other in (house.nakamura, house.mori, house.onishi):
        answers.save(series, member=other, said=answers.Said(satisfaction=4, liked="よい会でした", attribution="none"))

    # Tell: the office chooses the voice and publishes; members read it.
    report = Report.objects.get(series=series)
    office = open_browser(language=language, script=script, user=house.miyake.user)
    office.goto(f"{url}/office/reports/{report.pk}/")
    office.locator("input[name=voice]").first.check()
    office.locator("form:has(input[name=voice]) button[type=submit]").last.click()
    office.goto(f"{url}/office/reports/{report.pk}/publish/")
    press(office)
    report.refresh_from_db()
    assert report.state == "published"
    member = open_browser(language=language, script=script, user=person.user)
    member.goto(f"{url}/reports/{report.pk}/")
    text = member.inner_text("main")
    assert "人に丁寧な会社でした" in text
    assert "髙田 学" in text
    pdf = member.request.get(f"{url}/reports/{report.pk}/report.pdf")
    assert (pdf.status, pdf.body()[:5]) == (200, b"%PDF-")

    # Consent lives: withdrawn here, gone there at once.
    member.goto(f"{url}/me/voices/")
    member.locator("button[name=attribution][value=none]").first.click()
    member.goto(f"{url}/reports/{report.pk}/")
    assert "人に丁寧な会社でした" not in member.inner_text("main")


def letters(kind: str) -> list[Any]:
    from enishi.core import outbox
    from enishi.core.models import OutgoingMail

    composed = [outbox.compose(row) for row in OutgoingMail.objects.filter(kind=kind)]
    return [letter for letter in composed if letter is not None]


def make_series(house: Cast) -> EventSeries:
    """Four sessions from next week on, announced."""
    ready = series_ready.template(house.network.zone)
    series = series_actions.create(ready, by=house.miyake.user)
    series_actions.announce(series, by=house.miyake.user, mail=False)
    return series
