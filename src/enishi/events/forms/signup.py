"""What a member types when signing up, and later."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from enishi.events.models import EventSession

NOTE_LENGTH = 200


class NoteForm(forms.Form):
    """The word to the host, and whether the name is shown before the room opens."""

    note = forms.CharField(
        label=_("What you would like to talk about"),
        help_text=_("Read by the host alone. Up to 200 characters."),
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
    """Any number of sessions of one series in one submit."""

    session = forms.MultipleChoiceField(
        label=_("Dates"), error_messages={"required": _("Please choose at least one date.")}
    )

    def __init__(self, *args: Any, sessions: list[EventSession], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by_key = {str(each.pk): each for each in sessions}
        field = self.fields["session"]
        assert isinstance(field, forms.MultipleChoiceField)  # noqa: S101 - for the type checker
        field.choices = [(key, key) for key in self.by_key]
        field.error_messages["invalid_choice"] = _(
            "One of the chosen dates is not part of this event. Please choose again."
        )

    def clean_session(self) -> list[EventSession]:
        chosen = self.cleaned_data["session"]
        if not chosen:
            raise ValidationError(_("Please choose at least one date."))
        return [self.by_key[key] for key in dict.fromkeys(chosen)]
