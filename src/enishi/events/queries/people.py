"""Who comes, as far as this viewer may see it. Names of others pass through here and nowhere else."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, QuerySet

from enishi.core import clock
from enishi.core.statements import Kept
from enishi.events import policies
from enishi.events.choices import SignupState
from enishi.events.models import EventSession, Signup
from enishi.members.models import Member
from enishi.members.queries import profiles


@dataclass
class Guest:
    """One person and the numbers of the sessions in which the viewer may see this name.

    `signup` is there for the office and the hosts alone: with the note, and with whether the name is hidden.
    """

    member: Member
    numbers: list[int] = field(default_factory=list)
    is_me: bool = False
    work: str = ""
    signup: Signup | None = None


def people_in(series_id: int) -> int:
    """How many different people are booked in a series: the figure that every member sees."""
    return sum(_people_in(series_id))


def guests(viewer: Any, sessions: Iterable[EventSession], *, hosting: set[int]) -> list[Guest]:
    """Everyone whose name the viewer may see in these sessions (each with `own_signup`), me first, then as they signed up.

    A name hidden by its person is shown to the office and the hosts, and to the others once the room opens.
    """
    shown = {each.pk: each for each in sessions if _may(viewer, each, hosting)}
    if not shown:
        return []
    me = policies.member_of(viewer)
    everything = policies.can_run_events(viewer)
    found: dict[int, Guest] = {}
    booked = Signup.objects.filter(session__in=shown, state=SignupState.BOOKED, member__left_at=None)
    for signup in booked.select_related("member").order_by("created_at", "pk"):
        session = shown[signup.session_id]
        mine = me is not None and signup.member_id == me.pk
        open_now = session.link_opens_at <= clock.now()
        if signup.hide_name and not (mine or everything or open_now or session.pk in hosting):
            continue
        guest = found.setdefault(signup.member_id, Guest(signup.member, is_me=mine))
        guest.numbers.append(session.number)
        if everything or session.pk in hosting:
            guest.signup, signup.session = signup, session
    _tell_work(viewer, found)
    return sorted(found.values(), key=lambda each: not each.is_me)


def hosts_of(sessions: Iterable[EventSession]) -> dict[int, list[Member]]:
    """{session: its hosts}, in one question."""
    hosts: dict[int, list[Member]] = {}
    for link in _hosts_of([each.pk for each in sessions]):
        hosts.setdefault(link.eventsession_id, []).append(link.member)
    return hosts


@Kept
def _people_in(series: int) -> QuerySet[Signup, int]:
    booked = Signup.objects.filter(session__series=series, state=SignupState.BOOKED).values("session__series")
    return booked.annotate(people=Count("member", distinct=True)).values_list("people", flat=True)


@Kept
def _hosts_of(sessions: list[int]) -> QuerySet[Any]:
    links = EventSession.hosts.through.objects.filter(eventsession__in=sessions)
    return links.select_related("member").order_by("pk")


def _tell_work(viewer: Any, guests: dict[int, Guest]) -> None:
    """What each does now, as far as the person opened it to this viewer."""
    seen = profiles.seen(viewer, [guest.member for guest in guests.values()]) if guests else {}
    for key, guest in guests.items():
        guest.numbers.sort()
        guest.work = " ".join(filter(None, [seen[key].employer, seen[key].title]))


def _may(viewer: Any, session: EventSession, hosting: set[int]) -> bool:
    mine: Signup | None = session.own_signup  # type: ignore[attr-defined]
    return policies.can_see_who_comes(viewer, session, mine, hosting=session.pk in hosting)
