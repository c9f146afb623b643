"""The second factor's forms: django-allauth's, with limits and single use that hold over all processes."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta
from typing import Any

from allauth.mfa import app_settings
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base import forms as base
from allauth.mfa.models import Authenticator
from allauth.mfa.totp import forms as totp
from allauth.mfa.totp.internal import auth
from django import forms
from django.utils.translation import gettext_lazy as _

from enishi.accounts.forms.sign_in import digits
from enishi.core import limits


def _tidy(field: forms.Field, label: Any) -> None:
    """Our words, no placeholder in the label's place, digits on a phone's keyboard."""
    field.label = label
    field.widget.attrs.pop("placeholder", None)
    field.widget.attrs.update({"inputmode": "numeric", "autocomplete": "one-time-code"})
    field.error_messages["required"] = _("Enter the code.")


class _Once(base.BaseAuthenticateForm):
    """Each step of 30 seconds of an authenticator app opens the door once (RFC 6238, 5.2)."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _tidy(self.fields["code"], _("Code of the authenticator app, or a recovery code"))

    def clean_code(self) -> str:
        limits.hit(limits.SECOND_FACTOR, self.user.pk)
        self.cleaned_data["code"] = digits(self.cleaned_data["code"])
        code: str = super().clean_code()
        if self.authenticator.type == Authenticator.Type.TOTP and not _claim(self.authenticator, code):
            raise get_adapter().validation_error("incorrect_code")
        return code


class AuthenticateForm(_Once, base.AuthenticateForm):
    pass


class ReauthenticateForm(_Once, base.ReauthenticateForm):
    pass


class ActivateForm(totp.ActivateTOTPForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _tidy(self.fields["code"], _("Six digits that the app shows"))

    def clean_code(self) -> str:
        limits.hit(limits.SECOND_FACTOR, self.user.pk)
        self.cleaned_data["code"] = digits(self.cleaned_data["code"])
        return str(super().clean_code())


def _claim(authenticator: Authenticator, code: str) -> bool:
    """Take the step that this code belongs to; False when someone took it before."""
    secret = get_adapter().decrypt(authenticator.data["secret"])
    for step in auth.yield_hotp_counters_from_time():
        if auth.format_hotp_value(auth.hotp_value(secret, step)) == code:
            until = datetime.fromtimestamp(time.time(), UTC) + timedelta(
                seconds=app_settings.TOTP_PERIOD * (app_settings.TOTP_TOLERANCE + 2)
            )
            return limits.first_time("authenticator step", authenticator.pk, step, until)
    return False
