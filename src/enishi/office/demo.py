"""The demo network: the first network's roster and series, moved to last month, a small tea of last week that
not everyone has answered, and a new series with places left."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from django.db import transaction

from enishi.accounts.actions import registrations
from enishi.accounts.choices import Route
from enishi.accounts.models import RosterEntry, User
from enishi.core import clock, network
from enishi.events.actions import series as series_actions
from enishi.events.actions import series_ready, signups
from enishi.events.actions.series_input import SeriesInput, SessionInput
from enishi.events.models import EventSeries, EventSession
from enishi.members.choices import DEFAULT_VISIBILITY
from enishi.members.models import Member
from enishi.office import demo_tea
from enishi.office.replay import founding, gathering, playing, reading, telling
from enishi.office.replay.story import Story

FOLDER = Path(__file__).parent / "demo_data"
WEEK = timedelta(weeks=1)
# Weekday (Monday is 0) in the second and third week from now, and the hour in Japan.
UPCOMING = ((1, 0, 12), (3, 0, 18), (0, 1, 19), (2, 1, 20))
MORE_MEMBERS = 18


def is_loaded() -> bool:
    return network.find() is not None


@transaction.atomic
def load() -> EventSeries:
    """Fill an empty database; returns the new series. A demo that breaks off leaves nothing behind."""
    story = reading.read(FOLDER, shift=_shift())
    founded = story.gathering.begins - timedelta(days=200)
    founding.found_network(story.gathering)
    owner, officer, host = founding.make_office(founded)
    with clock.at(founded):
        entries = playing.bring_roster(story, by=officer.user)
    past = playing.play(story, office=officer, entries=entries)
    told = _end(past) + timedelta(days=3)
    telling.publish(past, by=officer.user, story_ja=STORY_JA, story_en=STORY_EN, at=told, mail=True)
    newcomers = list(_more_members(story, entries, officer))
    _tea(host, officer)
    series = _upcoming(owner, officer, host)
    _sign_some_up(series, newcomers)
    _claims(entries)
    return series


STORY_JA = """\
はじめての顔合わせ会を、昼と夜の4回に分けて開きました。国内だけでなく、海外からの参加もありました。

### 初対面でも、話題は尽きませんでした

在籍した時期も職場も違うのに、「その研究所に私もいました」「その上司をご存じですか」という声が、どの回でもすぐに上がりました。

### 次は、気軽に話せる場を

「またやってほしい」という声をたくさんいただきました。いただいた希望をもとに、次の会を準備しています。
"""
STORY_EN = """\
We held our first gathering as four small sessions, at lunch and in the evening. People joined from Japan and from abroad.

### Never met, and never short of things to say

The years and the workplaces differed, and yet in every session someone soon said: I was at that site too; she was my manager, do you know her?

### Next: an easy place to talk

