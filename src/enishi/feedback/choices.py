"""What an answer can say."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class ThemeKind(TextChoices):
    WANT = "want", _("what I want to do here")
    NEXT = "next", _("what next")


class Attribution(TextChoices):
    """How a voice may be quoted."""

    NAMED = "named", pgettext_lazy("quote", "with my name")
    ANONYMOUS = "anonymous", pgettext_lazy("quote", "without my name")
    NONE = "none", pgettext_lazy("quote", "do not quote me")


class VoiceField(TextChoices):
    NOTICED = "noticed", _("What I noticed after leaving")
    WANT = "want", _("What I want to do here")
    LIKED = "liked", _("What I liked")
    NEXT = "next", _("What next")


class Audience(TextChoices):
    MEMBERS = "members", _("members of this network")
    PUBLIC = "public", _("everyone")
