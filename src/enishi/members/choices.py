"""Who sees a field, and which fields there are."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Visibility(TextChoices):
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
