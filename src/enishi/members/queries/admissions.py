"""Claims beside the rows of the roster: what matches, how well, and what differs."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from enishi.accounts.choices import RegistrationState
from enishi.accounts.models import Registration, RosterEntry
from enishi.core import dates
from enishi.engines import names
from enishi.members.models import Member

SHOWN = 5
LOOKED_AT = 300
LIKELY = 0.02
WAITING = 500


@dataclass(frozen=True)
class Candidate:
    """A row of the roster that may be the claimant's. `exact`: may be admitted with one press."""

    entry: RosterEntry
    score: names.ClaimScore
    exact: bool
    taken: bool

    @property
    def years(self) -> str:
        held = held_by(self.entry)
        return years(held.joined, held.left)

    @property
    def percent(self) -> int:
        """As a whole number; a hundred only for what is exact."""
        return 100 if self.exact else min(99, round(self.score.score * 100))


@dataclass(frozen=True)
class Waiting:
    """One registration in the queue, with its exact row if there is exactly one."""

    registration: Registration
    exact: Candidate | None

    @property
    def years(self) -> str:
        claim = claim_of(self.registration)
        return years(claim.joined, claim.left) if claim else ""


def queue() -> list[Waiting]:
    """What waits for the office: exact matches first, then the oldest. A fixed number of queries."""
    rows = list(
        Registration.objects.filter(state=RegistrationState.SUBMITTED)
        .select_related("invitation", "route_code")
        .order_by("submitted_at", "pk")[:WAITING]
    )
    exact = _exact_of(rows)
    found = [Waiting(row, exact.get(row.pk)) for row in rows]
    return sorted(found, key=lambda each: each.exact is None)


def waiting_count() -> int:
    return Registration.objects.filter(state=RegistrationState.SUBMITTED).count()


def next_after(registration: Registration) -> Registration | None:
    """The next one to decide, so that the office goes on without the list between."""
    rest = [each.registration for each in queue() if each.registration.pk != registration.pk]
    return rest[0] if rest else None


def candidates(registration: Registration) -> list[Candidate]:
    """The likeliest rows, best first; the row that the claim was tied to (by an invitation) is always among them."""
    claim = claim_of(registration)
    if claim is None:
        return []
    rows = {row.pk: row for row in _possible(registration, claim.name)}
    tied = _tied(registration)
    if tied is not None:
        rows[tied.pk] = tied
    found = _scored(registration, claim, rows.values())
    kept = [one for one in found if one.score.score >= LIKELY or one.exact or (tied and one.entry.pk == tied.pk)]
    return kept[:SHOWN]


def claim_of(registration: Registration) -> names.ClaimFacts | None:
    """None for a registration without any name yet."""
    person = _person(registration)
    if person is None:
        return None
    return names.ClaimFacts(
        name=person,
        joined=_month(registration.joined_year, registration.joined_month),
        left=_month(registration.left_year, registration.left_month),
        sites=_places(registration.stints, "site"),
        departments=_places(registration.stints, "department"),
        employee_number=registration.employee_number,
        email=registration.email if registration.email_proved_at else "",
    )


def held_by(entry: RosterEntry) -> names.ClaimFacts:
    return names.ClaimFacts(
        name=names.PersonName(entry.family_name, entry.given_name, entry.family_kana, entry.given_kana),
        joined=_day(entry.joined_on),
        left=_day(entry.left_on),
        sites=_places(entry.stints, "site"),
        departments=_places(entry.stints, "department"),
        employee_number=entry.employee_number,
        email=entry.email,
    )


def years(joined: tuple[int, int | None] | None, left: tuple[int, int | None] | None) -> str:
    """2004〜2011 / 2004–2011; empty when neither is known."""
    if joined is None and left is None:
        return ""
    return f"{joined[0] if joined else ''}{'〜' if dates.japanese() else '–'}{left[0] if left else ''}"


def is_taken(entry: RosterEntry) -> bool:
    return Member.objects.filter(roster_entry=entry).exists()


def _possible(registration: Registration, person: names.PersonName) -> list[RosterEntry]:
    """Rows that share something telling: number, address, reading, name, or a key of the name."""
    q = _telling(registration)
    if registration.given_kana and registration.joined_year:  # the family name may have changed since
        q |= Q(given_kana=registration.given_kana, joined_on__year=registration.joined_year)
    for key in sorted(names.keys(person), key=len, reverse=True)[:4]:
        q |= Q(name_keys__contains=f"|{key}|")
    return list(RosterEntry.objects.filter(q)[:LOOKED_AT])


