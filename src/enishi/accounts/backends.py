"""Users are recognised by their session alone: there is no password to check."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.backends import BaseBackend
from django.http import HttpRequest

from enishi.accounts.models import User


class SignedInBackend(BaseBackend):
    def authenticate(self, request: HttpRequest | None, **credentials: Any) -> User | None:
        return None

    def get_user(self, user_id: int) -> User | None:
        """The account with the person behind it, in one question a request."""
        try:
            return User.objects.select_related("member").get(pk=user_id, is_active=True)
        except User.DoesNotExist:
            return None
