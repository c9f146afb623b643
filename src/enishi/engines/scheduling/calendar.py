"""Sessions as iCalendar text (RFC 5545) for sending as RFC 5546 (iTIP) wants it, by the icalendar library.

The text goes to one receiver: the only attendee it may name is the receiver. Whatever people typed into a
title, a place or a name stays inside its own property.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from .zones import Change, aware, changes, zone_of

if TYPE_CHECKING:
    from icalendar import Calendar, Event, Timezone, vCalAddress

PRODUCT = "-//Enishi//Enishi scheduling//EN"
METHODS = ("REQUEST", "PUBLISH", "CANCEL")

_ZONE_MARGIN = timedelta(days=366)  # a client that moves the entry by some months still finds the rule
_LINE_BREAKS = re.compile("\r\n|[\n\r\v\f\x1c\x1d\x1e\x85\u2028\u2029]")
_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_ADDRESS = re.compile(r"[^\s\x00-\x20\x7f]+@[^\s\x00-\x20\x7f@]+")


@dataclass(frozen=True)
class CalendarEntry:
    """One session in one person's calendar.

    `uid` stays the same through every change of the session, `sequence` grows with each; `starts_at`,
    `ends_at` and `stamp` (when this text was made) are aware; `zone` is the IANA name the entry is shown in.
    """

    uid: str
    sequence: int
    starts_at: datetime
    ends_at: datetime
    zone: str
    summary: str
    description: str = ""
    location: str = ""
    url: str = ""
    organizer_name: str = ""
    organizer_email: str = ""
    attendee_email: str = ""
    cancelled: bool = False
    stamp: datetime = field(kw_only=True)


def calendar_text(entries: Iterable[CalendarEntry], *, method: str = "REQUEST", name: str = "") -> bytes:
    """The entries as one calendar object: UTF-8, CRLF, folded at 75 octets, a VTIMEZONE for each zone.

    method: REQUEST (an invitation or its update), PUBLISH (a feed: carries no attendee at all) or CANCEL.
    Entries that are all cancelled turn a REQUEST into a CANCEL, since RFC 5546 gives one object one method; a
    mixture of both is refused. Entries for more than one attendee are refused too: nobody is shown another
    one's address.
    """
    known = list(entries)
    method = _method_for(known, method)
    _one_receiver(known)
    for entry in known:
        _check(entry)

    from icalendar import Calendar

    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", method)
    if name:
        calendar.add("name", clean_text(name, lines=False))  # RFC 7986; many still read the older word
        calendar.add("x-wr-calname", clean_text(name, lines=False))
    _add_zones(calendar, known)
    for entry in known:
        calendar.add_component(_event(entry, method))
    return bytes(calendar.to_ical(sorted=False))


def stable_uid(*parts: str | int, domain: str) -> str:
    """A UID that the same parts always give and that tells nothing of them (RFC 7986, section 5.3)."""
    digest = hashlib.sha256("\x1f".join(map(str, parts)).encode()).hexdigest()
    return f"{digest[:32]}@{domain}"


def clean_text(text: str, *, lines: bool = True) -> str:
    """The text without control characters; every sort of line break becomes a newline, or a space."""
    plain = _LINE_BREAKS.sub("\n" if lines else " ", text)
    return _CONTROLS.sub("", plain)


def _method_for(entries: list[CalendarEntry], method: str) -> str:
    if method not in METHODS:
        raise ValueError(f"{method!r} is no calendar method of ours; choose one of {', '.join(METHODS)}.")
    if method == "REQUEST" and any(entry.cancelled for entry in entries):
        if not all(entry.cancelled for entry in entries):
            raise ValueError("Cancelled and standing entries cannot share one REQUEST; write two texts, one of each.")
        return "CANCEL"
    return method


def _one_receiver(entries: list[CalendarEntry]) -> None:
    if len({entry.attendee_email for entry in entries} - {""}) > 1:
        raise ValueError(
            "The entries name several attendees, who would see each other's addresses; write one text each."
        )


def _event(entry: CalendarEntry, method: str) -> Event:
    from icalendar import Event, vUri

    event = Event()
    event.add("uid", clean_text(entry.uid, lines=False))
    event.add("sequence", entry.sequence)
    event.add("dtstamp", entry.stamp.astimezone(UTC))
    event.add("dtstart", _in_zone(entry.starts_at, entry.zone))
    event.add("dtend", _in_zone(entry.ends_at, entry.zone))
    event.add("summary", clean_text(entry.summary, lines=False))
    for key, text in (("description", entry.description), ("location", entry.location)):
        if text:
            event.add(key, clean_text(text))
    if entry.url:
        event.add("url", vUri(_web_address(entry.url)))
    if entry.organizer_email:
        event.add("organizer", _mailto(entry.organizer_email, entry.organizer_name))
    if entry.attendee_email and method != "PUBLISH":
        event.add("attendee", _attendee(entry.attendee_email))
    cancelled = entry.cancelled or method == "CANCEL"
    event.add("status", "CANCELLED" if cancelled else "CONFIRMED")
    event.add("transp", "TRANSPARENT" if cancelled else "OPAQUE")
    return event


def _check(entry: CalendarEntry) -> None:
    if not clean_text(entry.uid, lines=False).strip():
        raise ValueError("A calendar entry has no UID, so no update could find it; give one by stable_uid().")
    if entry.sequence < 0:
        raise ValueError(f"The sequence {entry.sequence} is negative; begin at 0 and add one at each change.")
    aware(entry.stamp, "The stamp")
    if aware(entry.ends_at, "The end") <= aware(entry.starts_at, "The start"):
        raise ValueError(f"The entry ends at {entry.ends_at}, not after its start {entry.starts_at}.")


def _in_zone(instant: datetime, zone: str) -> datetime:
    """The instant in its zone; in UTC where the clock shows the hour twice, since text means the first."""
    local = instant.astimezone(zone_of(zone))
    return instant.astimezone(UTC) if local.fold or _is_utc(zone) else local


def _is_utc(zone: str) -> bool:
    return zone in {"UTC", "Etc/UTC", "Zulu", "Etc/Zulu", "Universal", "Etc/Universal", "UCT", "Etc/UCT"}


def _web_address(url: str) -> str:
    """The address with every character that has no place in one percent-encoded (RFC 3986)."""
    plain = clean_text(url, lines=False).strip()
    if not re.match("https?://", plain, re.IGNORECASE):
        raise ValueError("The entry's link is no web address; give one that begins with https://.")
    return quote(plain, safe="%:/?#[]@!$&'()*+,;=~")


def _attendee(email: str) -> vCalAddress:
    person = _mailto(email, "")
    # The member has signed up already: nothing is left to answer.
    person.params.update({"ROLE": "REQ-PARTICIPANT", "PARTSTAT": "ACCEPTED", "RSVP": "FALSE"})
    return person


def _mailto(email: str, name: str) -> vCalAddress:
    from icalendar import vCalAddress

    if not _ADDRESS.fullmatch(email):
        raise ValueError(f"{email!r} is no mail address; give one like office@example.jp.")
    address = vCalAddress("mailto:" + quote(email, safe="@!$'*+=~"))
    shown = clean_text(name, lines=False).strip()
    if shown:
        address.params["CN"] = shown
    return address


def _add_zones(calendar: Calendar, entries: list[CalendarEntry]) -> None:
    for zone in sorted({entry.zone for entry in entries}):
        if not _is_utc(zone):
            times = [t for e in entries if e.zone == zone for t in (e.starts_at, e.ends_at)]
            calendar.add_component(_timezone(zone, min(times), max(times)))


def _timezone(zone: str, first: datetime, last: datetime) -> Timezone:
    """A VTIMEZONE true from a year before the first instant to a year after the last (RFC 5545, 3.6.5).

    Written here and not by the library, whose observances begin at the clock time after a change where the
    standard wants the time before it: an hour late each spring.
    """
    from icalendar import Timezone, TimezoneDaylight, TimezoneStandard

    begin, end = first.astimezone(UTC) - _ZONE_MARGIN, last.astimezone(UTC) + _ZONE_MARGIN
    groups: dict[Any, list[datetime]] = {}
    for change in [_state_at(zone, begin), *changes(zone, begin, end)]:
        onset = (change.at + change.before).replace(tzinfo=None, microsecond=0)
        groups.setdefault((change.before, change.after, change.name, change.is_daylight), []).append(onset)
    block = Timezone()
    block.add("tzid", zone)
    for (before, after, label, daylight), onsets in groups.items():
        part = TimezoneDaylight() if daylight else TimezoneStandard()
        part.add("dtstart", onsets[0])
        if onsets[1:]:
            part.add("rdate", onsets[1:])
        part.add("tzname", label)
        part.add("tzoffsetfrom", before)
        part.add("tzoffsetto", after)
        block.add_component(part)
    return block


def _state_at(zone: str, instant: datetime) -> Change:
    local = instant.astimezone(zone_of(zone))
    offset = local.utcoffset() or timedelta()
    return Change(instant, offset, offset, local.tzname() or "", bool(local.dst()))
