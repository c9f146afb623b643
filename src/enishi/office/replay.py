"""A past series as data, lived through again: roster → registration → admission → sign-up → sessions → voices → report.

Everything goes through the actions that the pages call, with the house's clock set to the story's own days.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils import translation

from enishi.accounts.actions import registrations
from enishi.accounts.choices import RoleKind, Route, route_of_words
from enishi.accounts.models import ImportRun, Role, RosterEntry, User
from enishi.core import clock, network, zones
from enishi.core.models import NetworkSettings
from enishi.events import tasks
from enishi.events.actions import series as series_actions
from enishi.events.actions import sessions as session_actions
from enishi.events.actions import signups
from enishi.events.choices import SegmentKind, SessionState, SignupState
from enishi.events.models import EventSeries, EventSession
from enishi.feedback.actions import answers, themes
from enishi.feedback.choices import Attribution, ThemeKind
from enishi.feedback.models import Theme
from enishi.members.actions import admission
from enishi.members.choices import DEFAULT_VISIBILITY
from enishi.members.models import Member
from enishi.office.imports import roster, runs, tables
from enishi.publishing.actions import reports
from enishi.publishing.models import Report
from enishi.publishing.queries import figures, published, quotes

KINDS = {
    "greeting": SegmentKind.GREETING,
    "check-in": SegmentKind.CHECK_IN,
    "topic": SegmentKind.TOPIC,
    "closing": SegmentKind.CLOSING,
}
TITLE, PURPOSE = 80, 200  # characters that a series has for them; a longer purpose stands whole in its text
YEARS = range(1950, 2200)
MOST = 10_000  # people in a session, minutes, the number of a session
VOICE_FIELDS = ("noticed", "want_theme", "want", "liked", "next_theme", "next", "quote_consent", "satisfaction")


class BrokenStory(Exception):
    """The folder cannot be replayed; one full sentence says what stands where."""


@dataclass(frozen=True)
class StorySession:
    """`number` is the file's own."""

    number: int
    starts_at: datetime
    minutes: int
    minimum: int
    maximum: int


@dataclass(frozen=True)
class Story:
    """All of a folder, read and checked, before anything is written."""

    title: str
    purpose: str
    zone: str
    sessions: tuple[StorySession, ...]
    segments: tuple[series_actions.SegmentInput, ...]
    roster_file: bytes
    roster_name: str
    people: dict[str, roster.Person]
    signups: tuple[tuple[int, str], ...]
    voices: dict[str, dict[str, str]] = field(default_factory=dict)

    @property
    def ends(self) -> datetime:
        return max((each.starts_at + timedelta(minutes=each.minutes) for each in self.sessions), default=clock.now())

    @property
    def begins(self) -> datetime:
        return min((each.starts_at for each in self.sessions), default=clock.now())


def read(folder: Path, *, shift: timedelta = timedelta()) -> Story:
    """Read a folder like `data/asagi`; `shift` moves the whole story. Raises `BrokenStory`."""
    data = _gathering(folder / "gathering.json")
    zone = str(data.get("timezone") or "Asia/Tokyo")
    if not zones.is_zone(zone):
        raise BrokenStory(f"gathering.json: “{zone}” is no time zone. Write an IANA name such as Asia/Tokyo.")
    roster_path = next((folder / name for name in ("roster.csv", "roster.xlsx") if (folder / name).exists()), None)
    if roster_path is None:
        raise BrokenStory(f"{folder} holds no roster.csv. A story needs roster, gathering, sign-ups and voices.")
    content = _bytes(roster_path)
    people = _people(roster_path.name, content, zone)
    sessions = tuple(_sessions(data, zone, shift))
    return Story(
        title=_words(data, "title"),
        purpose=_words(data, "purpose"),
        zone=zone,
        sessions=sessions,
        segments=tuple(_segments(data)),
        roster_file=content,
        roster_name=roster_path.name,
        people=people,
        signups=tuple(_signups(folder / "signups.csv", {each.number for each in sessions}, people)),
        voices=_voices(folder / "voices.csv", people),
    )


