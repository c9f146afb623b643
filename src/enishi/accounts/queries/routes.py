"""Figures by route: opened the page, were invited, sent a registration, were admitted, and what the apps above count."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Count, Q
from django.utils.functional import Promise

from enishi.accounts.choices import InvitationKind, RegistrationState, Route
from enishi.accounts.models import Invitation, Registration, RegistrationRoute
from enishi.accounts.queries import arrivals
from enishi.accounts.queries.arrivals import Way

Counted = Mapping[Way, int]


@dataclass(frozen=True)
class RouteFigures:
    """How many came by one code or one kind of route. `later` has a (title, number) for each of `arrivals.steps()`."""

    title: str
    route: RegistrationRoute | None
    visits: int | None
    invited: int
    sent: int
    admitted: int
    later: tuple[tuple[str | Promise, int], ...]


@dataclass(frozen=True)
class Figures:
    """Each code, open ones first, newest first; and each kind of route as people told it, with or without a code."""

    codes: list[RouteFigures]
    kinds: list[RouteFigures]


def figures() -> Figures:
    """Both tables, in one question a column."""
    rows = list(RegistrationRoute.objects.order_by("-created_at", "-pk"))
    columns = [_invited(), *_claims(), *(step.count() for step in arrivals.steps())]
    codes = [_line(row.label, row, row.visits, [_of_code(each, row.pk) for each in columns]) for row in rows]
    kinds = [
        _line(str(label), None, _visits(rows, kind), [_of_kind(each, kind) for each in columns])
        for kind, label in Route.choices
    ]
    return Figures(sorted(codes, key=lambda each: bool(each.route and each.route.closed_at)), kinds)


def _line(title: str, route: RegistrationRoute | None, visits: int | None, counted: list[int]) -> RouteFigures:
    invited, sent, admitted, *later = counted
    titles = [step.title for step in arrivals.steps()]
    return RouteFigures(title, route, visits, invited, sent, admitted, tuple(zip(titles, later, strict=True)))


def admitted() -> list[tuple[str, int]]:
    """(kind of route, people admitted) of each kind under which somebody registered."""
    sent, taken = _claims()
    return [(str(label), _of_kind(taken, kind)) for kind, label in Route.choices if _of_kind(sent, kind)]


def _claims() -> tuple[Counted, Counted]:
    """Registrations that were sent, and those of them that were admitted."""
    rows = Registration.objects.exclude(state=RegistrationState.DRAFT).order_by()
    counted = rows.values_list("route", "route_code").annotate(
        sent=Count("pk"), admitted=Count("pk", filter=Q(state=RegistrationState.ADMITTED))
    )
    found = [((route, code), sent, admitted) for route, code, sent, admitted in counted]
    return {way: sent for way, sent, _admitted in found}, {way: admitted for way, _sent, admitted in found}


def _invited() -> Counted:
    """Invitations that were not taken back; a member's counts for the kind “invited”."""
    rows = Invitation.objects.filter(revoked_at=None).order_by()
    counted = rows.values_list("kind", "route_code__route", "route_code").annotate(n=Count("pk"))
    return {(Route.INVITED if kind == InvitationKind.MEMBER else route, code): n for kind, route, code, n in counted}


def _of_code(counted: Counted, code: int) -> int:
    return sum(n for (_route, of), n in counted.items() if of == code)


def _of_kind(counted: Counted, kind: str) -> int:
    return sum(n for (route, _code), n in counted.items() if route == kind)


def _visits(rows: list[RegistrationRoute], kind: str) -> int | None:
    visits = [row.visits for row in rows if row.route == kind]
    return sum(visits) if visits else None
