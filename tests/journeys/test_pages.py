"""Every page that a person meets: no accessibility fault, no sideways scroll, no refusal of the content policy."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from cast import Cast
from enishi.core import clock
from enishi.events import tasks
from enishi.events.actions import signups
from enishi.events.models import EventSession
from enishi.feedback.actions import answers, themes
from enishi.members.queries import mail_links
from enishi.publishing.actions import reports
from enishi.publishing.mail_topics import REPORTS
from enishi.publishing.models import Report
from journeys.conftest import PHONE
from journeys.faults import COLOURS, RULES, faults, looked_at, sideways
from journeys.test_wheel import make_series

pytestmark = pytest.mark.browser

VISITOR = ["/", "/about/", "/privacy/", "/sign-in/", "/join/", "/nowhere/"]
MEMBER = ["/", "/events/", "/events/{open}/", "/events/sessions/{session}/", "/reports/", "/reports/{report}/", "/me/", "/me/edit/", "/me/mail/", "/me/mails/", "/mails/{link}/", "/me/voices/", "/me/data/", "/me/leave/", "/invite/", "/me/feedback/{past}/"]  # fmt: skip
OFFICE = ["/office/", "/office/registrations/", "/office/invitations/", "/office/routes/", "/office/members/", "/office/roster/", "/office/roster/people/", "/office/roster/invite/?pick=all&standing=", "/office/events/", "/office/events/new/", "/office/events/{open}/", "/office/events/sessions/{session}/", "/office/reports/", "/office/reports/{report}/", "/office/themes/", "/office/requests/", "/office/roles/", "/office/settings/"]  # fmt: skip


@pytest.fixture
def places(house: Cast) -> dict[str, Any]:
    """A series that is open, and one that is past, with its report."""
    themes.ensure_defaults()
    past = make_series(house)
    session = past.sessions.order_by("number")[0]
    for member in (house.nakamura, house.mori, house.onishi):
        signups.sign_up(session, member=member, by=member.user)
    EventSession.objects.filter(series=past).update(
        starts_at=clock.now() - timedelta(hours=3), closes_at=clock.now() - timedelta(hours=4)
    )
    tasks.tick()
    answers.save(
        past, member=house.nakamura, said=answers.Said(satisfaction=5, liked="よい会でした", attribution="named")
    )
    report = Report.objects.get(series=past)
    answer = house.nakamura.answers.get()
    reports.choose_voices(report, chosen=[(answer.pk, "liked")], by=house.miyake.user)
    reports.publish(report, by=house.miyake.user)
    open_series = make_series(house)
    first = open_series.sessions.order_by("number")[0]
    signups.sign_up(first, member=house.nakamura, by=house.nakamura.user)
    link = mail_links.token(house.nakamura, REPORTS)
    return {"past": past.pk, "report": report.pk, "open": open_series.pk, "session": first.pk, "link": link}


def look(page: Any, url: str, paths: list[str]) -> list[str]:
    """What is wrong on these pages, as lines. Each is loaded once and then turned through the shapes."""
    wrong = []

    def hear(said: Any) -> None:
        if "Content Security Policy" in said.text:
            wrong.append(said.text)

    page.on("console", hear)
    with looked_at(page):
        for path in paths:
            page.set_viewport_size(PHONE)
            page.emulate_media(color_scheme="light")
            page.goto(url + path)
            wrong += [f"{path} phone light: {each}" for each in [*sideways(page), *faults(page, RULES)]]
            page.set_viewport_size({"width": 320, "height": 700})
            wrong += [f"{path} 320 px: {each}" for each in sideways(page)]
            page.set_viewport_size({"width": 1360, "height": 860})
            page.emulate_media(color_scheme="dark")
            # The structure is the same in every shape; here only the colours are looked at again.
            wrong += [f"{path} desk dark: {each}" for each in [*sideways(page), *faults(page, COLOURS)]]
    page.remove_listener("console", hear)
    return wrong


@pytest.mark.parametrize("language", ["ja", "en"])
def test_pages_for_visitors(open_browser: Any, places: dict[str, int], live_server: Any, language: str) -> None:
    assert look(open_browser(language=language, script=True), live_server.url, VISITOR) == []


def test_pages_for_members(open_browser: Any, house: Cast, places: dict[str, int], live_server: Any) -> None:
    page = open_browser(language="ja", script=True, user=house.nakamura.user)
    assert look(page, live_server.url, [path.format(**places) for path in MEMBER]) == []


def test_pages_for_the_office(open_browser: Any, house: Cast, places: dict[str, int], live_server: Any) -> None:
    page = open_browser(language="ja", script=True, user=house.tadokoro.user)
    assert look(page, live_server.url, [path.format(**places) for path in OFFICE]) == []


def test_a_fault_is_found(open_browser: Any) -> None:
    """The look itself can fail: an image without words, grey on grey, a line that is too long."""
    page = open_browser(language="en", script=True)
    page.goto("about:blank")  # whose content policy lets a style be written in
    page.set_content("<p style='color:#999;background:#aaa;width:2000px'>grey</p><img src='data:,'>")
    found = [each.split(" at ")[0] for each in [*sideways(page), *faults(page, RULES)]]
    assert {"scrolls sideways", "image-alt", "color-contrast"} <= set(found)
