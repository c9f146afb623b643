"""Another address for an account."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from enishi.accounts.models.user import User
from enishi.core import clock


class EmailChange(models.Model):
    """A wish for another address, until its mail is answered: by a link in any browser, or a code where it was asked.

    Neither is stored: both are derived from key, `id` and `nonce`. `old_email` is told when it is done, then forgotten.
    """

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="email_changes")
    email = models.EmailField(max_length=254)
    old_email = models.EmailField(max_length=254)
    nonce = models.CharField(max_length=32)
    browser = models.CharField(max_length=64, help_text="Hash of a key in the asking browser's session.")
    epoch = models.PositiveIntegerField()
    tries = models.PositiveSmallIntegerField(default=0)
    created_at = models.DateTimeField(default=clock.now)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("change of a mail address")
        verbose_name_plural = _("changes of mail addresses")
        indexes: ClassVar = [models.Index(fields=["expires_at"], name="email_change_expiry")]

    def __str__(self) -> str:
        return f"change of address {self.pk}"
