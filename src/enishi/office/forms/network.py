"""What an owner says of the network and of themselves."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from enishi.core.fields import FoldedText, KanaText, MailField, PlainText
from enishi.core.models import NetworkSettings
from enishi.core.zone_field import ZoneField


class SetupCodeForm(forms.Form):
    code = PlainText(
        label=_("Set-up code"),
        max_length=60,
        help_text=_("Sixteen letters and digits, as they stand on the server's console."),
        error_messages={"required": _("Enter the set-up code.")},
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
    )


class OwnerForm(forms.Form):
    family_name = PlainText(
        label=_("Family name"), max_length=60, error_messages={"required": _("Enter your family name.")}
    )
    given_name = PlainText(
        label=_("Given name"), max_length=60, error_messages={"required": _("Enter your given name.")}
    )
    family_kana = KanaText(label=_("Family name, reading"), max_length=60, required=False)
    given_kana = KanaText(label=_("Given name, reading"), max_length=60, required=False)
    email = MailField(label=_("Mail address"), help_text=_("You sign in with it: a link is mailed there each time."))


class NetworkForm(forms.Form):
    """All that an owner may change; what is not named here (the demo's mark, the version) no form can set."""

    name_ja = PlainText(
        label=_("Name of the network (Japanese)"), max_length=80, error_messages={"required": _("Enter a name.")}
    )
    name_en = PlainText(label=_("Name of the network (English)"), max_length=80, required=False)
    company_ja = PlainText(
        label=_("Company (Japanese)"), max_length=80, error_messages={"required": _("Enter the company's name.")}
    )
    company_en = PlainText(label=_("Company (English)"), max_length=80, required=False)
    office_ja = PlainText(
        label=_("Office (Japanese)"),
        max_length=80,
        initial="アルムナイ事務局",
        error_messages={"required": _("Enter what the office is called.")},
    )
    office_en = PlainText(label=_("Office (English)"), max_length=80, required=False, initial="Alumni Office")
    contact_email = MailField(
        label=_("The office's mail address"), help_text=_("Shown on every page; answers to mails go there.")
    )
    office_hours = PlainText(
        label=_("When the office can be reached"),
        max_length=120,
        required=False,
        help_text=_("For example: weekdays 10:00–16:00"),
    )
    purpose_ja = PlainText(
        label=_("Purpose of use (Japanese)"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": "4"}),
        help_text=_("What personal data is used for. Everyone who registers agrees to this text."),
        error_messages={"required": _("Enter what personal data is used for.")},
    )
    purpose_en = PlainText(
        label=_("Purpose of use (English)"),
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs={"rows": "4"}),
    )
    zone = ZoneField(
        label=_("Time zone of the network"), initial="Asia/Tokyo", help_text=_("Hours are shown in it first.")
    )
    hosting_country = FoldedText(
        label=_("Country where the server stands"),
        max_length=60,
        required=False,
        help_text=_("Named in the notice on personal data."),
    )


class SettingsForm(NetworkForm):
    """The same later on, with what can wait until then."""

    about_ja = PlainText(
        label=_("About the network (Japanese)"),
        max_length=8000,
        required=False,
        widget=forms.Textarea(attrs={"rows": "5"}),
        help_text=_("Shown on the public page “About this network”. Lists and bold (Markdown) work."),
    )
    about_en = PlainText(
        label=_("About the network (English)"),
        max_length=8000,
        required=False,
        widget=forms.Textarea(attrs={"rows": "5"}),
    )
    founded_on = forms.DateField(
        label=_("Day on which the network began"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        input_formats=["%Y-%m-%d", "%Y/%m/%d"],
        error_messages={"invalid": _("Give the day as 2026-05-01.")},
    )
    language = forms.ChoiceField(
        label=_("Language for visitors who ask for none"), choices=[("ja", "日本語"), ("en", "English")]
    )
    smallest_cell = forms.IntegerField(
        label=_("Smallest number in a published figure"),
        min_value=2,
        max_value=50,
        help_text=_("Counts of fewer people are not published. At least 2; 3 is usual."),
        error_messages={
            "required": _("Enter a number from 2 to 50."),
            "invalid": _("Enter a number from 2 to 50."),
            "min_value": _("Enter a number from 2 to 50."),
            "max_value": _("Enter a number from 2 to 50."),
        },
    )

    def __init__(self, data: Any = None, *, network: NetworkSettings) -> None:
        super().__init__(data, initial={name: getattr(network, name) for name in self.base_fields})

    def clean_founded_on(self) -> Any:
        day = self.cleaned_data["founded_on"]
        if day is not None and not 1900 <= day.year <= 2200:
            raise ValidationError(_("This year cannot be right here. Please check it."))
        return day
