"""What may be quoted, read from the ledger each time: the newest line of a sentence counts, if it covers the words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from enishi.core import tokens
from enishi.feedback.choices import Attribution, VoiceField
from enishi.feedback.models import Answer, VoiceConsent

Lines = dict[tuple[int, str], VoiceConsent]
WIDEST_FIRST = (Attribution.NAMED, Attribution.ANONYMOUS)


@dataclass(frozen=True)
class Sentence:
    """One sentence of one answer, and how it may be quoted now."""

    answer: Answer
    field: VoiceField
    text: str
    attribution: Attribution

    @property
    def may_be_quoted(self) -> bool:
        return self.attribution != Attribution.NONE


def sentence_hash(sentence: str) -> str:
    """The fingerprint that a consent covers (SHA-256)."""
    return tokens.hashed(sentence)


def newest_lines(answers: Iterable[Answer]) -> Lines:
    """Of each answer and field the line written last. The key's order is the order of writing, whatever the clock said."""
    lines: Lines = {}
    for line in VoiceConsent.objects.filter(answer__in=[answer.pk for answer in answers]).order_by("pk"):
        if line.answer_id is not None:
            lines[line.answer_id, line.field] = line
    return lines


def attribution(answer: Answer, field: str, lines: Lines) -> Attribution:
    """How this sentence may be quoted: none unless the newest line says otherwise and was given for these very words."""
    line = lines.get((answer.pk, field))
    if line is None:
        return Attribution.NONE
    if line.sentence_hash != sentence_hash(answer.sentence(field)):
        return Attribution.NONE
    return Attribution(line.attribution)


def sentences(answer: Answer, lines: Lines) -> list[Sentence]:
    """The sentences that were written, in the order of the form."""
    return [
        Sentence(answer, field, answer.sentence(field), attribution(answer, field, lines))
        for field in VoiceField
        if answer.sentence(field)
    ]


def of_person(answer: Answer, lines: Lines) -> Attribution:
    """One word for the whole person: the widest that any of their sentences has now.

    Someone who wrote no sentence still made a choice; it stands on a line for the empty one.
    """
    written = [field for field in VoiceField if answer.sentence(field)] or list(VoiceField)
    held = {attribution(answer, field, lines) for field in written}
    return next((each for each in WIDEST_FIRST if each in held), Attribution.NONE)
