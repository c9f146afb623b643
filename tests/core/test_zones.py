"""The list of zones: one entry for each that differs, by city, whatever else people and browsers call it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest
from django import forms
from django.utils import translation

from enishi.core import make_zone_table, zones
from enishi.core.zone_field import ZoneField


class Chosen(forms.Form):
    zone = ZoneField(required=False, empty=lambda: "日本時間", guess=True)


def listed() -> list[tuple[str, str]]:
    return [choice for _region, choices in zones.groups() for choice in choices]


def test_each_zone_stands_once_and_no_two_read_alike() -> None:
    for language in ("ja", "en"):
        with translation.override(language):
            names, labels = zip(*listed(), strict=True)
            assert len(set(names)) == len(names) == len(zones._places())
            assert len(set(labels)) == len(labels)


def test_every_city_has_its_japanese_name() -> None:
    with translation.override("ja"):
        latin = [label for _zone, label in listed() if any("a" <= c.lower() <= "z" for c in label)]
    assert latin == []


@pytest.mark.parametrize(
    ("name", "entry"),
    [
        ("Asia/Calcutta", "Asia/Kolkata"),
        ("Asia/Saigon", "Asia/Ho_Chi_Minh"),
        ("Asia/Katmandu", "Asia/Kathmandu"),
        ("Asia/Rangoon", "Asia/Yangon"),
        ("America/Buenos_Aires", "America/Argentina/Buenos_Aires"),
        ("America/Indianapolis", "America/New_York"),
        ("Europe/Kiev", "Europe/Kyiv"),
        ("Europe/Belfast", "Europe/London"),
        ("Atlantic/Faeroe", "Atlantic/Faroe"),
        ("Japan", "Asia/Tokyo"),
        ("Europe/Amsterdam", "Europe/Amsterdam"),
        ("Etc/UTC", "Etc/UTC"),
    ],
)
def test_what_browsers_report_is_taken_for_its_entry(name: str, entry: str) -> None:
    assert zones.entry(name) == entry


def test_a_zone_and_its_entry_show_the_same_hours() -> None:
    start = datetime(2026, 11, 24, tzinfo=UTC)
    days = [start + timedelta(days=30 * n) for n in range(12)]
    other = [
        name
        for name in sorted(available_timezones())
        if name not in ("localtime", "Factory")
        and [day.astimezone(ZoneInfo(name)).utcoffset() for day in days]
        != [day.astimezone(ZoneInfo(zones.entry(name))).utcoffset() for day in days]
    ]
    assert other == []


def test_every_place_of_the_zone_data_has_an_entry() -> None:
    """Red when the zone data has a new place: run `python -m enishi.core.make_zone_table`."""
    places = {zone for _country, _place, zone, *_words in make_zone_table._lines("zone.tab")}
    missing = {zone for zone in places if zones.entry(zone) not in zones._places()}
    assert {zone for zone in missing if not zone.startswith("Antarctica/")} == set()


@pytest.mark.parametrize(
    ("zone", "ja", "en"),
    [
        ("America/Argentina/Buenos_Aires", "ブエノスアイレス", "Buenos Aires"),
        ("UTC", "UTC", "UTC"),
        ("America/Boise", "ボイシ", "Boise"),
        ("Asia/Calcutta", "コルカタ", "Kolkata"),
    ],
)
def test_a_city_is_named_in_the_readers_language(zone: str, ja: str, en: str) -> None:
    with translation.override("ja"):
        assert zones.city(zone) == ja
    with translation.override("en"):
        assert zones.city(zone) == en


def test_the_field_takes_an_alias_and_refuses_what_is_no_zone() -> None:
    taken = Chosen({"zone": "Asia/Calcutta"})
    assert taken.is_valid()
    assert taken.cleaned_data == {"zone": "Asia/Kolkata"}
    assert Chosen({"zone": ""}).is_valid()
    for wrong in ("Mars/Olympus", "x\0"):
        assert not Chosen({"zone": wrong}).is_valid()


def test_a_stored_alias_is_shown_as_chosen_and_the_browsers_names_stand_beside() -> None:
    with translation.override("ja"):
        page = str(Chosen(initial={"zone": "Europe/Belfast"})["zone"])
    assert '<optgroup label="アジア">' in page
    chosen = page.split("selected")[1].split("</option>")[0]
    assert "ロンドン" in chosen
    assert page.count("selected") == 1
    assert 'data-also="Asia/Calcutta"' in page


def test_a_kept_zone_without_an_entry_is_shown_and_saved_again() -> None:
    page = str(Chosen(initial={"zone": "UTC"})["zone"])
    assert '<option value="UTC" selected>UTC</option>' in page
    assert 'value="UTC"' not in str(Chosen(initial={"zone": "Asia/Tokyo"})["zone"])
    sent = Chosen({"zone": "UTC"})
    assert (sent.is_valid(), sent.cleaned_data) == (True, {"zone": "UTC"})
