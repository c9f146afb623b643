"""What an answer can say."""

from __future__ import annotations

from django.db.models import Q, TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from enishi.events.choices import SessionState, SignupState

# A sign-up that counts as having been there: the session was held, the seat was booked, and nobody took down an absence.
ATTENDED = Q(session__state=SessionState.HELD, state=SignupState.BOOKED) & ~Q(attended=False)


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
