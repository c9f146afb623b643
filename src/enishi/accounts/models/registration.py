"""A claim at the door."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from enishi.accounts.choices import DeclineReason, RegistrationState, Route
from enishi.accounts.models.invitation import Invitation
from enishi.accounts.models.roster import RosterEntry
from enishi.accounts.models.route import RegistrationRoute
from enishi.accounts.models.user import User
from enishi.core import clock, person


class Registration(models.Model):
    """What a person says of themselves when asking to join; kept between its three steps.

    `stints` is a list of {"site", "department", "from_year", "from_month", "to_year", "to_month", "manager"}, months and
    years as numbers or null, `to_year` null for "until now"; `visibility` maps a profile field to one of four levels.
    """

    state = models.CharField(max_length=10, choices=RegistrationState, default=RegistrationState.DRAFT)
    browser = models.CharField(
        max_length=64, blank=True, db_index=True, help_text="Hash of a key in the browser's session."
    )
    nonce = models.CharField(max_length=32)
    email = models.EmailField(max_length=254)
    email_proved_at = models.DateTimeField(null=True, blank=True)
    mailed_at = models.DateTimeField(null=True, blank=True, help_text="When the last code and link were asked for.")
    code_tries = models.PositiveSmallIntegerField(default=0)
    employee_number = models.CharField(max_length=40, blank=True)
    family_name = models.CharField(max_length=60, blank=True)
    given_name = models.CharField(max_length=60, blank=True)
    family_kana = models.CharField(max_length=60, blank=True)
    given_kana = models.CharField(max_length=60, blank=True)
    former_family = models.CharField(max_length=60, blank=True)
    roman = models.CharField(max_length=120, blank=True)
    joined_year = models.PositiveSmallIntegerField(null=True, blank=True)
    joined_month = models.PositiveSmallIntegerField(null=True, blank=True)
    left_year = models.PositiveSmallIntegerField(null=True, blank=True)
    left_month = models.PositiveSmallIntegerField(null=True, blank=True)
    stints = models.JSONField(default=list, blank=True)
    employer = models.CharField(max_length=200, blank=True)
    title = models.CharField(max_length=200, blank=True)
    country = models.CharField(max_length=60, blank=True)
    zone = models.CharField(max_length=64, blank=True)
    language = models.CharField(max_length=8, default="ja")
    route = models.CharField(max_length=16, choices=Route, blank=True)
    route_words = models.CharField(max_length=120, blank=True)
    route_code = models.ForeignKey(
        RegistrationRoute, on_delete=models.SET_NULL, null=True, blank=True, related_name="registrations"
    )
    invitation = models.OneToOneField(
        Invitation, on_delete=models.SET_NULL, null=True, blank=True, related_name="registration"
    )
    visibility = models.JSONField(default=dict, blank=True)
    purpose_version = models.PositiveIntegerField(null=True, blank=True)
    claimed_entry = models.ForeignKey(
        RosterEntry, on_delete=models.SET_NULL, null=True, blank=True, related_name="registrations"
    )
    created_at = models.DateTimeField(default=clock.now)
    submitted_at = models.DateTimeField(null=True, blank=True, db_index=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    reason = models.CharField(max_length=16, choices=DeclineReason, blank=True)
    question = models.CharField(max_length=400, blank=True)
    answer = models.CharField(max_length=400, blank=True)
    user = models.OneToOneField(User, on_delete=models.SET_NULL, null=True, blank=True, related_name="registration")

    class Meta:
        verbose_name = _("registration")
        verbose_name_plural = _("registrations")
        indexes: ClassVar = [models.Index(fields=["email"], name="registration_email")]

    def __str__(self) -> str:
        return f"registration {self.pk}"

    @property
    def shown_name(self) -> str:
        """As a member's name is shown."""
        return person.in_order(self.family_name, self.given_name)

    @property
    def shown_kana(self) -> str:
        return f"{self.family_kana} {self.given_kana}".strip()
