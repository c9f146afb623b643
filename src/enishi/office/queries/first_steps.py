"""What an owner does first in a new network: each step is ticked by what is really there, and all go when all are done."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from enishi.accounts import policies
from enishi.accounts.choices import RoleKind
from enishi.accounts.models import Invitation, Registration, RegistrationRoute, Role, RosterEntry, User
from enishi.core import network
from enishi.events.models import EventSeries
from enishi.feedback.models import Theme
from enishi.members.models import Member


@dataclass(frozen=True)
class Step:
    """One thing to do: its words, why, where, and whether it is done."""

    title: str
    why: str
    url: str
    done: bool


def steps(owner: User) -> list[Step]:
    """For an owner's eyes; empty when all is done."""
    if not policies.can_grant_roles(owner):
        return []
    found = [
        Step(
            _("Name the network and its purpose"),
            _("Everyone who registers agrees to the purpose of use."),
            reverse("office:settings"),
            network.find() is not None,
        ),
        Step(
            _("Bring HR's roster"),
            _("Registrations are checked against it. Without one, you check them by hand and this step ends with the first admission."),
            reverse("office:roster"),
            _someone_to_check(),
        ),
        Step(
            _("Look at the themes"),
            _("After a session people choose from them what they would like next."),
            reverse("feedback:office-themes"),
            Theme.objects.exists(),
        ),
        Step(
            _("Invite colleagues to the office"),
            _("So that no duty hangs on one person. Choose the duty in the invitation."),
            reverse("accounts:office-invitations"),
            _has_colleagues(owner),
        ),
        Step(
            _("Make the first series"),
            _("A ready get-together: small sessions, four prompts. Change the dates, and it can be announced."),
            reverse("events:office-series-create"),
            EventSeries.objects.exists(),
        ),
        Step(
            _("Hand out the link"),
            _("Make a code for a flyer or a post, or invite people of the roster."),
            reverse("accounts:office-routes"),
            _door_is_known(),
        ),
    ]  # fmt: skip
    return [] if all(step.done for step in found) else found


def _someone_to_check() -> bool:
    return RosterEntry.objects.exists() or Member.objects.filter(is_employee=False).exists()


def _has_colleagues(owner: User) -> bool:
    office = (RoleKind.OWNER, RoleKind.OFFICER)
    if Role.objects.held_now().filter(kind__in=office).exclude(user=owner).exists():
        return True
    return Invitation.objects.filter(role__in=office, revoked_at=None).exists()


def _door_is_known() -> bool:
    return (
        RegistrationRoute.objects.exists()
        or Registration.objects.exists()
        or Invitation.objects.filter(role="", revoked_at=None).exists()
    )
