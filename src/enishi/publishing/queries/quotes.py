"""The voices of a report as they appear at this moment: each one is asked of the ledger again."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from enishi.core import dates
from enishi.feedback.choices import Attribution, VoiceField
from enishi.feedback.models import Answer
from enishi.feedback.queries import voices
from enishi.publishing import guard
from enishi.publishing.models import Report
from enishi.publishing.queries.figures import Figures


@dataclass(frozen=True)
class Quote:
    """One sentence, signed as it will be read."""

    answer_id: int
    field: VoiceField
    text: str
    about: str
    signed: str
    named: bool

    @property
    def key(self) -> str:
        """How the office's form calls it."""
        return f"{self.answer_id}-{self.field}"


def shown(report: Report, figures: Figures, seen: guard.Published) -> list[Quote]:
    """The chosen voices whose consent stands now, in the office's order."""
    ready = {(quote.answer_id, quote.field.value): quote for quote in allowed(figures, seen)}
    chosen = report.voices.values_list("answer_id", "field")
    return [ready[key] for key in chosen if key in ready]


def allowed(figures: Figures, seen: guard.Published) -> list[Quote]:
    """Every sentence of those who came that may be quoted now."""
    return [
        _quote(sentence, figures, seen)
        for answer in figures.answers
        for sentence in voices.sentences(answer, figures.lines)
        if sentence.may_be_quoted
    ]


def _quote(sentence: voices.Sentence, figures: Figures, seen: guard.Published) -> Quote:
    named = sentence.attribution == Attribution.NAMED
    return Quote(
        answer_id=sentence.answer.pk,
        field=sentence.field,
        text=sentence.text,
        about=str(sentence.field.label),
        signed=dates.person(sentence.answer.member.name) if named else _anonymously(sentence.answer, figures, seen),
        named=named,
    )


def _anonymously(answer: Answer, figures: Figures, seen: guard.Published) -> str:
    """No name; the field only while its own cell is published and the person does not hide it."""
    person = figures.by_member.get(answer.member_id)
    shown_fields = seen.tables["fields"].cells if "fields" in seen.tables else {}
    if person and person.may_say_field and person.employer in shown_fields:
        return _("A participant (%(field)s)") % {"field": person.employer}
    return _("A participant")
