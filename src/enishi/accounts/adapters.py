"""How django-allauth fits the house: it serves the second factor and nothing else."""

from __future__ import annotations

import base64
import hashlib
import io
from functools import lru_cache
from typing import Any

import segno
from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet
from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from enishi.accounts.policies_http import own_path
from enishi.core import network


class AccountAdapter(DefaultAccountAdapter):
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Mail goes through the outbox alone; see `accounts.notices`."""

    def add_message(self, *args: Any, **kwargs: Any) -> None:
        """Our own pages say what happened."""

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
        out = io.BytesIO()
        segno.make(url, error="m").save(out, kind="svg", scale=5, border=4, dark="#000", light="#fff", xmldecl=False)
        return out.getvalue().decode()

    def encrypt(self, text: str) -> str:
        """Secrets lie encrypted in the database and its backups (Fernet, key from the installation's own)."""
        return _box(settings.SECRET_KEY).encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return _box(settings.SECRET_KEY).decrypt(encrypted_text.encode()).decode()


@lru_cache(maxsize=2)
def _box(key: str) -> Fernet:
    digest = hashlib.sha256(b"enishi.second-factor\x1f" + key.encode()).digest()
    return Fernet(base64.urlsafe_b64encode(digest))
