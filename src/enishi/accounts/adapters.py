"""How django-allauth fits the house: it serves the second factor and nothing else."""

from __future__ import annotations

import base64
import hashlib
import io
import time
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from allauth.account import app_settings as account_settings
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.core import context
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.http import HttpRequest
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from enishi.accounts.policies_http import own_path
from enishi.core import network

if TYPE_CHECKING:
    from cryptography.fernet import Fernet


class AccountAdapter(DefaultAccountAdapter):
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Mail goes through the outbox alone; see `accounts.notices`."""

    def add_message(self, *args: Any, **kwargs: Any) -> None:
        """Our own pages say what happened."""

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Asked before each act that needs to be sure of the person. The demo leaves its door open.

        Who has an authenticator gives its code (django-allauth asks); who has none proves the address anew by a mail.
        """
        request = context.request
        here = network.find()
        if here is not None and here.is_demo:
            return False
        if not is_mfa_enabled(request.user) and not _proved_recently(request):
            onward = request.get_full_path() if request.method == "GET" else request.path
            raise ImmediateHttpResponse(redirect(f"{reverse('accounts:confirm')}?{urlencode({'next': onward})}"))
        return True

    def is_safe_url(self, url: str) -> bool:
        """Only paths of this house; never another origin."""
        return bool(own_path(url or ""))


class SecondFactorAdapter(DefaultMFAAdapter):
    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": _("This code does not fit, or it was used already. Wait for the next one and type that."),
    }

    def get_totp_issuer(self) -> str:
        here = network.find()
        return here.name if here else "Enishi"

    def build_totp_svg(self, url: str) -> str:
        """Dark on white with a quiet zone of four, so that phones read it on a dark page too."""
        import segno  # only where a code is drawn

        out = io.BytesIO()
        segno.make(url, error="m").save(out, kind="svg", scale=5, border=4, dark="#000", light="#fff", xmldecl=False)
        return out.getvalue().decode()

    def encrypt(self, text: str) -> str:
        """Secrets lie encrypted in the database and its backups (Fernet, key from the installation's own)."""
        return _box(settings.SECRET_KEY).encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return _box(settings.SECRET_KEY).decrypt(encrypted_text.encode()).decode()


def _proved_recently(request: HttpRequest) -> bool:
    since = time.time() - account_settings.REAUTHENTICATION_TIMEOUT
    records = get_authentication_records(request, request.user)
    return any(record.get("reauthenticated") and record["at"] > since for record in records)


@lru_cache(maxsize=2)
def _box(key: str) -> Fernet:
    from cryptography.fernet import Fernet  # only where a secret is read or written

    digest = hashlib.sha256(b"enishi.second-factor\x1f" + key.encode()).digest()
    return Fernet(base64.urlsafe_b64encode(digest))
