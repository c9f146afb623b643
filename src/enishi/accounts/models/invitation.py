"""An open door for one person."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from enishi.accounts.choices import InvitationKind, RoleKind
from enishi.accounts.models.route import RegistrationRoute
from enishi.accounts.models.user import User
from enishi.core import clock, person


class Invitation(models.Model):
    """Single use, 14 days. The token is derived from key, `id` and `nonce` when the mail is sent; only its hash is kept."""

    kind = models.CharField(max_length=8, choices=InvitationKind)
    role = models.CharField(max_length=10, choices=RoleKind, blank=True, help_text="A duty that comes with acceptance.")
    token_hash = models.CharField(max_length=64, unique=True)
    nonce = models.CharField(max_length=32)
    email = models.EmailField(max_length=254)
    family_name = models.CharField(max_length=60, blank=True)
    given_name = models.CharField(max_length=60, blank=True)
    signed = models.CharField(
        max_length=120, blank=True, help_text="How its sender signs, as the invited person reads it."
    )
    words = models.CharField(max_length=400, blank=True)
    language = models.CharField(max_length=8, default="ja")
    invited_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="invitations")
    roster_entry = models.ForeignKey(
        "accounts.RosterEntry", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    route_code = models.ForeignKey(
        RegistrationRoute, on_delete=models.SET_NULL, null=True, blank=True, related_name="invitations"
    )
    created_at = models.DateTimeField(default=clock.now)
    goes_at = models.DateTimeField(
        null=True,
        blank=True,
        help_text="When the mail of one sent with many others goes; until then all can be stopped.",
    )
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        indexes: ClassVar = [models.Index(fields=["email"], name="invitation_email")]

    def __str__(self) -> str:
        return f"invitation {self.pk}"

    @property
    def shown_name(self) -> str:
        """As a member's name is shown."""
        return person.in_order(self.family_name, self.given_name)
