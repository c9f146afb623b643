"""Whom of the roster to invite, and with which letter."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from enishi.accounts.choices import RosterStanding
from enishi.accounts.models import RegistrationRoute
from enishi.accounts.queries.roster import Wanted
from enishi.core.fields import FoldedText, PlainText, YearField

SURE_ABOVE = 100


class FindForm(forms.Form):
    """Which rows to list. Sent by GET, so that a list has an address."""

    q = PlainText(label=_("Name, employee number or mail address"), max_length=100, required=False)
    standing = forms.ChoiceField(
        label=_("Invitation"),
        required=False,
        choices=[
            ("", _("all")),
            *((each.value, each.label) for each in RosterStanding if each not in ("double", "erased")),
        ],
    )
    left_from = YearField(label=_("Left from (year)"), required=False)
    left_to = YearField(label=_("Left until (year)"), required=False)

    def wanted(self) -> Wanted:
        values = self.cleaned_data
        return Wanted(values["q"], values["standing"], values["left_from"], values["left_to"])


class LetterForm(forms.Form):
    """The letter's words and language, the code it is counted under, and that the ground covers it."""

    words = PlainText(
        label=_("A few words"),
        max_length=400,
        required=False,
        widget=forms.Textarea,
        help_text=_("They stand below the first sentence of the letter."),
    )
    language = forms.ChoiceField(label=_("Language of the mail"), choices=settings.LANGUAGES)
    code = forms.ChoiceField(
        label=_("Counted under the code"),
        required=False,
        help_text=_("On the page “Routes” you see how many of them registered, were admitted and came."),
    )
    number = FoldedText(label=_("To be sure: the number of people"), max_length=10, required=False)
    covered = forms.BooleanField(
        label=_("The ground of the roster covers writing to these people."),
        error_messages={"required": _("Please tick this, or leave out whom it does not cover.")},
    )

    def __init__(self, *args: Any, people: int, new_code: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = people
        codes = RegistrationRoute.objects.filter(closed_at=None).order_by("-created_at", "-pk")[:100]
        self.fields["code"].choices = [  # type: ignore[attr-defined]
            ("", gettext("A new one: %(label)s") % {"label": new_code}),
            *((str(row.pk), row.label) for row in codes),
        ]
        if people <= SURE_ABOVE:
            del self.fields["number"]

    def clean_number(self) -> str:
        number: str = self.cleaned_data["number"]
        if number.removesuffix("名").replace(",", "").strip() != str(self.people):
            raise ValidationError(_("The letter goes to %(people)d people. Please enter that number.") % vars(self))
        return number

    def only_words(self) -> None:
        """Before sending, only what is typed so far is looked at."""
        self.full_clean()
        for name in ("covered", "number"):
            self.errors.pop(name, None)
