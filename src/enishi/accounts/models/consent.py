"""What was agreed to, and what must not come back."""

from __future__ import annotations

from typing import Any, ClassVar

from django.core.exceptions import PermissionDenied
from django.db import models
from django.utils.translation import gettext_lazy as _

from enishi.accounts.choices import ConsentKind
from enishi.accounts.models.user import User
from enishi.core import clock


class Consent(models.Model):
    """One line of the ledger of purposes agreed to; lines are only added, a withdrawal is a line of its own."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="consents")
    kind = models.CharField(max_length=12, choices=ConsentKind)
    version = models.PositiveIntegerField()
    agreed = models.BooleanField()
    data = models.JSONField(default=dict, blank=True)
    at = models.DateTimeField(default=clock.now)

    class Meta:
        verbose_name = _("consent")
        verbose_name_plural = _("consents")

    def __str__(self) -> str:
        return f"{self.kind} v{self.version} of user {self.user_id}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk is not None:
            raise PermissionDenied("The ledger of consents is only added to.")
        super().save(*args, **kwargs)


class ErasureRecord(models.Model):
    """That someone was erased, as keyed hashes: a later import of the roster does not bring them back."""

    employee_number_hash = models.CharField(max_length=64, blank=True, db_index=True)
    email_hash = models.CharField(max_length=64, blank=True, db_index=True)
    at = models.DateTimeField(default=clock.now)

    class Meta:
        verbose_name = _("erasure record")
        verbose_name_plural = _("erasure records")
        constraints: ClassVar = []

    def __str__(self) -> str:
        return f"erasure {self.pk}"
