"""What the door keeps of a person who asked to join: the claim, invitations, the row of the roster."""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from enishi.accounts.models import ImportRun, Invitation, Registration, RosterEntry, User
from enishi.core import person
from enishi.core.personal_data import Holding, Rows
from enishi.core.personal_data import register as hold

_CLAIM = [
    "email",
    "employee_number",
    *person.NAME,
    "joined_year",
    "joined_month",
    "left_year",
    "left_month",
    "stints",
    *person.WORK,
    "zone",
    "language",
    "route",
    "route_words",
    "visibility",
    "purpose_version",
    "state",
    "submitted_at",
    "decided_at",
    "question",
    "answer",
]
_ROSTER = [
    "employee_number",
    "family_name",
    "given_name",
    "family_kana",
    "given_kana",
    "email",
    "joined_on",
    "left_on",
    "stints",
    "manager",
    *person.WORK,
    "zone",
    "route",
    "no_mail_at",
]


def register() -> None:
    """Called from the app's `ready`."""
    hold(Holding("accounts.Registration", _("Registration"), _claims, _forget_claims))
    hold(Holding("accounts.Invitation", _("Invitations"), _invitations, _forget_invitations))
    hold(Holding("accounts.RosterEntry", _("Row of the company's roster"), _roster, _forget_roster))
    hold(
        Holding(
            "accounts.ImportRun",
            _("Imports of the roster that you made"),
            lambda user: [
                dict(row) for row in ImportRun.objects.filter(by=user).values("id", "at", "state", "created")
            ],
            lambda user: 0,
            _("which imports were made, under a number"),
        )
    )


def _mine(user: User) -> Q:
    return Q(user=user) | (Q(email__iexact=user.email) if user.email else Q(pk=None))


def _claims(user: User) -> Rows:
    return [dict(row) for row in Registration.objects.filter(_mine(user)).values(*_CLAIM)]


def _forget_claims(user: User) -> int:
    return Registration.objects.filter(_mine(user)).delete()[0]


def _invitations(user: User) -> Rows:
    """Those to this person, and that they invited others; the others' names and addresses are not theirs to export."""
    to_me = Invitation.objects.filter(email__iexact=user.email).values("kind", "words", "created_at", "used_at")
    by_me = Invitation.objects.filter(invited_by=user).values("kind", "words", "created_at", "used_at", "revoked_at")
    return [{"direction": "received", **row} for row in to_me] + [{"direction": "sent", **row} for row in by_me]


def _forget_invitations(user: User) -> int:
    """Those to this person go; those they sent end, and lose the words and the signature."""
    sent = Invitation.objects.filter(invited_by=user)
    unused = sent.filter(used_at=None).delete()[0]
    return unused + sent.update(words="", signed="") + Invitation.objects.filter(email__iexact=user.email).delete()[0]


def _roster(user: User) -> Rows:
    return [dict(row) for row in RosterEntry.objects.filter(_roster_of(user)).values(*_ROSTER)]


def _forget_roster(user: User) -> int:
    return RosterEntry.objects.filter(_roster_of(user)).delete()[0]


def _roster_of(user: User) -> Q:
    """The row that was tied to this person when they were admitted."""
    taken: Any = Registration.objects.filter(user=user).values("claimed_entry")
    return Q(pk__in=taken) | Q(member__user=user)
