"""How many who were admitted signed up for a session, and came to one: columns of the page “Routes”."""

from __future__ import annotations

from collections.abc import Mapping

from django.db.models import Count, QuerySet
from django.utils.translation import pgettext_lazy

from enishi.accounts.queries import arrivals
from enishi.accounts.queries.arrivals import Way
from enishi.events.choices import SessionState, SignupState
from enishi.events.models import Signup

_WAY = ("member__user__registration__route", "member__user__registration__route_code")


def register() -> None:
    """Called from the app's `ready`."""
    arrivals.register(arrivals.Step(10, pgettext_lazy("number of people", "Signed up"), signed_up))
    arrivals.register(arrivals.Step(20, pgettext_lazy("number of people", "Came"), came))


def signed_up() -> Mapping[Way, int]:
    """People with at least one sign-up, whatever became of it."""
    return _people(Signup.objects.all())


def came() -> Mapping[Way, int]:
    """People who came at least once; booked counts as come, unless the office took down that the person did not."""
    held = Signup.objects.filter(state=SignupState.BOOKED, session__state=SessionState.HELD)
    return _people(held.exclude(attended=False))


def _people(signups: QuerySet[Signup]) -> Mapping[Way, int]:
    rows = signups.filter(member__user__registration__isnull=False).order_by()
    counted = rows.values_list(*_WAY).annotate(n=Count("member", distinct=True))
    return {(route, code): n for route, code, n in counted}
