"""All that the office writes about a series, on one page: words, dates, programme."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db import models
from django.utils.translation import gettext_lazy

from enishi.core.fields import PlainText
from enishi.core.rows import Rows, Together
from enishi.events.actions.series_input import SeriesInput
from enishi.events.forms.series_rows import SegmentRow, SessionRow, of_segment, of_session, to_segment, to_session
from enishi.members.models import Member

MOST_SESSIONS, MOST_SEGMENTS = 30, 12


class WordsForm(forms.Form):
    """Title, purpose and text in two languages; English may be left out."""

    title_ja = PlainText(
        max_length=80,
        label=gettext_lazy("Title (Japanese)"),
        error_messages={"required": gettext_lazy("Please give the event a title.")},
    )
    title_en = PlainText(max_length=80, required=False, label=gettext_lazy("Title (English)"))
    common_name_ja = PlainText(max_length=40, required=False, label=gettext_lazy("What people call it (Japanese)"))
    common_name_en = PlainText(max_length=40, required=False, label=gettext_lazy("What people call it (English)"))
    purpose_ja = PlainText(
        max_length=200,
        label=gettext_lazy("Purpose in one sentence (Japanese)"),
        error_messages={"required": gettext_lazy("Please say in one sentence what the event is for.")},
    )
    purpose_en = PlainText(max_length=200, required=False, label=gettext_lazy("Purpose in one sentence (English)"))
    text_ja = PlainText(
        max_length=4000, required=False, widget=forms.Textarea, label=gettext_lazy("More about it (Japanese)")
    )
    text_en = PlainText(
        max_length=4000, required=False, widget=forms.Textarea, label=gettext_lazy("More about it (English)")
    )


class SeriesForms:
    """The three parts of the page, checked together."""

    def __init__(self, *, data: Any = None, initial: SeriesInput | None = None) -> None:
        # Read once for all rows of the table.
        self.row: type[SessionRow] = type("SessionRow", (SessionRow,), {"people": list(possible_hosts())})
        first = initial or SeriesInput(title_ja="", purpose_ja="")
        self.words = WordsForm(data, initial=_words(first), use_required_attribute=False)
        self.sessions: Rows[SessionRow] = Rows(
            self.row,
            prefix="session",
            data=data,
            initial=[of_session(each) for each in first.sessions],
            most=MOST_SESSIONS,
        )
        self.segments: Rows[SegmentRow] = Rows(
            SegmentRow,
            prefix="segment",
            data=data,
            initial=[of_segment(each) for each in first.segments],
            most=MOST_SEGMENTS,
        )

    def edited(self, data: Any) -> bool:
        """Was a button for adding or removing a row pressed? Then the rows are as it asks."""
        sessions = Rows.edited(self.row, prefix="session", data=data, most=MOST_SESSIONS)
        segments = Rows.edited(SegmentRow, prefix="segment", data=data, most=MOST_SEGMENTS)
        if sessions is None and segments is None:
            return False
        typed_words = {name: data.get(name, "") for name in self.words.fields}
        self.words = WordsForm(initial=typed_words, use_required_attribute=False)
        self.sessions = sessions or _unbound(self.sessions, self.row, "session", MOST_SESSIONS)
        self.segments = segments or _unbound(self.segments, SegmentRow, "segment", MOST_SEGMENTS)
        return True

    def is_valid(self) -> bool:
        return all([self.words.is_valid(), self.sessions.is_valid(), self.segments.is_valid()])

    @property
    def together(self) -> Together:
        return Together(self.words, *self.sessions.forms, *self.segments.forms)

    def data(self) -> SeriesInput:
        """After `is_valid`."""
        return SeriesInput(
            **self.words.cleaned_data,
            sessions=[to_session(row) for row in self.sessions.cleaned()],
            segments=[to_segment(row) for row in self.segments.cleaned()],
        )


def possible_hosts() -> models.QuerySet[Member]:
    """Members with a duty in the office."""
    from enishi.accounts.models import Role

    held = Role.objects.held_now().values("user")
    return Member.objects.present().filter(user__in=held).order_by("family_kana", "pk")


def _unbound(rows: Rows[Any], kind: Any, prefix: str, most: int) -> Rows[Any]:
    return Rows(kind, prefix=prefix, initial=[form.typed() for form in rows.typed_forms()], most=most)


def _words(data: SeriesInput) -> dict[str, str]:
    return {name: getattr(data, name) for name in WordsForm.base_fields}
