"""The new address."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from enishi.core.fields import MailField


class EmailChangeForm(forms.Form):
    email = MailField(label=_("New mail address"))

    def __init__(self, *args: Any, now: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.now = now

    def clean_email(self) -> str:
        email: str = self.cleaned_data["email"]
        if email == self.now:
            raise ValidationError(_("This is your address already. Enter the new one."))
        return email
