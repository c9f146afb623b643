"""The one gate for people's data: whoever shows a member to someone asks here.

`seen(viewer, members)` reads in a fixed number of queries however many members there are. A field that the viewer may not
see is None; one that is empty is an empty text, so a page can tell the two apart for the person's own preview only.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from enishi.accounts import policies as accounts
from enishi.core import dates
from enishi.core.statements import Kept
from enishi.members import policies
from enishi.members.choices import DEFAULT_VISIBILITY, ProfileField
from enishi.members.models import FieldVisibility, Member, Stint
from enishi.members.queries import workplaces


@dataclass(frozen=True)
class SeenStint:
    """One span as it may be shown; the manager's name is only ever matched, never shown."""

    site: str
    department: str
    span: str
    from_year: int | None
    from_month: int | None
    to_year: int | None
    to_month: int | None


@dataclass(frozen=True)
class Seen:
    """A member as one viewer sees them. The name is seen by all members; None is a field that this viewer may not see."""

    member_id: int
    name: str
    family_name: str
    given_name: str
    kana: str
    former_family: str
    roman: str
    stints: tuple[SeenStint, ...] | None
    employer: str | None
    title: str | None
    country: str | None
    has_left: bool = False


def visible_fields(viewer: Any, member: Member) -> Seen:
    """One member as `viewer` (a user) sees them; raises PermissionError for a viewer who is no member and no office."""
    return seen(viewer, [member])[member.pk]


def seen(viewer: Any, members: Iterable[Member]) -> dict[int, Seen]:
    """Many members, by their number."""
    rows = list(members)
    if not policies.may_look(viewer):
        raise PermissionError("Only members and the office see members.")
    mine = policies.member_of(viewer)
    office = accounts.is_office(viewer)
    keys = {row.pk for row in rows}
    levels = _levels(keys)
    stints = _stints(keys | ({mine.pk} if mine else set()))
    my_spans = workplaces.spans(stints[mine.pk]) if mine else []
    found = {}
    for row in rows:
        shared = bool(my_spans) and workplaces.shared(my_spans, workplaces.spans(stints[row.pk]))
        own = mine is not None and mine.pk == row.pk
        open_fields = {
            field
            for field in ProfileField.values
            if policies.sees(
                levels[row.pk].get(field, DEFAULT_VISIBILITY[field]), own=own, office=office, shared_workplace=shared
            )
        }
        found[row.pk] = _shown(row, stints[row.pk], open_fields)
    return found


def levels_of(member: Member) -> dict[str, str]:
    """Who may see each field, with the defaults for what was never set."""
    return {**DEFAULT_VISIBILITY, **_levels({member.pk})[member.pk]}


def span_words(stint: Stint) -> str:
    start = dates.month(stint.from_year, stint.from_month)
    end = dates.month(stint.to_year, stint.to_month)
    return f"{start}〜{end}" if dates.japanese() else f"{start}–{end}"


def _shown(member: Member, stints: list[Stint], open_fields: set[str]) -> Seen:
    return Seen(
        member_id=member.pk,
        name=member.name,
        family_name=member.family_name,
        given_name=member.given_name,
        kana=member.kana,
        former_family=member.former_family,
        roman=member.roman,
        stints=tuple(map(_shown_stint, stints)) if ProfileField.STINTS in open_fields else None,
        employer=member.employer if ProfileField.EMPLOYER in open_fields else None,
        title=member.title if ProfileField.TITLE in open_fields else None,
        country=member.country if ProfileField.COUNTRY in open_fields else None,
        has_left=member.left_at is not None,
    )


def _shown_stint(stint: Stint) -> SeenStint:
    return SeenStint(
        site=stint.site.name if stint.site else "",
        department=stint.department.name if stint.department else "",
        span=span_words(stint),
        from_year=stint.from_year,
        from_month=stint.from_month,
        to_year=stint.to_year,
        to_month=stint.to_month,
    )


def _levels(keys: set[int]) -> dict[int, dict[str, str]]:
    found: dict[int, dict[str, str]] = defaultdict(dict)
    for member_id, field, level in _chosen_levels(sorted(keys)):
        found[member_id][field] = level
    return found


def _stints(keys: set[int]) -> dict[int, list[Stint]]:
    found: dict[int, list[Stint]] = defaultdict(list)
    for stint in _told_stints(sorted(keys)):
        found[stint.member_id].append(stint)
    return found


@Kept
def _chosen_levels(members: list[int]) -> QuerySet[FieldVisibility, tuple[int, str, str]]:
    return FieldVisibility.objects.filter(member_id__in=members).values_list("member_id", "field", "level")


@Kept
def _told_stints(members: list[int]) -> QuerySet[Stint]:
    return Stint.objects.filter(member_id__in=members).select_related("site", "department")
