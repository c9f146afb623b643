"""A person admitted to the network."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from enishi.core import clock
from enishi.members.choices import ProfileField, Visibility


class MemberQuerySet(models.QuerySet["Member"]):
    def present(self) -> MemberQuerySet:
        """Admitted and not gone."""
        return self.filter(left_at=None)


class Member(models.Model):
    """Names are kept as they were typed, character by character."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="member")
    family_name = models.CharField(max_length=60)
    given_name = models.CharField(max_length=60, blank=True)
    family_kana = models.CharField(max_length=60, blank=True)
    given_kana = models.CharField(max_length=60, blank=True)
    former_family = models.CharField(max_length=60, blank=True)
    roman = models.CharField(max_length=120, blank=True)
    employer = models.CharField(max_length=200, blank=True)
    title = models.CharField(max_length=200, blank=True)
    country = models.CharField(max_length=60, blank=True)
    is_employee = models.BooleanField(default=False)
    route = models.CharField(max_length=16)
    roster_entry = models.OneToOneField(
        "accounts.RosterEntry", on_delete=models.SET_NULL, null=True, blank=True, related_name="member"
    )
    invited_by = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, blank=True, related_name="invited")
    quote_default = models.CharField(max_length=9, default="none")
    admitted_at = models.DateTimeField(default=clock.now)
    left_at = models.DateTimeField(null=True, blank=True)

    objects = MemberQuerySet.as_manager()

    class Meta:
        verbose_name = _("member")
        verbose_name_plural = _("members")

    def __str__(self) -> str:
        return f"member {self.pk}"

    @property
    def name(self) -> str:
        """姓 名; a name in Latin letters keeps its own order."""
        if self.family_name.isascii() and self.given_name.isascii():
            return f"{self.given_name} {self.family_name}".strip()
        return f"{self.family_name} {self.given_name}".strip()

    @property
    def kana(self) -> str:
        return f"{self.family_kana} {self.given_kana}".strip()


class FieldVisibility(models.Model):
    """Who sees one field of one member."""

    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="visibilities")
    field = models.CharField(max_length=10, choices=ProfileField)
    level = models.CharField(max_length=14, choices=Visibility)

    class Meta:
        verbose_name = _("field visibility")
        verbose_name_plural = _("field visibilities")
        constraints: ClassVar = [models.UniqueConstraint(fields=["member", "field"], name="one_level_a_field")]

    def __str__(self) -> str:
        return f"{self.field}: {self.level}"


class OfficeRequest(models.Model):
    """The request desk: what someone asked about their own data, by when it is due, what was done.

    Leaving and erasure are done at once by the system and stand here as done; `member_number` stays after erasure.
    """

    class Kind(models.TextChoices):
        DISCLOSURE = "disclosure", _("disclosure")
        CORRECTION = "correction", _("correction")
        SUSPENSION = "suspension", _("stop of use")
        ERASURE = "erasure", _("leaving and erasure")

    kind = models.CharField(max_length=10, choices=Kind)
    member = models.ForeignKey(Member, on_delete=models.SET_NULL, null=True, blank=True, related_name="requests")
    member_number = models.BigIntegerField()
    words = models.CharField(max_length=400, blank=True)
    asked_at = models.DateTimeField(default=clock.now)
    due_on = models.DateField()
    done_at = models.DateTimeField(null=True, blank=True)
    result = models.CharField(max_length=400, blank=True)

    class Meta:
        verbose_name = _("request")
        verbose_name_plural = _("requests")

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"
