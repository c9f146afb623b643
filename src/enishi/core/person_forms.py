"""What a person is asked about themselves, at the door and on their own page alike: name, work now, and time here.

Nothing here is changed on the way in, but the width and kind of kana.
"""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from enishi.core import dates
from enishi.core.fields import KanaText, PlainText
from enishi.core.rows import SpanForm
from enishi.core.zone_field import ZoneField


def own_zone(*, guess: bool = False) -> ZoneField:
    """The zone that a person reads hours in; `guess` takes the browser's where none was chosen."""
    return ZoneField(
        label=gettext_lazy("Time zone"),
        required=False,
        empty=dates.zone_of_network,
        guess=guess,
        help_text=gettext_lazy("Hours of events are shown in Japan time and in this zone."),
    )


class PersonForm(forms.Form):
    """A name as the person writes it, and what they do now; the stints stand in rows of their own."""

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
    roman = PlainText(label=gettext_lazy("Name in Latin letters"), max_length=120, required=False)
    employer = PlainText(label=gettext_lazy("Where you work now"), max_length=200, required=False)
    title = PlainText(label=gettext_lazy("What you do now"), max_length=200, required=False)
    country = PlainText(
        label=gettext_lazy("Country you live in"),
        max_length=60,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "country-name"}),
    )
    zone = own_zone()


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
