"""The three steps of asking to join."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from enishi.accounts.choices import DEFAULT_VISIBILITY, ProfileField, Route, Visibility
from enishi.core import person
from enishi.core.fields import FoldedText, MailField, PlainText
from enishi.core.person_forms import PersonForm, own_zone


class MailStepForm(forms.Form):
    """Where to reach the person, and how they came."""

    email = MailField(
        label=gettext_lazy("Mail address"),
        help_text=gettext_lazy("A private address that you will still have in some years. You sign in with it."),
    )
    route = forms.ChoiceField(
        label=gettext_lazy("How did you hear of us?"),
        choices=Route.choices,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Please choose how you heard of us.")},
    )
    route_words = PlainText(label=gettext_lazy("More about it, if you like"), max_length=120, required=False)


class CodeForm(forms.Form):
    """The six digits of the mail, in any width and with spaces."""

    code = FoldedText(
        label=gettext_lazy("Code from the mail"),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}),
        error_messages={"required": gettext_lazy("Please enter the six digits from the mail.")},
    )

    def clean_code(self) -> str:
        return str(self.cleaned_data["code"]).replace(" ", "").replace("-", "")


class WorkStepForm(PersonForm):
    """Who the person is, and what they do now; the browser's zone is offered."""

    employee_number = FoldedText(
        label=gettext_lazy("Employee number"),
        max_length=40,
        required=False,
        help_text=gettext_lazy("If you remember it, the office can check more quickly."),
    )
    zone = own_zone(guess=True)
    field_order = (*person.NAME, "employee_number")


class VisibilityForm(forms.Form):
    """Who sees each field."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for value, label in ProfileField.choices:
            self.fields[value] = forms.ChoiceField(
                label=label, choices=Visibility.choices, initial=DEFAULT_VISIBILITY[value]
            )


class AgreementForm(VisibilityForm):
    """The last step: visibility, and the purpose of use."""

    agreed = forms.BooleanField(
        label=gettext_lazy("I agree that my data is used for this purpose"),
        error_messages={
            "required": gettext_lazy(
                "Please read the purpose of use and tick the box. We cannot take the registration without it."
            )
        },
    )


class AnswerForm(forms.Form):
    """The answer to a question of the office."""

    answer = PlainText(
        label=gettext_lazy("Your answer"),
        max_length=400,
        widget=forms.Textarea,
        error_messages={"required": gettext_lazy("Please write an answer.")},
    )