def _people(name: str, content: bytes, zone: str) -> dict[str, roster.Person]:
    """The good rows by employee number. A command's words are English, so the roster's are too."""
    with translation.override("en"):
        try:
            table = tables.read(content)
            rows = roster.read_rows(table.rows, roster.guess_columns(table.header), zone=zone)
            return {row.person.employee_number: row.person for row in rows if row.person}
        except tables.BrokenFile as error:
            raise BrokenStory(f"{name}: {error}") from None


def play(story: Story, *, office: Member, entries: dict[str, RosterEntry] | None = None) -> EventSeries:
    """Live the story through; returns the series, its sessions over. `office` is the officer who acts."""
    opened = story.begins - timedelta(days=28)
    with clock.at(opened):
        entries = entries if entries is not None else bring_roster(story, by=office.user)
        members = {
            number: join(story.people[number], entries[number], by=office.user)
            for number in dict.fromkeys(number for _session, number in story.signups)
        }
    with clock.at(story.begins - timedelta(days=21)):
        series, by_number = _open(story, office)
    for order, (number, employee) in enumerate(story.signups):
        with clock.at(story.begins - timedelta(days=20) + timedelta(seconds=order)):
            member = members[employee]
            signups.sign_up(by_number[number], member=member, by=member.user)
    for each in sorted(story.sessions, key=lambda one: one.starts_at):
        _hold(by_number[each.number], office)
    _hear(story, series, members)
    return series


def bring_roster(story: Story, *, by: User) -> dict[str, RosterEntry]:
    """Import the roster; returns its entries by employee number."""
    run: ImportRun = runs.check(story.roster_file, file_name=story.roster_name, by=by, basis="replay")
    runs.carry_out(run, story.roster_file, by=by)
    every = RosterEntry.objects.iterator()  # not by number: a roster has more rows than a question may have values
    return {entry.employee_number: entry for entry in every if entry.employee_number in story.people}


def join(person: roster.Person, entry: RosterEntry, *, by: User) -> Member:
    """One person registers by their own route and is admitted by the officer."""
    email = person.email
    if not email or User.objects.by_email(email):
        email = f"{len(person.employee_number)}-{entry.pk}@replay.invalid"
    here = network.current()
    registration = registrations.begin(email=email, route=route_of_words(person.route) or Route.OTHER)
    registrations.save_step(
        registration,
        employee_number=person.employee_number,
        family_name=person.family_name,
        given_name=person.given_name,
        family_kana=person.family_name_kana,
        given_kana=person.given_name_kana,
        stints=[runs.as_stint(stint, person.manager, last=stint is person.stints[-1]) for stint in person.stints],
        employer=person.employer,
        title=person.title,
        country=person.country,
        zone=person.timezone,
        visibility=dict(DEFAULT_VISIBILITY),
    )
    registration = registrations.mark_proved(registration)
    registrations.submit(registration, purpose_version=here.purpose_version)
    return admission.admit(registration, by=by, entry=entry)


def _open(story: Story, office: Member) -> tuple[EventSeries, dict[int, EventSession]]:
    in_order = sorted(story.sessions, key=lambda one: one.starts_at)
    series = series_actions.create(
        series_actions.SeriesInput(
            title_ja=story.title[:TITLE],
            purpose_ja=story.purpose[:PURPOSE],
            text_ja=story.purpose if len(story.purpose) > PURPOSE else "",
            segments=story.segments,
            sessions=tuple(
                series_actions.SessionInput(
                    starts_at=each.starts_at,
                    minutes=each.minutes,
                    minimum=each.minimum,
                    maximum=each.maximum,
                    hosts=(office,),
                )
                for each in in_order
            ),
        ),
        by=office.user,
    )
    made = list(series.sessions.order_by("number"))
    _number_like_the_file(made, [each.number for each in in_order])
    series_actions.announce(series, by=office.user, mail=False)
    return series, {session.number: session for session in series.sessions.select_related("series")}


@transaction.atomic
def _number_like_the_file(made: list[EventSession], numbers: list[int]) -> None:
    """Sessions are numbered by date; the story has numbers of its own."""
    if [each.number for each in made] == numbers:
        return
    free = max([*numbers, len(made)]) + 1
    for pass_numbers in ([free + n for n in range(len(made))], numbers):
        for session, number in zip(made, pass_numbers, strict=True):
            EventSession.objects.filter(pk=session.pk).update(number=number)


