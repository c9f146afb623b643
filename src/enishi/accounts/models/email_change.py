"""Another address for an account."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from enishi.accounts.models.ticket import MailedProof
from enishi.accounts.models.user import User


class EmailChange(MailedProof):
    """A wish for another address, until its mail is answered. `old_email` is told when it is done, then forgotten."""

    PURPOSE = "email-change"

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="email_changes")
    email = models.EmailField(max_length=254)
    old_email = models.EmailField(max_length=254)

    class Meta:
        verbose_name = _("change of a mail address")
        verbose_name_plural = _("changes of mail addresses")
        indexes: ClassVar = [models.Index(fields=["expires_at"], name="email_change_expiry")]

    def __str__(self) -> str:
        return f"change of address {self.pk}"
