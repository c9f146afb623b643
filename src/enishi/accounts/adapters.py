"""How django-allauth fits the house: it serves the second factor and nothing else."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.http import HttpRequest

from enishi.core import network


class AccountAdapter(DefaultAccountAdapter):
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Mail goes through the outbox alone; see `accounts.notices`."""

    def add_message(self, *args: Any, **kwargs: Any) -> None:
        """Our own pages say what happened."""


class SecondFactorAdapter(DefaultMFAAdapter):
    def get_totp_issuer(self) -> str:
        here = network.find()
        return here.name if here else "Enishi"
