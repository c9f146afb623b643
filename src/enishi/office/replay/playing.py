"""Playing a story: registration → admission → sign-up → sessions → voices, through the actions that the pages call.

The house's clock is set to the story's own days.
"""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction

from enishi.accounts.actions import registrations
from enishi.accounts.choices import Route, route_of_words
from enishi.accounts.models import RosterEntry, User
from enishi.core import clock, network
from enishi.events import tasks
from enishi.events.actions import series as series_actions
from enishi.events.actions import sessions as session_actions
from enishi.events.actions import signups
from enishi.events.actions.series_input import SeriesInput, SessionInput
from enishi.events.choices import SessionState, SignupState
from enishi.events.models import EventSeries, EventSession
from enishi.feedback.actions import answers, themes
from enishi.feedback.choices import Attribution, ThemeKind
from enishi.feedback.models import Theme
from enishi.members.actions import admission
from enishi.members.choices import DEFAULT_VISIBILITY
from enishi.members.models import Member
from enishi.office.imports import roster, runs
from enishi.office.replay.story import Gathering, Story

TITLE, PURPOSE = 80, 200  # characters that a series has for them; a longer purpose stands whole in its text
JOINED, OPENED, SIGNED_UP = timedelta(days=28), timedelta(days=21), timedelta(days=20)  # before the first session


def play(story: Story, *, office: Member, entries: dict[str, RosterEntry] | None = None) -> EventSeries:
    """Live the story through; returns the series, its sessions over. `office` is the officer who acts."""
    plan = story.gathering
    with clock.at(plan.begins - JOINED):
        entries = entries if entries is not None else bring_roster(story, by=office.user)
        members = _join_all(story, entries, by=office.user)
    with clock.at(plan.begins - OPENED):
        series, by_number = _open(plan, office)
    _sign_up_all(story, members, by_number)
    for each in plan.in_order:
        _hold(by_number[each.number], office)
    _hear(story, series, members)
    return series


def bring_roster(story: Story, *, by: User) -> dict[str, RosterEntry]:
    """Import the roster; returns its entries by employee number."""
    run = runs.check(story.roster_file, file_name=story.roster_name, by=by, basis="再現のための取り込み")
    runs.carry_out(run, story.roster_file, by=by)
    every = RosterEntry.objects.iterator()  # not by number: a roster has more rows than a question may have values
    return {entry.employee_number: entry for entry in every if entry.employee_number in story.people}


def join(person: roster.Person, entry: RosterEntry, *, by: User) -> Member:
    """One person registers by their own route and is admitted by the officer."""
    email = person.email
    if not email or User.objects.by_email(email):
        email = f"{len(person.employee_number)}-{entry.pk}@replay.invalid"
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
    registrations.submit(registration, purpose_version=network.current().purpose_version)
    return admission.admit(registration, by=by, entry=entry)


def _join_all(story: Story, entries: dict[str, RosterEntry], *, by: User) -> dict[str, Member]:
    """Each who signs up for anything, once, in the order of arrival."""
    numbers = dict.fromkeys(number for _session, number in story.signups)
    return {number: join(story.people[number], entries[number], by=by) for number in numbers}


def _open(plan: Gathering, office: Member) -> tuple[EventSeries, dict[int, EventSession]]:
    """The series, announced without mail; its sessions by the file's own numbers."""
    series = series_actions.create(
        SeriesInput(
            title_ja=plan.title[:TITLE],
            purpose_ja=plan.purpose[:PURPOSE],
            text_ja=plan.purpose if len(plan.purpose) > PURPOSE else "",
            segments=plan.segments,
            sessions=tuple(
                SessionInput(
                    starts_at=each.starts_at,
                    minutes=each.minutes,
                    minimum=each.minimum,
                    maximum=each.maximum,
                    hosts=(office,),
                )
                for each in plan.in_order
            ),
        ),
        by=office.user,
    )
    _number_like_the_file(list(series.sessions.order_by("number")), [each.number for each in plan.in_order])
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


def _sign_up_all(story: Story, members: dict[str, Member], by_number: dict[int, EventSession]) -> None:
    """One a second, in the order of arrival."""
    first = story.gathering.begins - SIGNED_UP
    for order, (number, employee) in enumerate(story.signups):
        with clock.at(first + timedelta(seconds=order)):
            signups.sign_up(by_number[number], member=members[employee], by=members[employee].user)


def _hold(session: EventSession, office: Member) -> None:
    """The session begins, or is not held; everyone who is booked comes."""
    with clock.at(session.starts_at):
        tasks.tick()
    with clock.at(session.ends_at):
        session.refresh_from_db()
        booked = session.signups.filter(state=SignupState.BOOKED).values_list("pk", flat=True)
        session_actions.take_attendance(session, present=list(booked), by=office.user)
        session_actions.close(session, by=office.user)


def _hear(story: Story, series: EventSeries, members: dict[str, Member]) -> None:
    """Each writes on the day after the last session that they attended."""
    with clock.at(story.gathering.begins):
        themes.ensure_defaults()
    last = {}
    held = series.sessions.filter(state=SessionState.HELD)
    for session in sorted(held, key=lambda one: one.starts_at):
        for member_id in session.signups.filter(attended=True).values_list("member_id", flat=True):
            last[member_id] = session.ends_at
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
