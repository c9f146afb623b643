"""Reading registrations: the visitor's own, and figures by route."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Count, Q

from enishi.accounts.choices import RegistrationState, Route
from enishi.accounts.models import Registration, RegistrationRoute
from enishi.core import clock, tokens

UNSENT = (RegistrationState.DRAFT, RegistrationState.ASKED_BACK)
OPEN = (*UNSENT, RegistrationState.SUBMITTED)
LINK_LIVES = timedelta(hours=24)
_SENT = ~Q(state=RegistrationState.DRAFT)


def of_browser(key: str) -> Registration | None:
    """The newest registration that belongs to the browser with this key; a decided one too, so that its page can say so."""
    if not key:
        return None
    return (
        Registration.objects.select_related("invitation", "route_code")
        .filter(browser=tokens.hashed(key))
        .order_by("-pk")
        .first()
    )


def code_of(registration: Registration) -> str:
    """The six digits in the mail: derived, never kept."""
    return tokens.derive_code("registration-code", registration.pk, registration.nonce)


def link_token(registration: Registration) -> str:
    """The last part of the mailed link: derived, never kept."""
    return tokens.derive("registration-link", registration.pk, registration.nonce)


def link_is_live(registration: Registration) -> bool:
    """A day for the first mail; while the office has it, as long as it is open."""
    if registration.state in {RegistrationState.SUBMITTED, RegistrationState.ASKED_BACK}:
        return True
    sent = registration.mailed_at
    return registration.state == RegistrationState.DRAFT and sent is not None and clock.now() < sent + LINK_LIVES


@dataclass(frozen=True)
class RouteFigures:
    """How many came by one code or one kind of route: opened the page, sent a registration, were admitted."""

    title: str
    route: RegistrationRoute | None
    visits: int | None
    sent: int
    admitted: int


def by_code() -> list[RouteFigures]:
    """Each code, open ones first, newest first."""
    rows = RegistrationRoute.objects.annotate(
        sent=Count("registrations", filter=~Q(registrations__state=RegistrationState.DRAFT)),
        admitted=Count("registrations", filter=Q(registrations__state=RegistrationState.ADMITTED)),
    ).order_by("closed_at", "-created_at", "-pk")
    found = [RouteFigures(row.label, row, row.visits, row.sent, row.admitted) for row in rows]
    return sorted(found, key=lambda each: bool(each.route and each.route.closed_at))


def by_kind() -> list[RouteFigures]:
    """Each kind of route as people told it, with or without a code."""
    counted: dict[str, dict[str, int]] = {
        row["route"]: {"sent": row["sent"], "admitted": row["admitted"]}
        for row in Registration.objects.filter(_SENT)
        .order_by()
        .values("route")
        .annotate(sent=Count("pk"), admitted=Count("pk", filter=Q(state=RegistrationState.ADMITTED)))
    }
    visits: dict[str, int] = {}
    for route, count in RegistrationRoute.objects.values_list("route", "visits"):
        visits[route] = visits.get(route, 0) + count
    return [
        RouteFigures(
            str(label),
            None,
            visits.get(value),
            counted.get(value, {}).get("sent", 0),
            counted.get(value, {}).get("admitted", 0),
        )
        for value, label in Route.choices
    ]