def _hold(session: EventSession, office: Member) -> None:
    with clock.at(session.starts_at):
        tasks.tick()
    with clock.at(session.ends_at):
        session.refresh_from_db()
        booked = session.signups.filter(state=SignupState.BOOKED).values_list("pk", flat=True)
        session_actions.take_attendance(session, present=list(booked), by=office.user)
        session = session_actions.close(session, by=office.user)


def _hear(story: Story, series: EventSeries, members: dict[str, Member]) -> None:
    """Each writes after the last session that they attended."""
    last = {}
    held = series.sessions.filter(state=SessionState.HELD)
    for session in sorted(held, key=lambda one: one.starts_at):
        for member_id in session.signups.filter(attended=True).values_list("member_id", flat=True):
            last[member_id] = session.ends_at
    with clock.at(story.begins):
        themes.ensure_defaults()
    for number, voice in story.voices.items():
        member = members.get(number)
        if member is None or member.pk not in last:
            continue
        with clock.at(last[member.pk] + timedelta(days=1)):
            answers.save(series, member=member, said=_said(voice), by=member.user)


def _said(voice: dict[str, str]) -> answers.Said:
    return answers.Said(
        satisfaction=int(voice["satisfaction"]) if voice["satisfaction"] else None,
        noticed=voice["noticed"],
        want_theme=_theme(ThemeKind.WANT, voice["want_theme"]),
        want=voice["want"],
        liked=voice["liked"],
        next_theme=_theme(ThemeKind.NEXT, voice["next_theme"]),
        next=voice["next"],
        attribution=voice["quote_consent"] or Attribution.NONE,
    )


def _theme(kind: str, name: str) -> Theme | None:
    return themes.find_or_add(kind, name_ja=name) if name else None


def found_network(story: Story) -> NetworkSettings:
    """A network for the story, marked as a demo, in the story's zone."""
    day = clock.local(story.begins - timedelta(days=200), story.zone).date()
    here = NetworkSettings.objects.create(
        pk=1,
        name_ja="浅葱製薬アルムナイ",
        name_en="Asagi Alumni",
        company_ja="浅葱製薬株式会社",
        company_en="Asagi Pharma",
        office_ja="アルムナイ事務局",
        office_en="Alumni Office",
        contact_email="alumni@asagi.example",
        about_ja="浅葱製薬で働いたことのある方のためのネットワークです。退職の理由は問いません。転職された方も、独立された方も歓迎します。",
        about_en="A network for everyone who once worked at Asagi Pharma, whatever the reason for leaving.",
        purpose_ja="退職された方どうし、また会社との縁をつなぐ活動（会のご案内、名簿との照合、感想の集計）のため",
        purpose_en="To keep alumni in touch with each other and with the company: announcing gatherings, checking registrations "
        "against the roster, and counting what people said",
        purpose_dated=day,
        founded_on=day,
        zone=story.zone,
        hosting_country="日本",
        office_hours="平日 10:00〜17:00",
        is_demo=True,
    )
    network.forget()
    return here


def make_officer(family: str, given: str, kana: tuple[str, str], email: str, role: str, *, when: datetime) -> Member:
    """One of the office's people, as the demo needs them before anyone can admit anyone."""
    with clock.at(when):
        user = User.objects.create_user(email, language="ja")
        member = Member.objects.create(
            user=user,
            family_name=family,
            given_name=given,
            family_kana=kana[0],
            given_kana=kana[1],
            is_employee=True,
            title="人事部",
            route=Route.OTHER,
            admitted_at=when,
        )
        Role.objects.create(user=user, kind=role, granted_at=when)
    return member


def make_office(when: datetime) -> tuple[Member, Member, Member]:
    """Owner, officer and host of the demo."""
    return (
        make_officer("田所", "恵", ("タドコロ", "メグミ"), "tadokoro@asagi.example", RoleKind.OWNER, when=when),
        make_officer("三宅", "誠", ("ミヤケ", "マコト"), "miyake@asagi.example", RoleKind.OFFICER, when=when),
        make_officer("藤井", "彩", ("フジイ", "アヤ"), "fujii@asagi.example", RoleKind.HOST, when=when),
    )


