"""What this app keeps of a person, and what becomes of it."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from enishi.accounts.models import User
from enishi.core import clock, person
from enishi.core.personal_data import Holding, Rows
from enishi.core.personal_data import register as hold
from enishi.members.models import FieldVisibility, MailStop, Member, OfficeRequest, Stint

_TEXTS = [*person.TEXTS, "name_keys"]


def register() -> None:
    """Called from the app's `ready`."""
    hold(
        Holding(
            "members.Member",
            _("Profile"),
            _profile,
            _empty,
            _("your number, route and dates, so that the figures of past events stay true"),
        )
    )
    hold(Holding("members.Stint", _("Time at the company"), _stints, _drop_stints))
    hold(Holding("members.FieldVisibility", pgettext_lazy("step", "Who sees what"), _levels, _drop_levels))
    hold(Holding("members.MailStop", _("Mails that you stopped"), _mail_stops, _drop_mail_stops))
    hold(
        Holding(
            "members.OfficeRequest",
            _("Requests to the office"),
            _requests,
            lambda user: OfficeRequest.objects.filter(member__user=user).update(member=None, words="", result=""),
            _("what kind of request came and when it was done, under a number"),
        )
    )


def _profile(user: User) -> Rows:
    fields = [*_TEXTS[:-1], "is_employee", "route", "quote_default", "admitted_at"]
    return [dict(row) for row in Member.objects.filter(user=user).values("id", *fields)]


def _empty(user: User) -> int:
    return Member.objects.filter(user=user).update(
        **dict.fromkeys(_TEXTS, ""), roster_entry=None, invited_by=None, quote_default="none", left_at=clock.now()
    )


def _stints(user: User) -> Rows:
    rows = Stint.objects.filter(member__user=user).values(
        "organisation__name",
        "site__name",
        "department__name",
        "from_year",
        "from_month",
        "to_year",
        "to_month",
        "manager",
    )
    return [{key.replace("__name", ""): value for key, value in row.items()} for row in rows]


def _drop_stints(user: User) -> int:
    return Stint.objects.filter(member__user=user).delete()[0]


def _levels(user: User) -> Rows:
    return [dict(row) for row in FieldVisibility.objects.filter(member__user=user).values("field", "level")]


def _drop_levels(user: User) -> int:
    return FieldVisibility.objects.filter(member__user=user).delete()[0]


def _mail_stops(user: User) -> Rows:
    return [dict(row) for row in MailStop.objects.filter(member__user=user).values("topic", "at")]


def _drop_mail_stops(user: User) -> int:
    return MailStop.objects.filter(member__user=user).delete()[0]


def _requests(user: User) -> Rows:
    rows = OfficeRequest.objects.filter(member__user=user)
    return [dict(row) for row in rows.values("kind", "words", "asked_at", "due_on", "done_at", "result")]
