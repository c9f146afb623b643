"""What this app keeps of a person: the places in sessions, and the sessions hosted."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from enishi.core import personal_data
from enishi.events.actions import seats
from enishi.events.choices import SEAT_HELD
from enishi.events.models import EventSession, Signup


def register() -> None:
    """Called when the app is ready."""
    personal_data.register(personal_data.Holding("events.Signup", _("Sign-ups for sessions"), _signups, _erase_signups))
    personal_data.register(
        personal_data.Holding("events.EventSession", _("Sessions that you host"), _hosted, _erase_hosted)
    )


def _signups(user: Any) -> personal_data.Rows:
    mine = Signup.objects.filter(member__user=user).select_related("session__series").order_by("session__starts_at")
    return [
        {
            "series": signup.session.series.title,
            "session": signup.session.number,
            "starts_at": signup.session.starts_at.isoformat(),
            "state": signup.state,
            "note": signup.note,
            "name_hidden": signup.hide_name,
            "attended": signup.attended,
            "signed_up_at": signup.created_at.isoformat(),
        }
        for signup in mine
    ]


@transaction.atomic
def _erase_signups(user: Any) -> int:
    """The rows go; a past session keeps the bare number of people it began with."""
    mine = list(Signup.objects.filter(member__user=user).order_by("session_id"))
    for signup in mine:
        if signup.state in SEAT_HELD:
            seats.give_back(signup.session_id)
    Signup.objects.filter(pk__in=[signup.pk for signup in mine]).delete()
    return len(mine)


def _hosted(user: Any) -> personal_data.Rows:
    hosted = EventSession.objects.filter(hosts__user=user).select_related("series").order_by("starts_at")
    return [
        {"series": each.series.title, "session": each.number, "starts_at": each.starts_at.isoformat()}
        for each in hosted
    ]


def _erase_hosted(user: Any) -> int:
    return EventSession.hosts.through.objects.filter(member__user=user).delete()[0]
