"""Writing down what someone said, and taking it away again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from enishi.core import audit, clock
from enishi.events.models import EventSeries
from enishi.feedback import policies
from enishi.feedback.actions import consents
from enishi.feedback.choices import Attribution, ThemeKind, VoiceField
from enishi.feedback.models import Answer, Theme
from enishi.feedback.queries import voices
from enishi.members.models import Member


@dataclass(frozen=True)
class Said:
    """One filled-in form. `attribution` None leaves each sentence as it was; words that changed are then not quoted."""

    satisfaction: int | None = None
    noticed: str = ""
    want_theme: Theme | None = None
    want: str = ""
    liked: str = ""
    next_theme: Theme | None = None
    next: str = ""
    attribution: str | None = Attribution.NONE


@transaction.atomic
def save(series: EventSeries, *, member: Member, said: Said, by: Any = None) -> Answer:
    """Write or rewrite a person's answer; each sentence that was given gets its line in the ledger.

    Raises ValidationError for someone who was not there, and for a value outside its list.
    """
    _check(series, member, said)
    now = clock.now()
    answer, created = Answer.objects.get_or_create(
        series=series, member=member, defaults={"created_at": now, "changed_at": now}
    )
    for name in ("satisfaction", "want_theme", "next_theme", *VoiceField.values):
        setattr(answer, name, getattr(said, name))
    answer.changed_at = now
    answer.save()
    _write_consents(answer, said.attribution)
    audit.record("answer.written" if created else "answer.changed", by=by, about=answer, series=series.pk)
    return answer


@transaction.atomic
def correct_themes(answer: Answer, *, want: Theme | None, next_: Theme | None, by: Any) -> Answer:
    """The office sorts an answer under other themes; the words stay as they were written."""
    _check_theme(want, ThemeKind.WANT)
    _check_theme(next_, ThemeKind.NEXT)
    answer.want_theme, answer.next_theme = want, next_
    answer.save(update_fields=["want_theme", "next_theme"])
    audit.record(
        "answer.themes-corrected", by=by, about=answer, want=want.pk if want else None, next=next_.pk if next_ else None
    )
    return answer


@transaction.atomic
def erase_of(member: Member, *, by: Any = None) -> int:
    """Delete a person's answers. Whatever was allowed is withdrawn first, so that the ledger tells how it ended."""
    answers = list(Answer.objects.filter(member=member))
    lines = voices.newest_lines(answers)
    for answer in answers:
        for (answer_id, field), line in lines.items():
            if answer_id == answer.pk and line.attribution != Attribution.NONE:
                consents.add_line(answer, field=field, attribution=Attribution.NONE, lines=lines)
    count = len(answers)
    Answer.objects.filter(member=member).delete()
    if count:
        audit.record("answers.erased", by=by, about=member, count=count)
    return count


def _check(series: EventSeries, member: Member, said: Said) -> None:
    if not policies.can_answer(member, series):
        raise ValidationError(_("Only those who were there can answer."))
    if said.satisfaction is not None and said.satisfaction not in range(1, 6):
        raise ValidationError(_("Choose a number from 1 to 5."))
    if said.attribution is not None and said.attribution not in Attribution.values:
        raise ValidationError(_("Choose one of the three ways to be quoted."))
    _check_theme(said.want_theme, ThemeKind.WANT)
    _check_theme(said.next_theme, ThemeKind.NEXT)


def _check_theme(theme: Theme | None, kind: ThemeKind) -> None:
    if theme is not None and theme.kind != kind:
        raise ValidationError(_("This theme belongs to the other list. Choose one from this list."))


def _write_consents(answer: Answer, attribution: str | None) -> None:
    lines = voices.newest_lines([answer])
    written = [field for field in VoiceField if answer.sentence(field)]
    emptied = [field for field in VoiceField if field not in written and (answer.pk, field.value) in lines]
    if written:
        for field in emptied:  # the same words typed again later need a consent of their own
            consents.add_line(answer, field=field, attribution=Attribution.NONE, lines=lines)
    if attribution is not None:
        for field in written or [VoiceField.NOTICED]:
            consents.add_line(answer, field=field, attribution=attribution, lines=lines)
