"""Calendar text: the properties intended and no other, whatever people typed; right through clock changes."""

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import icalendar
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from enishi.engines.scheduling import CalendarEntry, calendar_text, stable_uid

ENTRY = CalendarEntry(
    uid=stable_uid("session", 3, "member", 8, domain="alumni.example.jp"),
    sequence=2,
    starts_at=datetime(2026, 12, 10, 9, tzinfo=UTC),
    ends_at=datetime(2026, 12, 10, 10, tzinfo=UTC),
    zone="Europe/Amsterdam",
    summary="顔合わせ会 第2回",
    description="お題を4つ用意しています。\nどうぞお気軽に。",
    location="オンライン",
    url="https://alumni.example.jp/events/3",
    organizer_name="アルムナイ事務局",
    organizer_email="office@example.jp",
    attendee_email="mori@example.nl",
    stamp=datetime(2026, 11, 22, 3, tzinfo=UTC),
)
EVENT_PROPERTIES = {
    *("UID", "SEQUENCE", "DTSTAMP", "DTSTART", "DTEND", "SUMMARY", "DESCRIPTION", "LOCATION", "URL"),
    *("ORGANIZER", "ATTENDEE", "STATUS", "TRANSP"),
}


def parsed(text):
    return icalendar.Calendar.from_ical(text)


def only_event(text):
    (event,) = parsed(text).walk("VEVENT")
    return event


def unfolded(text):
    return text.decode().replace("\r\n ", "").split("\r\n")


def test_an_invitation_reads_back_as_it_was_written():
    text = calendar_text([ENTRY], name="縁")
    event = only_event(text)
    assert parsed(text)["METHOD"] == "REQUEST"
    assert event["UID"] == ENTRY.uid
    assert event["SEQUENCE"] == 2
    assert event["SUMMARY"] == ENTRY.summary
    assert event["DESCRIPTION"] == ENTRY.description
    assert event["DTSTART"].dt == ENTRY.starts_at
    assert event["DTSTART"].params["TZID"] == "Europe/Amsterdam"
    assert event["DTEND"].dt == ENTRY.ends_at
    assert event["ORGANIZER"] == "mailto:office@example.jp"
    assert event["ORGANIZER"].params["CN"] == "アルムナイ事務局"
    assert event["ATTENDEE"] == "mailto:mori@example.nl"
    assert event["STATUS"] == "CONFIRMED"
    assert set(event) == EVENT_PROPERTIES


def test_lines_end_in_crlf_and_are_folded_at_75_octets_between_letters():
    text = calendar_text([replace(ENTRY, summary="縁" * 200, description="x,;\\" * 90)])
    assert text.endswith(b"\r\n")
    assert b"\n" not in text.replace(b"\r\n", b"")
    assert max(map(len, text.split(b"\r\n"))) <= 75
    for line in text.split(b"\r\n"):
        line.decode()  # no letter is cut in two
    assert only_event(text)["SUMMARY"] == "縁" * 200


def test_a_withdrawal_cancels_under_the_same_uid():
    text = calendar_text([replace(ENTRY, sequence=3, cancelled=True)])
    event = only_event(text)
    assert parsed(text)["METHOD"] == "CANCEL"
    assert (event["UID"], event["SEQUENCE"], event["STATUS"]) == (ENTRY.uid, 3, "CANCELLED")
    assert only_event(calendar_text([ENTRY], method="CANCEL"))["STATUS"] == "CANCELLED"


def test_a_feed_shows_no_attendee_and_may_mix_standing_and_cancelled():
    text = calendar_text([ENTRY, replace(ENTRY, uid="b@example.jp", cancelled=True)], method="PUBLISH", name="縁")
    assert b"ATTENDEE" not in text
    assert [e["STATUS"] for e in parsed(text).walk("VEVENT")] == ["CONFIRMED", "CANCELLED"]


def test_no_one_sees_another_attendees_address():
    with pytest.raises(ValueError, match="several attendees"):
        calendar_text([ENTRY, replace(ENTRY, uid="b@x", attendee_email="sato@example.jp")])


def test_an_empty_feed_is_a_calendar():
    assert parsed(calendar_text([], method="PUBLISH", name="縁"))["X-WR-CALNAME"] == "縁"


@pytest.mark.parametrize(
    "zone",
    ["Europe/Amsterdam", "America/New_York", "Australia/Lord_Howe", "Africa/Casablanca", "Asia/Tokyo"],
)
@pytest.mark.parametrize("day", [5, 80, 87, 100, 298, 299, 310, 350])
def test_the_vtimezone_alone_gives_the_right_instant(zone, day):
    start = datetime(2026, 1, 1, 0, 30, tzinfo=UTC) + timedelta(days=day)
    text = calendar_text([replace(ENTRY, zone=zone, starts_at=start, ends_at=start + timedelta(hours=1))])
    (block,) = parsed(text).walk("VTIMEZONE")
    written = only_event(text)["DTSTART"].dt.replace(tzinfo=None)
    assert written - offset_by_rfc(block, written) == start.replace(tzinfo=None)
    assert start.astimezone(ZoneInfo(zone)).replace(tzinfo=None) == written