def _telling(registration: Registration) -> Q:
    q = Q(employee_number__in=_numbers(registration.employee_number)) if registration.employee_number else Q(pk=None)
    if registration.email and registration.email_proved_at:
        q |= Q(email=registration.email)
    if registration.family_kana and registration.given_kana:
        q |= Q(family_kana=registration.family_kana, given_kana=registration.given_kana)
    if registration.family_name:
        q |= Q(family_name=registration.family_name, given_name=registration.given_name)
    return q


def _exact_of(registrations: list[Registration]) -> dict[int, Candidate]:
    """For each registration its one exact row that nobody has taken; two exact rows are none."""
    found: dict[int, Candidate] = {}
    for start in range(0, len(registrations), 50):
        part = registrations[start : start + 50]
        q = Q(pk=None)
        for registration in part:
            q |= _telling(registration)
        rows = list(RosterEntry.objects.filter(q)[: LOOKED_AT * 10])
        taken = _taken(rows)
        for registration in part:
            claim = claim_of(registration)
            near = [row for row in rows if claim is not None and _is_near(registration, row)]
            exact = [one for one in _scored(registration, claim, near, taken) if one.exact] if claim else []
            if len(exact) == 1 and not exact[0].taken:
                found[registration.pk] = exact[0]
    return found


def _numbers(typed: str) -> set[str]:
    """A number as it may stand in the roster: people and spreadsheets drop leading zeros."""
    bare = typed.lstrip("0")
    return {typed, *(bare.zfill(length) for length in range(len(bare), 11))} if bare.isdigit() else {typed}


def _is_near(registration: Registration, row: RosterEntry) -> bool:
    return (
        row.employee_number in _numbers(registration.employee_number)
        or (bool(row.email) and row.email == registration.email)
        or (
            bool(row.family_kana)
            and (row.family_kana, row.given_kana) == (registration.family_kana, registration.given_kana)
        )
        or (row.family_name, row.given_name) == (registration.family_name, registration.given_name)
    )


def _scored(
    registration: Registration,
    claim: names.ClaimFacts,
    rows: Iterable[RosterEntry],
    taken: set[int] | None = None,
) -> list[Candidate]:
    listed = list(rows)
    held = _taken(listed) if taken is None else taken
    proved = registration.email_proved_at is not None
    found = []
    for row in listed:
        score = names.score_claim(claim, held_by(row))
        found.append(Candidate(row, score, exact=score.exact and proved, taken=row.pk in held))
    return sorted(found, key=lambda one: (not one.exact, -one.score.score, one.entry.pk))


def _taken(rows: list[RosterEntry]) -> set[int]:
    found = Member.objects.filter(roster_entry__in=[row.pk for row in rows]).values_list("roster_entry_id", flat=True)
    return {pk for pk in found if pk is not None}


def _tied(registration: Registration) -> RosterEntry | None:
    if registration.claimed_entry is not None:
        return registration.claimed_entry
    invitation = registration.invitation
    return invitation.roster_entry if invitation is not None else None


def _person(registration: Registration) -> names.PersonName | None:
    if not (registration.family_name or registration.given_name):
        return None
    return names.PersonName(
        family=registration.family_name,
        given=registration.given_name,
        family_kana=registration.family_kana,
        given_kana=registration.given_kana,
        former_family=registration.former_family,
        roman=registration.roman,
    )


def _places(stints: list[dict[str, Any]], key: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(str(stint[key]) for stint in stints if stint.get(key)))


def _month(year: int | None, month: int | None) -> tuple[int, int | None] | None:
    return (year, month) if year else None


def _day(day: date | None) -> tuple[int, int] | None:
    return (day.year, day.month) if day else None


def decided(limit: int = 20) -> QuerySet[Registration]:
    """What was decided or asked back lately."""
    return Registration.objects.filter(
        state__in=(RegistrationState.ADMITTED, RegistrationState.DECLINED, RegistrationState.ASKED_BACK)
    ).order_by("-decided_at", "-pk")[:limit]
