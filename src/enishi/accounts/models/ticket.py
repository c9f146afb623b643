"""Proofs that go by mail: a sign-in that was asked for, another address for an account."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from enishi.accounts.models.user import User
from enishi.core import clock


class MailedProof(models.Model):
    """Its link works once in any browser, its code only in the browser that asked.

    Neither is stored: both are derived from key, purpose, `id` and `nonce` (`queries.proofs`). `epoch` is the account's when
    it was asked for: a proof of before a change that ends all sessions is worth nothing.
    """

    PURPOSE: ClassVar[str]

    nonce = models.CharField(max_length=32)
    browser = models.CharField(max_length=64, help_text="Hash of a key in the asking browser's session.")
    epoch = models.PositiveIntegerField()
    tries = models.PositiveSmallIntegerField(default=0)
    created_at = models.DateTimeField(default=clock.now)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        abstract = True


class SignInTicket(MailedProof):
    """One mailed sign-in."""

    PURPOSE = "sign-in"

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="tickets")
    next_path = models.CharField(max_length=200, blank=True)

    class Meta:
        verbose_name = _("sign-in ticket")
        verbose_name_plural = _("sign-in tickets")
        indexes: ClassVar = [models.Index(fields=["expires_at"], name="ticket_expiry")]

    def __str__(self) -> str:
        return f"ticket {self.pk}"