def offset_by_rfc(block, local):
    """RFC 5545, 3.6.5: the observance with the latest onset (clock time before it) up to `local`."""
    onsets = []
    for part in block.subcomponents:
        extra = part.get("RDATE")
        times = [part["DTSTART"].dt, *([d.dt for d in extra.dts] if extra else [])]
        onsets += [(time, part["TZOFFSETTO"].td) for time in times if time <= local]
    return max(onsets)[1]


def test_the_hour_that_comes_twice_is_told_in_utc():
    second = datetime(2026, 10, 25, 1, 30, tzinfo=UTC)  # 02:30 in Amsterdam for the second time
    text = calendar_text([replace(ENTRY, starts_at=second, ends_at=second + timedelta(hours=1))])
    assert "DTSTART:20261025T013000Z" in unfolded(text)
    assert "DTEND;TZID=Europe/Amsterdam:20261025T033000" in unfolded(text)


def test_utc_needs_no_vtimezone():
    text = calendar_text([replace(ENTRY, zone="UTC")])
    assert b"VTIMEZONE" not in text
    assert "DTSTART:20261210T090000Z" in unfolded(text)


HOSTILE = st.text(
    st.one_of(st.sampled_from('\r\n\t\x00\x0b\x0c\x85\u2028\u2029\\,;:"^=%\ud800あ '), st.characters()),
    max_size=40,
).map(lambda noise: noise + "\r\nATTENDEE:mailto:evil@example.com\nEND:VEVENT" + noise)


@settings(max_examples=150, derandomize=True, deadline=None)
@given(HOSTILE, HOSTILE, HOSTILE, HOSTILE, HOSTILE)
def test_hostile_text_adds_no_property(summary, description, location, name, link):
    entry = replace(
        ENTRY,
        summary=summary,
        description=description,
        location=location,
        organizer_name=name,
        url="https://a.example/" + link,
    )
    text = calendar_text([entry], name=name)
    event = only_event(text)
    assert set(event) == EVENT_PROPERTIES
    assert event["ATTENDEE"] == "mailto:mori@example.nl"
    names = [re.split("[;:]", line)[0] for line in unfolded(text) if line]
    assert names.count("ATTENDEE") == 1
    assert names.count("END") == text.count(b"\r\nBEGIN:") + 1
    assert len(text.decode().splitlines()) == text.count(b"\r\n")  # no other sort of line break is left


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"uid": " \r\n"}, "no UID"),
        ({"sequence": -1}, "negative"),
        ({"starts_at": datetime(2026, 12, 10, 9)}, "no time zone"),  # noqa: DTZ001
        ({"stamp": datetime(2026, 12, 10, 9)}, "no time zone"),  # noqa: DTZ001
        ({"ends_at": ENTRY.starts_at}, "not after its start"),
        ({"zone": "Europe/Edo"}, "no time zone called"),
        ({"zone": "../../etc/passwd"}, "no time zone called"),
        ({"url": "javascript:alert(1)"}, "no web address"),
        ({"attendee_email": "a@b\r\nX-A:1"}, "no mail address"),
        ({"organizer_email": "office"}, "no mail address"),
    ],
    ids=lambda value: next(iter(value)) if isinstance(value, dict) else "",
)
def test_what_cannot_be_written_is_refused_in_one_sentence(change, words):
    with pytest.raises(ValueError, match=words):
        calendar_text([replace(ENTRY, **change)])


def test_a_mixture_is_no_request_and_a_method_is_one_of_three():
    with pytest.raises(ValueError, match="write two texts"):
        calendar_text([ENTRY, replace(ENTRY, cancelled=True)])
    with pytest.raises(ValueError, match="REQUEST, PUBLISH, CANCEL"):
        calendar_text([ENTRY], method="COUNTER")


def test_an_odd_but_valid_address_stays_one_value():
    event = only_event(calendar_text([replace(ENTRY, attendee_email='"a;b:c"@example.jp')]))
    assert event["ATTENDEE"] == "mailto:%22a%3Bb%3Ac%22@example.jp"
    assert set(event) == EVENT_PROPERTIES


def test_a_uid_is_stable_and_tells_nothing():
    assert stable_uid("session", 3, domain="x.jp") == stable_uid("session", "3", domain="x.jp")
    assert stable_uid("session", 3, domain="x.jp") != stable_uid("session", 31, domain="x.jp")
    assert re.fullmatch("[0-9a-f]{32}@x.jp", stable_uid("a", domain="x.jp"))
