"""Where a link goes, and the code that came with it."""

from __future__ import annotations

import unicodedata

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from enishi.core.fields import MailField


def digits(text: str) -> str:
    """The digits of what was typed, in any width, with spaces or hyphens between."""
    return "".join(c for c in unicodedata.normalize("NFKC", text[:100]) if c.isdecimal() and c.isascii())


class SignInForm(forms.Form):
    email = MailField(label=_("Mail address"))


class CodeForm(forms.Form):
    code = forms.CharField(
        label=_("Six-digit code"),
        error_messages={"required": _("Enter the six-digit code of the mail.")},
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "one-time-code"}),
    )

    def clean_code(self) -> str:
        code = digits(self.cleaned_data["code"])
        if len(code) != 6:
            raise ValidationError(_("The code has six digits. Please look at the mail again."))
        return code
