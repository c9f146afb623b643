"""The ledger of who allowed what: lines are added, nothing is changed."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from enishi.core import audit, clock
from enishi.feedback.choices import Attribution, VoiceField
from enishi.feedback.models import Answer, VoiceConsent
from enishi.feedback.queries import voices

# The words of consent that the form shows. Another sense of them is another version.
VERSION = 1


@transaction.atomic
def give(answer: Answer, *, field: str, attribution: str, by: Any = None) -> VoiceConsent | None:
    """Say how one sentence may be quoted from now on; `none` withdraws. None when the ledger says so already."""
    if field not in VoiceField.values or attribution not in Attribution.values:
        raise ValidationError(_("Choose one of the three ways to be quoted."))
    if not answer.sentence(field):
        raise ValidationError(_("You wrote nothing here, so there is nothing to quote."))
    line = add_line(answer, field=field, attribution=attribution, lines=voices.newest_lines([answer]))
    if line is not None:
        audit.record("voice.consent-given", by=by, about=line, answer=answer.pk, attribution=attribution)
    return line


def add_line(answer: Answer, *, field: str, attribution: str, lines: voices.Lines) -> VoiceConsent | None:
    """A line for the sentence as it stands now, unless the newest one says the same of the same words."""
    fingerprint = voices.sentence_hash(answer.sentence(field))
    newest = lines.get((answer.pk, field))
    if newest and (newest.attribution, newest.sentence_hash) == (attribution, fingerprint):
        return None
    if newest is None and attribution == Attribution.NONE:
        return None  # never allowed, still not allowed
    return VoiceConsent.objects.create(
        answer=answer,
        member_number=answer.member_id,
        field=field,
        attribution=attribution,
        version=VERSION,
        sentence_hash=fingerprint,
    )


def forget_old() -> int:
    """Delete lines of erased answers after three years; returns how many."""
    return VoiceConsent.objects.filter(answer=None, at__lt=clock.now() - VoiceConsent.KEPT).delete()[0]
