"""What a member types when signing up, and later."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

NOTE_LENGTH = 200


class NoteForm(forms.Form):
    """The word to the host, and whether the name is shown before the room opens."""

    note = forms.CharField(
        label=_("What you would like to talk about"),
        help_text=_("Read by the host and the office alone. Up to 200 characters."),
        max_length=NOTE_LENGTH,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={
            "max_length": _("This is longer than 200 characters. Please shorten it; all you typed is still here.")
        },
    )
    hide_name = forms.BooleanField(
        label=_("Hide my name from the others until the room opens"),
        help_text=_("The office and the host see it."),
        required=False,
    )

    def clean_note(self) -> str:
        return " ".join(self.cleaned_data["note"].split())


class SignupForm(NoteForm):
    """Any number of sessions in one submit, by their keys: whether the series has them, the sign-up itself finds out."""

    session = forms.TypedMultipleChoiceField(
        label=_("Dates"),
        coerce=int,
        error_messages={
            "required": _("Please choose at least one date."),
            "invalid_choice": _("One of the chosen dates is not part of this event. Please choose again."),
        },
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named = self.data.getlist("session") if self.is_bound else []  # type: ignore[attr-defined]
        field = self.fields["session"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - for the type checker
        field.choices = [(key, key) for key in named if is_key(key)]

    def clean_session(self) -> list[int]:
        return list(dict.fromkeys(self.cleaned_data["session"]))


def is_key(text: str) -> bool:
    """Can it be a row's key? What is longer would not fit into the database's numbers."""
    return text.isascii() and text.isdigit() and len(text) <= 18