def _gathering(path: Path) -> dict[str, Any]:
    try:
        data = json.loads(_bytes(path).decode("utf-8-sig"))
    except (UnicodeDecodeError, json.JSONDecodeError, RecursionError) as error:
        raise BrokenStory(f"gathering.json is not readable as JSON: {error}.") from None
    if not isinstance(data, dict) or not isinstance(data.get("sessions"), list) or not data["sessions"]:
        raise BrokenStory("gathering.json has no sessions. Write them as a list with number and starts_at.")
    return data


def _words(data: dict[str, Any], name: str) -> str:
    text = data.get(name)
    if not isinstance(text, str) or not text.strip():
        raise BrokenStory(f"gathering.json has no {name}. Write it as a text.")
    return text.strip()


def _sessions(data: dict[str, Any], zone: str, shift: timedelta) -> Iterator[StorySession]:
    seen: set[int] = set()
    for at, each in enumerate(data["sessions"], start=1):
        session = _session(at, each, data.get("capacity"), zone, shift)
        if session.number in seen or not 1 <= session.number <= MOST:
            raise BrokenStory(f"gathering.json: the session number {session.number} stands twice or is below 1.")
        if not 1 <= session.minimum <= session.maximum <= MOST or not 1 <= session.minutes <= MOST:
            raise BrokenStory(
                f"gathering.json, session {session.number}: the minimum {session.minimum}, the maximum "
                f"{session.maximum} or the {session.minutes} minutes do not fit."
            )
        seen.add(session.number)
        yield session


def _session(at: int, each: Any, capacity: Any, zone: str, shift: timedelta) -> StorySession:
    """One of the file's sessions; an hour without an offset is the story's zone's."""
    try:
        size = each.get("capacity") or capacity or {}
        local = datetime.fromisoformat(str(each["starts_at"]))
        if local.year not in YEARS:
            raise ValueError
        starts_at = local if local.tzinfo else local.replace(tzinfo=ZoneInfo(zone))
        if shift:
            starts_at = (starts_at.astimezone(ZoneInfo(zone)).replace(tzinfo=None) + shift).replace(
                tzinfo=ZoneInfo(zone)
            )
        return StorySession(
            number=int(each.get("number", at)),
            starts_at=starts_at,
            minutes=int(each.get("minutes", 60)),
            minimum=int(size.get("min", 3)),
            maximum=int(size.get("max", 9)),
        )
    except (KeyError, TypeError, ValueError, AttributeError, OverflowError):
        raise BrokenStory(
            f"gathering.json, session {at}: number, starts_at (2020-11-10T12:00), minutes or capacity cannot be read."
        ) from None


def _segments(data: dict[str, Any]) -> Iterator[series_actions.SegmentInput]:
    """The programme. Its words are the file's own: a step that the house has no word for is a topic of that name."""
    for at, each in enumerate(data.get("program") or [], start=1):
        try:
            step = str(each.get("step", ""))
            yield series_actions.SegmentInput(
                kind=KINDS.get(step, SegmentKind.TOPIC),
                title_ja=str(each.get("title") or ("" if step in KINDS else step))[:TITLE],
                minutes=_minutes(each.get("minutes")),
                each_minutes=_minutes(each.get("each_minutes")),
                prompts=tuple((str(prompt), "") for prompt in each.get("prompts") or []),
            )
        except (TypeError, ValueError, AttributeError):
            raise BrokenStory(
                f"gathering.json, part {at} of the program: step, minutes or prompts cannot be read."
            ) from None


def _minutes(value: Any) -> int | None:
    minutes = None if value is None else int(value)
    if minutes is not None and not 0 <= minutes <= MOST:
        raise ValueError
    return minutes


def _bytes(path: Path) -> bytes:
    """A file of the folder. Raises `BrokenStory` when it is not there or cannot be read."""
    try:
        return path.read_bytes()
    except FileNotFoundError:
        raise BrokenStory(f"{path.parent} holds no {path.name}. Give a folder like the first network's.") from None
    except OSError as error:
        raise BrokenStory(f"{path} cannot be read: {error.strerror}.") from None


