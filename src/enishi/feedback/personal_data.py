"""What feedback keeps of a person, and what becomes of it."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from enishi.core import personal_data
from enishi.feedback.actions import answers
from enishi.feedback.choices import VoiceField
from enishi.feedback.models import Answer, VoiceConsent
from enishi.members.models import Member


def register() -> None:
    personal_data.register(
        personal_data.Holding(
            model="feedback.Answer",
            title=_("What I said after sessions"),
            collect=_answers,
            erase=_erase,
        )
    )
    personal_data.register(
        personal_data.Holding(
            model="feedback.VoiceConsent",
            title=_("How I allowed my sentences to be quoted"),
            collect=_consents,
            erase=lambda user: 0,
            kept=_(
                "The lines stay for three years without the sentences, as numbers alone: the law asks for a record of what"
                " was shown to whom."
            ),
        )
    )


def _answers(user: Any) -> personal_data.Rows:
    return [
        {
            "series": str(answer.series),
            "satisfaction": answer.satisfaction,
            **{field.value: answer.sentence(field) for field in VoiceField},
            "want_theme": answer.want_theme.name if answer.want_theme else "",
            "next_theme": answer.next_theme.name if answer.next_theme else "",
            "written_at": answer.created_at.isoformat(),
            "changed_at": answer.changed_at.isoformat(),
        }
        for answer in Answer.objects.filter(member__user=user).select_related("series", "want_theme", "next_theme")
    ]


def _consents(user: Any) -> personal_data.Rows:
    numbers = Member.objects.filter(user=user).values("pk")
    return [
        {
            "sentence": line.field,
            "attribution": line.attribution,
            "audience": line.audience,
            "version": line.version,
            "at": line.at.isoformat(),
        }
        for line in VoiceConsent.objects.filter(member_number__in=numbers).order_by("pk")
    ]


def _erase(user: Any) -> int:
    member = Member.objects.filter(user=user).first()
    return answers.erase_of(member) if member else 0
