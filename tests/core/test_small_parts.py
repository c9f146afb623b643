"""Clock, tokens, limits, exports, HTML, dates: the hallway's small parts."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.core.signing import BadSignature, SignatureExpired
from django.db import connection, transaction
from django.db.utils import DatabaseError
from django.test import RequestFactory
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from cast import Cast, make_network
from enishi.core import audit, clock, dates, exports, html, limits, tokens, zones
from enishi.core.models import AuditEntry

LIMIT = limits.Limit("tries", 3, timedelta(minutes=10))


def test_the_clock_stands_where_it_is_put() -> None:
    noon = datetime(2026, 11, 24, 3, tzinfo=UTC)
    with clock.at(noon):
        assert clock.now() == noon
        assert str(clock.today("Asia/Tokyo")) == "2026-11-24"
        assert str(clock.today("America/Los_Angeles")) == "2026-11-23"
    assert clock.now() != noon


def test_a_time_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="aware"), clock.at(datetime(2026, 1, 1)):  # noqa: DTZ001
        pass


def test_tokens_differ_by_purpose_and_part() -> None:
    assert tokens.derive("a", 1, "n") == tokens.derive("a", 1, "n")
    assert (
        len(
            {
                tokens.derive("a", 1, "n"),
                tokens.derive("b", 1, "n"),
                tokens.derive("a", 2, "n"),
                tokens.derive("a", "1n"),
            }
        )
        == 4
    )
    assert len(tokens.derive("a", 1)) == 32
    assert len(tokens.derive_code("a", 1)) == 6


def test_a_signed_value_holds_for_its_purpose_and_time() -> None:
    token = tokens.sign("form", {"m": 1})
    assert tokens.unsign("form", token, max_age=60) == {"m": 1}
    with pytest.raises(BadSignature):
        tokens.unsign("other", token, max_age=60)
    with pytest.raises(SignatureExpired):
        tokens.unsign("form", token, max_age=-1)


def test_a_limit_lets_so_many_through_and_begins_anew(cast: Cast, noon: datetime) -> None:
    for _try in range(3):
        limits.hit(LIMIT, "1.2.3.4")
    with pytest.raises(limits.TooMany) as caught:
        limits.hit(LIMIT, "1.2.3.4")
    limits.hit(LIMIT, "5.6.7.8")
    with clock.at(caught.value.until):
        limits.hit(LIMIT, "1.2.3.4")
        assert limits.forget_old() >= 1


def test_only_trusted_proxies_are_believed(settings) -> None:
    request = RequestFactory().get("/", headers={"x-forwarded-for": "6.6.6.6, 9.9.9.9"}, REMOTE_ADDR="10.0.0.1")
    settings.TRUSTED_PROXIES = 0
    assert limits.client_address(request) == "10.0.0.1"
    settings.TRUSTED_PROXIES = 1
    assert limits.client_address(request) == "9.9.9.9"


@given(st.text(max_size=40))
def test_a_cell_is_harmless_and_comes_back(text: str) -> None:
    cell = exports.harmless(text)
    assert not cell.lstrip(" \u3000").startswith(("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r", "\n"))
    assert exports.unquoted(cell) == text


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "[x](javascript:alert(1))",
        "![x](http://evil.example/p.png)",
        '<a href="x" onclick="y">z</a>',
        "<img src=x onerror=y>",
    ],
)
def test_people_write_no_html(text: str) -> None:
    written = html.from_markdown(text)
    assert "<script" not in written
    assert "<img" not in written
    assert 'href="javascript' not in written
    assert '<a href="x"' not in written


def test_markdown_becomes_html_below_the_pages_headings() -> None:
    assert html.from_markdown("# 見出し\n\n本文 **強く**") == "<h3>見出し</h3>\n<p>本文 <strong>強く</strong></p>\n"


def test_the_audit_is_only_added_to(cast: Cast) -> None:
    line = audit.record("thing.done", by=cast.miyake.user, about=cast.mori, count=3)
    assert (line.actor_id, line.object_type, line.object_id, line.data) == (
        cast.miyake.user.pk,
        "members.member",
        cast.mori.pk,
        {"count": 3},
    )
    with pytest.raises(PermissionDenied):
        line.save()
    with pytest.raises(PermissionDenied):
        line.delete()
    for act in (lambda: AuditEntry.objects.update(verb="x"), lambda: AuditEntry.objects.all()._raw_delete("default")):
        with pytest.raises(DatabaseError), transaction.atomic():
            act()
    assert AuditEntry.objects.get().verb == "thing.done"
    assert connection.vendor in {"sqlite", "postgresql"}


def test_a_span_is_shown_in_both_zones(network, noon: datetime) -> None:
    start = datetime(2026, 12, 10, 9, tzinfo=UTC)
    with translation.override("ja"):
        here = dates.when(start, start + timedelta(hours=1), "Europe/Amsterdam")
        assert (here.day, here.hours, here.zone) == ("12月10日（木）", "18:00〜19:00", "日本時間")
        assert (here.here_city, here.here, here.here_note) == ("アムステルダム", "10:00〜11:00", "")
    with translation.override("en"):
        there = dates.when(start, start + timedelta(hours=1), "America/Los_Angeles")
        assert (there.day, there.hours, there.zone) == ("Thu 10 Dec", "18:00–19:00", "Japan time")
        assert (there.here_city, there.here) == ("Los Angeles", "1:00–2:00")
        assert there.here_note == "late at night"


@pytest.mark.parametrize(
    ("start", "zone", "hours"),
    [
        (datetime(2026, 10, 25, 0, 30, tzinfo=UTC), "Europe/Amsterdam", "2:30〜2:30"),  # the hour that comes twice
        (datetime(2026, 3, 29, 0, 30, tzinfo=UTC), "Europe/Amsterdam", "1:30〜3:30"),  # the hour that is left out
        (datetime(2026, 11, 1, 5, 30, tzinfo=UTC), "America/New_York", "1:30〜1:30"),
        (datetime(2026, 3, 8, 6, 30, tzinfo=UTC), "America/New_York", "1:30〜3:30"),
    ],
)
def test_hours_around_clock_changes_are_right(network, start: datetime, zone: str, hours: str) -> None:
    with translation.override("ja"):
        assert dates.when(start, start + timedelta(hours=1), zone).here.endswith(hours)


def test_a_year_stands_only_when_it_is_another(network, noon: datetime) -> None:
    with translation.override("ja"):
        assert dates.day(datetime(2026, 12, 1, tzinfo=UTC)) == "12月1日（火）"
        assert dates.day(datetime(2027, 1, 5, tzinfo=UTC)) == "2027年1月5日（火）"


def test_cities_are_named_in_the_readers_language() -> None:
    with translation.override("ja"):
        assert zones.city("America/New_York") == "ニューヨーク"
    with translation.override("en"):
        assert zones.city("America/New_York") == "New York"
    assert zones.is_zone("Europe/Amsterdam")
    assert not zones.is_zone("Mars/Olympus")


@pytest.mark.django_db
def test_there_is_one_network() -> None:
    make_network()
    make_network(name_ja="別の名前")
    from enishi.core import network as current
    from enishi.core.models import NetworkSettings

    assert NetworkSettings.objects.count() == 1
    assert current.current().name_ja == "別の名前"


def test_the_settings_are_kept_for_a_moment_and_a_copy_is_each_requests_own(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, django_assert_num_queries
) -> None:

    from enishi.core import network

    monkeypatch.setattr(network, "FRESH_FOR", 60.0)
    network.forget()
    network.current().name_ja = "書きかけ"
    network._next_request()  # as the signal of a new request does
    with django_assert_num_queries(0):
        assert network.current().name_ja == cast.network.name_ja
    cast.network.name_ja = "新しい名前"
    cast.network.save()
    assert network.current().name_ja == "新しい名前"
