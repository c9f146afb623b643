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
    """How a person came."""

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


# The words of HR's roster and of figures that leave as data; they are fixed, whatever language a page has.
ROUTE_WORDS: dict[str, str] = {
    Route.TOLD_ON_LEAVING: "退職時に案内された",
    Route.EMPLOYEE: "現社員から聞いた",
    Route.INVITED: "アルムナイに招待された",
    Route.SEARCH: "検索して見つけた",
    Route.FLYER: "チラシ・案内を見た",
    Route.OTHER: "その他",
}


def route_of_words(words: str) -> str:
    """The route for a roster's word; `other` for words that are not on the list, empty for none."""
    found = {text: route for route, text in ROUTE_WORDS.items()}
    return found.get(words, Route.OTHER) if words else ""


class RegistrationState(TextChoices):
    DRAFT = "draft", _("not sent yet")
    SUBMITTED = "submitted", _("waiting for the office")
    ASKED_BACK = "asked_back", _("asked back")
    ADMITTED = "admitted", _("admitted")
    DECLINED = "declined", _("declined")
    WITHDRAWN = "withdrawn", pgettext_lazy("registration", "withdrawn")


class DeclineReason(TextChoices):
    """Prepared reasons; each has its own sentence in the mail. None tells whether a roster row matched."""

    NOT_ELIGIBLE = "not_eligible", _("not someone this network is for")
    NOT_CONFIRMED = "not_confirmed", _("we could not confirm the time at the company")
    DUPLICATE = "duplicate", _("already registered with another address")
    ON_REQUEST = "on_request", _("at the person's own request")


class InvitationKind(TextChoices):
    OFFICER = "officer", _("from the office")
    MEMBER = "member", _("from a member")


class RosterStanding(TextChoices):
    """May a row of the roster be invited, and if not, why?"""

    FREE = "free", _("can be invited")
    MEMBER = "member", _("member already")
    NO_ADDRESS = "no_address", _("no mail address")
    NO_MAIL = "no_mail", _("wishes no invitation")
    INVITED = "invited", _("invited already")
    UNDER_WAY = "under_way", _("registration under way")
    DECLINED = "declined", _("registration was declined")
    OFTEN = "often", _("three invitations in a week")
    DOUBLE = "double", _("same address as a row before")
    ERASED = "erased", _("erased at their own wish")


class ImportState(TextChoices):
    CHECKED = "checked", _("checked, not imported")
    IMPORTED = "imported", _("imported")
    UNDONE = "undone", _("undone")


class ConsentKind(TextChoices):
    PURPOSE = "purpose", pgettext_lazy("consent", "purpose of use")
    VISIBILITY = "visibility", pgettext_lazy("consent", "visibility of the profile")


class Visibility(TextChoices):
    """Who sees one field of a profile. The door asks for it, so the words stand here; the rule is in `members.policies`."""

    EVERYONE = "everyone", _("Everyone in the network")
    SAME_WORKPLACE = "same_workplace", _("People who worked where I did")
    OFFICE = "office", _("The office only")
    ONLY_ME = "only_me", _("Only me")


class ProfileField(TextChoices):
    """Fields with a visibility of their own. The name is seen by all members; each may hide it for one session."""

    STINTS = "stints", _("Time at the company")
    EMPLOYER = "employer", _("Where I work now")
    TITLE = "title", _("What I do now")
    COUNTRY = "country", _("Country")


DEFAULT_VISIBILITY: dict[str, str] = {
    ProfileField.STINTS: Visibility.EVERYONE,
    ProfileField.EMPLOYER: Visibility.SAME_WORKPLACE,
    ProfileField.TITLE: Visibility.EVERYONE,
    ProfileField.COUNTRY: Visibility.EVERYONE,
}
