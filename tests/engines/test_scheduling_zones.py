"""Local hours: the day shift, the part of the day, and changes of the clock."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from enishi.engines.scheduling import local_hour
from enishi.engines.scheduling.zones import changes


@pytest.mark.parametrize(
    ("utc", "zone", "clock", "shift", "part"),
    [
        ("2026-12-10T09:00", "Asia/Tokyo", "18:00", 0, "day"),
        ("2026-12-10T09:00", "Europe/Amsterdam", "10:00", 0, "day"),
        ("2026-12-10T09:00", "America/New_York", "04:00", 0, "early"),
        ("2026-12-10T08:59", "America/New_York", "03:59", 0, "late"),
        ("2026-12-10T03:00", "America/New_York", "22:00", -1, "day"),
        ("2026-12-10T14:00", "Pacific/Auckland", "03:00", 1, "late"),
        ("2026-12-10T13:30", "Asia/Tokyo", "22:30", 0, "day"),
        ("2026-12-10T13:31", "Asia/Tokyo", "22:31", 0, "late"),
        ("2026-12-09T22:29", "Asia/Tokyo", "07:29", 0, "early"),
        ("2026-12-09T22:30", "Asia/Tokyo", "07:30", 0, "day"),
        ("2026-03-29T00:30", "Europe/Amsterdam", "01:30", 0, "late"),
        ("2026-03-29T01:30", "Europe/Amsterdam", "03:30", 0, "late"),  # 02:30 is never shown that day
    ],
)
def test_an_instant_as_a_members_clock_shows_it(utc, zone, clock, shift, part):
    hour = local_hour(datetime.fromisoformat(utc).replace(tzinfo=UTC), zone, "Asia/Tokyo")
    assert (f"{hour.local:%H:%M}", hour.day_shift, hour.part) == (clock, shift, part)
    assert hour.humane == (part == "day")


def test_the_shift_is_told_from_the_reference_zone():
    instant = datetime(2026, 12, 10, 3, tzinfo=UTC)
    assert local_hour(instant, "Asia/Tokyo", "America/New_York").day_shift == 1


def test_an_instant_without_a_zone_or_a_zone_nobody_knows_is_refused():
    with pytest.raises(ValueError, match="no time zone; give an aware"):
        local_hour(datetime(2026, 1, 1), "Asia/Tokyo")  # noqa: DTZ001
    with pytest.raises(ValueError, match="IANA"):
        local_hour(datetime(2026, 1, 1, tzinfo=UTC), "JST+9!")


@pytest.mark.parametrize("zone", ["Europe/Amsterdam", "Africa/Casablanca", "America/Sao_Paulo", "Asia/Tokyo"])
def test_changes_are_found_to_the_second(zone):
    begin, end = datetime(2015, 1, 1, tzinfo=UTC), datetime(2028, 1, 1, tzinfo=UTC)
    tz = ZoneInfo(zone)
    hourly = [begin + timedelta(hours=h) for h in range(int((end - begin).total_seconds()) // 3600)]
    offsets = [t.astimezone(tz).utcoffset() for t in hourly]
    expected = [t for t, a, b in zip(hourly[1:], offsets, offsets[1:], strict=False) if a != b]
    found = [c for c in changes(zone, begin, end) if c.before != c.after]
    assert [c.at for c in found] == expected
    assert all(c.at.astimezone(tz).utcoffset() == c.after for c in found)
