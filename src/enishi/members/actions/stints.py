"""Time at the company, as rows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, TypeVar

from enishi.core import network
from enishi.core.fields import folded
from enishi.members.models import Department, Member, Organisation, Site, Stint

Place = TypeVar("Place", Site, Department, Organisation)


def replace(member: Member, rows: Iterable[Mapping[str, Any]]) -> list[Stint]:
    """Put these stints in the place of the member's; rows as in a registration (`to_year` None: until now)."""
    member.stints.all().delete()
    company = _named(Organisation, network.current().company_ja)
    return Stint.objects.bulk_create(
        Stint(
            member=member,
            organisation=company,
            site=_named(Site, row.get("site") or ""),
            department=_named(Department, row.get("department") or ""),
            from_year=row.get("from_year"),
            from_month=row.get("from_month"),
            to_year=row.get("to_year"),
            to_month=row.get("to_month"),
            manager=row.get("manager") or "",
        )
        for row in rows
    )


def _named(kind: type[Place], name: str) -> Place | None:
    """The one row of this name, whatever width it was typed in; None for no name."""
    plain = folded(name)[:120]
    return kind._default_manager.get_or_create(name=plain)[0] if plain else None
