"""The words of the door: roles, routes, states."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class RoleKind(TextChoices):
    OWNER = "owner", _("Owner")
    OFFICER = "officer", _("Officer")
    HOST = "host", _("Host")
    REHIRE = "rehire", _("Rehire contact")
    OBSERVER = "observer", _("Observer")


class Route(TextChoices):
    """How a person came. The Japanese words of the roster are in the catalogue's place of honour: see `roster`."""

    TOLD_ON_LEAVING = "told_on_leaving", _("I was told when I left")
    EMPLOYEE = "employee", _("An employee told me")
    INVITED = "invited", _("An alumnus invited me")
    SEARCH = "search", _("I found it by search")
    FLYER = "flyer", _("I saw a flyer or post")
    OTHER = (
        "other",
        _(
            "Other",
        ),
    )


class RegistrationState(TextChoices):
    DRAFT = "draft", _("not sent yet")
    SUBMITTED = "submitted", _("waiting for the office")
    ASKED_BACK = "asked_back", _("asked back")
    ADMITTED = "admitted", _("admitted")
    DECLINED = "declined", _("declined")
    WITHDRAWN = "withdrawn", _("withdrawn")


class DeclineReason(TextChoices):
    """Prepared reasons; each has its own sentence in the mail. None tells whether a roster row matched."""

    NOT_ELIGIBLE = "not_eligible", _("not someone this network is for")
    NOT_CONFIRMED = "not_confirmed", _("we could not confirm the time at the company")
    DUPLICATE = "duplicate", _("already registered with another address")
    ON_REQUEST = "on_request", _("at the person's own request")


class InvitationKind(TextChoices):
    OFFICER = "officer", _("from the office")
    MEMBER = "member", _("from a member")


class ImportState(TextChoices):
    CHECKED = "checked", _("checked, not imported")
    IMPORTED = "imported", _("imported")
    UNDONE = "undone", _("undone")


class ConsentKind(TextChoices):
    PURPOSE = "purpose", pgettext_lazy("consent", "purpose of use")
    VISIBILITY = "visibility", pgettext_lazy("consent", "visibility of the profile")
