"""Names that django-allauth reverses, without a namespace: its second factor, but not its sign-in, sign-up and passwords.

Its views are loaded when they are first asked for: they bring the code of passkeys with them, which no page here uses,
and that was a tenth of the time from start to first page.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.urls import path
from django.utils.module_loading import import_string
from django.views.generic import RedirectView


def _later(name: str) -> Callable[..., HttpResponseBase]:
    def view(request: HttpRequest, **arguments: Any) -> HttpResponseBase:
        found: Callable[..., HttpResponseBase] = import_string(f"allauth.{name}")
        return found(request, **arguments)

    return view


to_sign_in = RedirectView.as_view(pattern_name="accounts:sign-in", query_string=True)
codes = "mfa.recovery_codes.views"

urlpatterns = [
    path("account/reauthenticate/", _later("account.views.reauthenticate"), name="account_reauthenticate"),
    path("account/sign-in/", to_sign_in, name="account_login"),
    path("account/sign-in/closed/", to_sign_in, name="account_inactive"),
    path("mfa/", _later("mfa.base.views.index"), name="mfa_index"),
    path("mfa/authenticate/", _later("mfa.base.views.authenticate"), name="mfa_authenticate"),
    path("mfa/reauthenticate/", _later("mfa.base.views.reauthenticate"), name="mfa_reauthenticate"),
    path("mfa/totp/activate/", _later("mfa.totp.views.activate_totp"), name="mfa_activate_totp"),
    path("mfa/totp/deactivate/", _later("mfa.totp.views.deactivate_totp"), name="mfa_deactivate_totp"),
    path("mfa/recovery-codes/", _later(f"{codes}.view_recovery_codes"), name="mfa_view_recovery_codes"),
    path(
        "mfa/recovery-codes/generate/", _later(f"{codes}.generate_recovery_codes"), name="mfa_generate_recovery_codes"
    ),
    path(
        "mfa/recovery-codes/download/", _later(f"{codes}.download_recovery_codes"), name="mfa_download_recovery_codes"
    ),
]
