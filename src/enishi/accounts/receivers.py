"""What the door hears: who came in, whose second factor changed."""

from __future__ import annotations

from typing import Any

from allauth.mfa import signals as mfa
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.signals import user_logged_in, user_logged_out
from django.http import HttpRequest

from enishi.accounts.actions import second_factor
from enishi.accounts.models import User
from enishi.core import audit


def connect() -> None:
    """Called from the app's `ready`."""
    user_logged_in.connect(_signed_in, dispatch_uid="accounts-signed-in")
    user_logged_out.connect(_signed_out, dispatch_uid="accounts-signed-out")
    for signal in (mfa.authenticator_added, mfa.authenticator_removed, mfa.authenticator_reset):
        signal.connect(_changed, dispatch_uid="accounts-second-factor")
    mfa.authentication_failed.connect(_refused, dispatch_uid="accounts-second-factor-refused")


def _signed_in(user: User, **_: Any) -> None:
    audit.record("sign_in.done", by=user, about=user)


def _signed_out(user: User | None, **_: Any) -> None:
    if user is not None:
        audit.record("sign_out.done", by=user, about=user)


def _changed(request: HttpRequest, user: User, authenticator: Any, signal: Any, **_: Any) -> None:
    """All other sessions end; this one goes on, with a new id."""
    second_factor.changed(user, kind=str(authenticator.type), removed=signal is mfa.authenticator_removed)
    update_session_auth_hash(request, user)


def _refused(user: User, **_: Any) -> None:
    audit.record("second_factor.refused", about=user)
