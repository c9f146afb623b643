"""How many who were admitted signed up for a session, and came to one: columns of the page “Routes”."""

from __future__ import annotations

from collections.abc import Mapping

from django.db.models import Count, QuerySet
from django.utils.translation import gettext_lazy as _

from enishi.accounts.queries import arrivals
from enishi.accounts.queries.arrivals import By
from enishi.events.choices import SessionState, SignupState
from enishi.events.models import Signup


def register() -> None:
    """Called from the app's `ready`."""
    arrivals.register(arrivals.Step(10, _("Signed up"), signed_up))
    arrivals.register(arrivals.Step(20, _("Came to a session"), came))


def signed_up(by: By) -> Mapping[str | int | None, int]:
    """People with at least one sign-up, whatever became of it."""
    return _people(Signup.objects.all(), by)


def came(by: By) -> Mapping[str | int | None, int]:
    """People who came at least once; booked counts as come, unless the office took down that the person did not."""
    held = Signup.objects.filter(state=SignupState.BOOKED, session__state=SessionState.HELD)
    return _people(held.exclude(attended=False), by)


def _people(signups: QuerySet[Signup], by: By) -> Mapping[str | int | None, int]:
    rows = signups.filter(member__user__registration__isnull=False).order_by()
    return dict(rows.values_list(f"member__user__registration__{by}").annotate(n=Count("member", distinct=True)))