def _rows(path: Path, needed: tuple[str, ...]) -> Iterator[tuple[int, dict[str, str]]]:
    """(line, cells) of a small CSV with headings, whatever Excel made of its encoding."""
    content = _bytes(path)
    if not content.strip():
        raise BrokenStory(f"{path.name} is empty. Its first line has to name the columns.")
    with translation.override("en"):
        try:
            text = content.decode(tables.guess_encoding(content))
        except tables.BrokenFile as error:
            raise BrokenStory(f"{path.name}: {error}") from None
    if "\0" in text:
        raise BrokenStory(f"{path.name} holds bytes that no CSV has. Save it as CSV again.")
    reader = csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline=""))
    try:
        reader.fieldnames = [name.strip() for name in reader.fieldnames or []]
        missing = [name for name in needed if name not in reader.fieldnames]
        if missing:
            raise BrokenStory(f"{path.name} has no column {', '.join(missing)}.")
        for row in reader:
            cells = {name: (row.get(name) or "").strip() for name in needed}
            if any(cells.values()):
                yield reader.line_num, cells
    except csv.Error as error:
        raise BrokenStory(f"{path.name}, line {reader.line_num}: this is not CSV ({error}).") from None


def _signups(path: Path, numbers: set[int], people: dict[str, roster.Person]) -> Iterator[tuple[int, str]]:
    for line, cells in _rows(path, ("session", "employee_number")):
        if not cells["session"].isdecimal() or int(cells["session"]) not in numbers:
            raise BrokenStory(f"signups.csv, line {line}: there is no session {cells['session']!r}.")
        _must_be_known(path, line, cells["employee_number"], people)
        yield int(cells["session"]), cells["employee_number"]


def _voices(path: Path, people: dict[str, roster.Person]) -> dict[str, dict[str, str]]:
    """By employee number; who wrote twice has changed their words, so the last row counts."""
    voices: dict[str, dict[str, str]] = {}
    for line, cells in _rows(path, ("employee_number", *VOICE_FIELDS)):
        _must_be_known(path, line, cells["employee_number"], people)
        if cells["satisfaction"] and cells["satisfaction"] not in {"1", "2", "3", "4", "5"}:
            raise BrokenStory(f"voices.csv, line {line}: the satisfaction {cells['satisfaction']!r} is not 1 to 5.")
        if cells["quote_consent"] and cells["quote_consent"] not in Attribution.values:
            raise BrokenStory(
                f"voices.csv, line {line}: the consent {cells['quote_consent']!r} is none of named, anonymous, none."
            )
        voices[cells["employee_number"]] = cells
    return voices


def _must_be_known(path: Path, line: int, number: str, people: dict[str, roster.Person]) -> None:
    if number not in people:
        raise BrokenStory(
            f"{path.name}, line {line}: the employee number {number!r} is not in the roster. Nothing was written."
        )


def publish(
    series: EventSeries, *, by: User, at: datetime, story_ja: str = "", story_en: str = "", most_voices: int = 40
) -> Report:
    """Choose voices among those that may be quoted, one a person and none twice, and publish to members at `at`."""
    with clock.at(at):
        report = reports.draft(series, by=by)
        if story_ja:
            report = reports.edit(
                report,
                title_ja=report.title_ja,
                title_en=report.title_en,
                story_ja=story_ja,
                story_en=story_en,
                by=by,
            )
        reports.choose_voices(report, chosen=_one_voice_each(series)[:most_voices], by=by)
        return reports.publish(report, by=by)


def _one_voice_each(series: EventSeries) -> list[tuple[int, str]]:
    found = figures.of_series(series)
    chosen: dict[int, tuple[int, str]] = {}
    said: set[str] = set()
    for quote in quotes.allowed(found, published.guard_figures(found)):
        if quote.answer_id not in chosen and quote.text not in said:
            chosen[quote.answer_id] = (quote.answer_id, quote.field.value)
            said.add(quote.text)
    return list(chosen.values())
