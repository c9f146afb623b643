"""What the office types about one session."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from enishi.core.fields import PlainText
from enishi.events.forms.fields import DayField, HourField, MomentField, NumberField, VideoField, at


class WordForm(forms.Form):
    """A word to those concerned, in two languages."""

    word_ja = PlainText(
        max_length=200,
        label=_("A word to the people (Japanese)"),
        help_text=_("Stands in the mail and on the page: what happened, and why."),
        error_messages={"required": _("Please say in a sentence why. It stands in the mail.")},
    )
    word_en = PlainText(max_length=200, required=False, label=_("A word to the people (English)"))


class ExtendForm(WordForm):
    until = MomentField(label=_("Sign-up until"))
    field_order = ("until", "word_ja", "word_en")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["word_ja"].required = False
        self.fields["word_ja"].help_text = _("Stands on the page; no mail goes out.")


class MoveForm(WordForm):
    """Time, bounds and video link; the word is needed when the time changes."""

    day = DayField(label=_("Date"))
    hour = HourField(label=_("Begins"))
    minutes = NumberField(least=15, most=480, label=_("Minutes"))
    closes = MomentField(label=_("Sign-up until"))
    minimum = NumberField(least=1, most=500, label=_("Minimum"))
    maximum = NumberField(least=1, most=500, label=_("Maximum"))
    video_url = VideoField(
        label=_("Video link"), help_text=_("Shown only to those who come, from ten minutes before until the end.")
    )
    field_order = ("day", "hour", "minutes", "closes", "minimum", "maximum", "video_url", "word_ja", "word_en")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["word_ja"].required = False

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or {}
        if values.get("day") and values.get("hour"):
            values["starts_at"] = at(values["day"], values["hour"])
        return values
