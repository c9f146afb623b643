"""One's own profile: who I am, when I was here, what I do now, who sees it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from enishi.core import dates
from enishi.core.fields import KanaText, PlainText
from enishi.core.rows import SpanForm
from enishi.core.zone_field import ZoneField
from enishi.members.choices import DEFAULT_VISIBILITY, ProfileField, Visibility

SEEN = "seen_"


class ProfileForm(forms.Form):
    """All but the stints, which stand in rows. `seen_<field>` is who sees that field."""

    family_name = PlainText(
        label=gettext_lazy("Family name"),
        max_length=60,
        error_messages={"required": gettext_lazy("Please enter your family name.")},
    )
    given_name = PlainText(label=gettext_lazy("Given name"), max_length=60, required=False)
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
    country = PlainText(label=gettext_lazy("Country you live in"), max_length=60, required=False)
    zone = ZoneField(
        label=gettext_lazy("Time zone"),
        required=False,
        empty=dates.zone_of_network,
        help_text=gettext_lazy("Hours of events are shown in Japan time and in this zone."),
    )
    language = forms.ChoiceField(label=gettext_lazy("Language of pages and mails"), choices=settings.LANGUAGES)
    theme = forms.ChoiceField(
        label=gettext_lazy("Brightness of pages"),
        required=False,
        choices=[
            ("", gettext_lazy("As the device")),
            ("light", gettext_lazy("Light")),
            ("dark", gettext_lazy("Dark")),
        ],
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for value, label in ProfileField.choices:
            self.fields[SEEN + value] = forms.ChoiceField(
                label=_("Who sees “%(field)s”") % {"field": label},
                choices=Visibility.choices,
                initial=DEFAULT_VISIBILITY[value],
            )

    def levels(self) -> dict[str, str]:
        return {field: self.cleaned_data[SEEN + field] for field in ProfileField.values}


class StintForm(SpanForm):
    """One span at one place; sites and departments that others wrote are offered."""

    site = PlainText(
        label=gettext_lazy("Site"),
        max_length=120,
        required=False,
        widget=forms.TextInput(attrs={"list": "known-sites"}),
    )
    department = PlainText(
        label=gettext_lazy("Department"),
        max_length=120,
        required=False,
        widget=forms.TextInput(attrs={"list": "known-departments"}),
    )
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