Many asked for another round. The next gathering is being prepared from your wishes.
"""


def _shift() -> timedelta:
    """Whole weeks that bring the story's last session to two or three weeks ago."""
    plan = gathering.read((FOLDER / gathering.NAME).read_bytes())
    last = max(each.starts_at for each in plan.sessions)
    return max((clock.now() - last) // WEEK - 2, 0) * WEEK


def _end(series: EventSeries) -> datetime:
    return max(session.ends_at for session in series.sessions.all())


def _tea(host: Member, officer: Member) -> None:
    """Last week's, with those behind the doors among the ones who have not answered yet."""
    behind_doors = people()
    quiet = [behind_doors[key].member for key in ("japan", "amsterdam") if key in behind_doors]
    came = Member.objects.present().filter(signups__attended=True).exclude(pk__in=[each.pk for each in quiet])
    guests = list(came.distinct().order_by("pk")[: len(demo_tea.SAID)])
    demo_tea.hold(guests=guests, quiet=quiet, host=host, officer=officer)


def _more_members(story: Story, entries: dict[str, RosterEntry], officer: Member) -> Iterator[Member]:
    """Some who joined and have not come yet."""
    came = {number for _session, number in story.signups}
    rest = [number for number in story.people if number not in came][:MORE_MEMBERS]
    for day, number in enumerate(rest):
        with clock.at(story.gathering.begins - timedelta(days=150 - 8 * day)):
            yield playing.join(story.people[number], entries[number], by=officer.user)


def _upcoming(owner: Member, officer: Member, host: Member) -> EventSeries:
    here = network.current()
    zone = ZoneInfo(here.zone)
    monday = clock.today(here.zone) - timedelta(days=clock.today(here.zone).weekday()) + 2 * WEEK
    sessions = tuple(
        SessionInput(
            starts_at=datetime.combine(monday + timedelta(days=day) + week * WEEK, time(hour), zone),
            hosts=(officer, host) if hour == 12 else (host,),
            video_url=f"https://meet.example/asagi-{hour}",
        )
        for day, week, hour in UPCOMING
    )
    ready = series_ready.template(here.zone)
    series = series_actions.create(
        SeriesInput(
            title_ja=f"アルムナイ顔合わせ会 {sessions[0].starts_at.year}年冬",
            title_en=f"Alumni Get-together, Winter {sessions[0].starts_at.year}",
            common_name_ja="顔合わせ会",
            common_name_en="Get-together",
            purpose_ja="まずは顔を合わせて、お互いを知る会です。少人数で、一人ひとりが話す時間をつくります。",
            purpose_en="First of all we see each other and get to know each other: small groups, with time for everyone to speak.",
            sessions=sessions,
            segments=ready.segments,
        ),
        by=owner.user,
    )
    series_actions.announce(series, by=officer.user)
    return series


def _sign_some_up(series: EventSeries, newcomers: list[Member]) -> None:
    """Places are taken and places are left in each of the four."""
    sessions: list[EventSession] = list(series.sessions.select_related("series"))
    for session, (first, last) in zip(sessions, ((0, 6), (4, 10), (8, 15), (13, 16)), strict=True):
        for member in newcomers[first:last]:
            signups.sign_up(session, member=member, by=member.user)


def _claims(entries: dict[str, RosterEntry]) -> None:
    """Two at the door: one that fits its row exactly, one with a new surname."""
    taken = set(Member.objects.exclude(roster_entry=None).values_list("roster_entry_id", flat=True))
    free = [entry for entry in entries.values() if entry.pk not in taken and entry.family_kana and entry.stints][-2:]
    for entry, number, surname in zip(free, (True, False), ("", "三田村"), strict=False):
        registration = registrations.begin(email=f"claim-{entry.pk}@mail.example", route=Route.SEARCH)
        registrations.save_step(
            registration,
            employee_number=entry.employee_number if number else "",
            family_name=surname or entry.family_name,
            given_name=entry.given_name,
            family_kana="ミタムラ" if surname else entry.family_kana,
            given_kana=entry.given_kana,
            former_family=entry.family_name if surname else "",
            stints=entry.stints,
            employer=entry.employer,
            title=entry.title,
            country=entry.country,
            zone=entry.zone,
            visibility=dict(DEFAULT_VISIBILITY),
        )
        registration = registrations.mark_proved(registration)
        registrations.submit(registration, purpose_version=network.current().purpose_version)


# key of a door → how the person is found
def people() -> dict[str, User]:
    """Who the demo's doors open for: a member in Amsterdam, one in Japan, a host, an officer, the owner."""
    found: dict[str, User] = {}
    abroad = Member.objects.present().filter(user__zone="Europe/Amsterdam", is_employee=False).order_by("pk").first()
    here = (
        Member.objects.present()
        .filter(user__zone__in=["", "Asia/Tokyo"], is_employee=False, signups__attended=True)
        .order_by("pk")
        .first()
    )
    if abroad:
        found["amsterdam"] = abroad.user
    if here:
        found["japan"] = here.user
    for key, email in (("host", "fujii"), ("officer", "miyake"), ("owner", "tadokoro")):
        user = User.objects.by_email(f"{email}@asagi.example")
        if user:
            found[key] = user
    return found
