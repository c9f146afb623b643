"""The three steps of asking to join."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from enishi.accounts.choices import DEFAULT_VISIBILITY, ProfileField, Route, Visibility
from enishi.core import dates
from enishi.core.fields import FoldedText, KanaText, MailField, PlainText
from enishi.core.rows import SpanForm
from enishi.core.zone_field import ZoneField


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


class NameForm(forms.Form):
    """A name as the person writes it. Nothing here is changed on the way in, but the width and kind of kana."""

    family_name = PlainText(
        label=gettext_lazy("Family name"),
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "family-name"}),
        error_messages={"required": gettext_lazy("Please enter your family name.")},
    )
    given_name = PlainText(
        label=gettext_lazy("Given name"),
        max_length=60,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "given-name"}),
    )
    family_kana = KanaText(label=gettext_lazy("Reading of the family name"), max_length=60, required=False)
    given_kana = KanaText(label=gettext_lazy("Reading of the given name"), max_length=60, required=False)
    former_family = PlainText(
        label=gettext_lazy("Family name at the time"),
        max_length=60,
        required=False,
        help_text=gettext_lazy(
            "If it was another one. It is shown beside your name, so that former colleagues find you."
        ),
    )
    roman = PlainText(
        label=gettext_lazy("Name in Latin letters"),
        max_length=120,
        required=False,
    )


class WorkStepForm(NameForm):
    """Who the person is, and what they do now; the stints stand in rows of their own."""

    employee_number = FoldedText(
        label=gettext_lazy("Employee number"),
        max_length=40,
        required=False,
        help_text=gettext_lazy("If you remember it, the office can check more quickly."),
    )
    employer = PlainText(label=gettext_lazy("Where you work now"), max_length=200, required=False)
    title = PlainText(label=gettext_lazy("What you do now"), max_length=200, required=False)
    country = PlainText(
        label=gettext_lazy("Country you live in"),
        max_length=60,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "country-name"}),
    )
    zone = ZoneField(
        label=gettext_lazy("Time zone"),
        required=False,
        empty=dates.zone_of_network,
        guess=True,
        help_text=gettext_lazy("Hours of events are shown in Japan time and in this zone."),
    )


class StintForm(SpanForm):
    """One span at one place."""

    site = PlainText(label=gettext_lazy("Site"), max_length=120, required=False)
    department = PlainText(label=gettext_lazy("Department"), max_length=120, required=False)
    manager = PlainText(
        label=gettext_lazy("Manager"),
        max_length=120,
        required=False,
        help_text=gettext_lazy("Never shown to anyone; only used to find what people share."),
    )
    field_order = ("site", "department", "from_year", "from_month", "to_year", "to_month", "until_now", "manager")

    def clean(self) -> dict[str, Any]:
        values = super().clean()
        if not self.errors and not (values.get("site") or values.get("department")):
            self.add_error("site", ValidationError(_("Please give the site or the department.")))
        if not self.errors and not values.get("to_year") and not values.get("until_now"):
            self.add_error("to_year", ValidationError(_("Please give the year, or tick “Until now”.")))
        return values


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
