"""What everybody may see: figures and rules, never a name."""

from __future__ import annotations

from datetime import timedelta

import pytest
from defusedxml import ElementTree
from django.test import Client

from cast import Cast, make_member
from enishi.core import clock
from enishi.events.choices import SessionState
from enishi.events.models import EventSeries, EventSession
from enishi.members.models import Member
from enishi.office.queries import public
from enishi.publishing.choices import ReportState
from enishi.publishing.models import Report

PAGES = ["/", "/about/", "/privacy/"]


def _gathering(state: str, report: str | None) -> None:
    series = EventSeries.objects.create(title_ja="秘密の会", title_en="A secret gathering")
    for number in (1, 2):
        EventSession.objects.create(
            series=series,
            number=number,
            starts_at=clock.now(),
            closes_at=clock.now() - timedelta(days=1),
            state=state,
        )
    if report:
        Report.objects.create(series=series, title_ja="秘密のレポート", state=report)


@pytest.mark.parametrize("path", PAGES)
def test_a_visitor_sees_no_name_and_no_gathering(client: Client, cast: Cast, path: str) -> None:
    _gathering(SessionState.OPEN, ReportState.PUBLISHED)
    page = client.get(path).content.decode()
    assert cast.network.office_ja in page
    people = [cast.tadokoro, cast.miyake, cast.fujii, *cast.alumni]
    words = [word for each in people for word in (each.name, each.family_name, each.user.email)]
    assert [word for word in [*words, "秘密の会", "秘密のレポート"] if word in page] == []


@pytest.mark.parametrize("path", [*PAGES, "/robots.txt", "/sitemap.xml"])
def test_search_engines_may_keep_public_pages(client: Client, cast: Cast, path: str) -> None:
    assert "X-Robots-Tag" not in client.get(path).headers


def test_search_engines_keep_nothing_else(client: Client, cast: Cast) -> None:
    for path in ("/sign-in/", "/office/roles/", "/nowhere/"):
        assert client.get(path).headers["X-Robots-Tag"] == "noindex, nofollow"


def test_nine_alumni_are_not_counted_and_ten_are_and_employees_never(client: Client, cast: Cast) -> None:
    for number in range(3):
        make_member("客", f"{number}", email=f"guest{number}@mail.example")
    assert Member.objects.filter(is_employee=True).count() == 3
    assert public.figures(cast.network).alumni is None
    make_member("渡辺", "翔", email="watanabe@mail.example")
    assert public.figures(cast.network).alumni == 10
    page = client.get("/").content.decode()
    assert '登録しているアルムナイ</dt><dd><b class="display num">10</b>' in page
    cast.mori.left_at = clock.now()
    cast.mori.save()
    assert public.figures(cast.network).alumni is None


def test_only_held_sessions_of_published_reports_count(cast: Cast) -> None:
    _gathering(SessionState.HELD, ReportState.DRAFT)
    _gathering(SessionState.HELD, None)
    _gathering(SessionState.NOT_HELD, ReportState.PUBLISHED)
    assert public.figures(cast.network).sessions == 0
    _gathering(SessionState.HELD, ReportState.PUBLISHED)
    assert public.figures(cast.network).sessions == 2


def test_months_since_the_network_began(cast: Cast, noon: object) -> None:
    assert public.figures(cast.network).months == 6


def test_robots_and_sitemap_name_the_public_pages_alone(client: Client, cast: Cast) -> None:
    robots = client.get("/robots.txt").content.decode().splitlines()
    assert [line for line in robots if line.startswith("Allow")] == [
        "Allow: /$",
        "Allow: /about/$",
        "Allow: /privacy/$",
    ]
    assert "Disallow: /" in robots and "Sitemap: http://testserver/sitemap.xml" in robots
    tree = ElementTree.fromstring(client.get("/sitemap.xml").content)
    assert [node.text for node in tree.iter("{http://www.sitemaps.org/schemas/sitemap/0.9}loc")] == [
        "http://testserver/",
        "http://testserver/about/",
        "http://testserver/privacy/",
    ]


def test_the_front_page_has_description_and_structured_data(client: Client, cast: Cast) -> None:
    page = client.get("/").content.decode()
    assert '<meta name="description" content="' in page and '<link rel="canonical" href="http://testserver/">' in page
    assert 'itemtype="https://schema.org/WebSite"' in page and 'itemtype="https://schema.org/Organization"' in page
    assert "<script>" not in page and "style=" not in page


def test_an_applicant_sees_the_front_page_and_no_member(client: Client, cast: Cast) -> None:
    client.force_login(cast.applicant)
    page = client.get("/").content.decode()
    assert "中村" not in page and 'href="/sign-in/"' not in page


def test_the_notice_tells_what_stays_after_leaving(client: Client, cast: Cast) -> None:
    page = client.get("/privacy/").content.decode()
    assert public.kept_after_leaving()
    assert [str(title) for title, words in public.kept_after_leaving() if str(title) not in page] == []


def test_public_pages_ask_the_database_little(client: Client, cast: Cast) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    for path, most in (("/", 3), ("/about/", 1), ("/privacy/", 1)):
        with CaptureQueriesContext(connection) as asked:
            client.get(path)
        assert len(asked) <= most


@pytest.mark.parametrize("path", PAGES)
def test_public_pages_take_no_form(client: Client, cast: Cast, path: str) -> None:
    assert client.post(path).status_code == 405
