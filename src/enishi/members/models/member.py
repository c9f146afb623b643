"""A person admitted to the network."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from enishi.core import clock, person
from enishi.engines import names
from enishi.members.choices import ProfileField, Visibility


class MemberQuerySet(models.QuerySet["Member"]):
    def present(self) -> MemberQuerySet:
        """Admitted and not gone."""
        return self.filter(left_at=None)


class Member(models.Model):
    """Names are kept as they were typed, character by character.

    After leaving, the row stays with its number, dates and route alone, so that the figures of past sessions stay true.
    """

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
    name_keys = models.CharField(max_length=800, blank=True, help_text="Folded keys of the name, each between bars.")
    quote_default = models.CharField(max_length=9, default="none")
    admitted_at = models.DateTimeField(default=clock.now)
    left_at = models.DateTimeField(null=True, blank=True)

    objects = MemberQuerySet.as_manager()

    class Meta:
        verbose_name = _("member")
        verbose_name_plural = _("members")

    def __str__(self) -> str:
        return f"member {self.pk}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.name_keys = self._name_keys()
        if kwargs.get("update_fields"):
            kwargs["update_fields"] = {*kwargs["update_fields"], "name_keys"}
        super().save(*args, **kwargs)

    def _name_keys(self) -> str:
        if not self.family_name and not self.given_name:
            return ""
        kept = "|"
        for key in names.keys(self.name_parts()):
            if len(kept) + len(key) + 1 <= 800:
                kept += key + "|"
        return kept

    def name_parts(self) -> names.PersonName:
        """The name as the engine of names compares it."""
        return names.PersonName(
            family=self.family_name,
            given=self.given_name,
            family_kana=self.family_kana,
            given_kana=self.given_kana,
            former_family=self.former_family,
            roman=self.roman,
        )

    @property
    def name(self) -> str:
        """As it is shown to others; for someone who has left, words in its place."""
        if not self.family_name and not self.given_name:
            return gettext("Someone who has left")
        return person.in_order(self.family_name, self.given_name)

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
