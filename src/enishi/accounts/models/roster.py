"""HR's list of people who left. They are no members: their data has a recorded basis and a keeping time."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from enishi.accounts.choices import ImportState, Route
from enishi.accounts.models.user import User
from enishi.core import clock, person


class ImportRun(models.Model):
    """One upload: what was in it, what came of each row, who brought it, and on what ground.

    `report` is a list of {"row", "verdict", "why", "number"} for every row that was not plainly accepted; `tally` counts
    verdicts. The file's `content` is kept between the check and the import, a day at most; its fingerprint stays.
    """

    state = models.CharField(max_length=8, choices=ImportState, default=ImportState.CHECKED)
    file_name = models.CharField(max_length=200)
    fingerprint = models.CharField(max_length=64)
    encoding = models.CharField(max_length=20, blank=True)
    columns = models.JSONField(default=dict)
    content = models.BinaryField(null=True, blank=True)
    basis = models.CharField(max_length=200, blank=True)
    tally = models.JSONField(default=dict)
    report = models.JSONField(default=list)
    created = models.PositiveIntegerField(default=0)
    changed = models.PositiveIntegerField(default=0)
    unchanged = models.PositiveIntegerField(default=0)
    by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=clock.now)
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("import")
        verbose_name_plural = _("imports")

    def __str__(self) -> str:
        return f"import {self.pk}"


class RosterEntry(models.Model):
    """One leaver as HR knows them. `stints` as in a registration; `before` is the row as it was before the last import."""

    employee_number = models.CharField(max_length=40, unique=True)
    family_name = models.CharField(max_length=60)
    given_name = models.CharField(max_length=60, blank=True)
    family_kana = models.CharField(max_length=60, blank=True)
    given_kana = models.CharField(max_length=60, blank=True)
    email = models.EmailField(max_length=254, blank=True, db_index=True)
    joined_on = models.DateField(null=True, blank=True)
    left_on = models.DateField(null=True, blank=True)
    stints = models.JSONField(default=list, blank=True)
    manager = models.CharField(max_length=120, blank=True)
    employer = models.CharField(max_length=200, blank=True)
    title = models.CharField(max_length=200, blank=True)
    country = models.CharField(max_length=60, blank=True)
    zone = models.CharField(max_length=64, blank=True)
    route = models.CharField(max_length=16, choices=Route, blank=True)
    name_keys = models.CharField(max_length=400, blank=True, help_text="Folded keys of the name, each between bars.")
    first_run = models.ForeignKey(ImportRun, on_delete=models.SET_NULL, null=True, related_name="created_entries")
    last_run = models.ForeignKey(ImportRun, on_delete=models.SET_NULL, null=True, related_name="touched_entries")
    before = models.JSONField(null=True, blank=True)
    created_at = models.DateTimeField(default=clock.now)
    no_mail_at = models.DateTimeField(
        null=True, blank=True, help_text="Since when the person wishes no invitation; an import leaves it as it is."
    )

    class Meta:
        verbose_name = _("roster entry")
        verbose_name_plural = _("roster entries")
        indexes: ClassVar = [
            models.Index(fields=["family_kana", "given_kana"], name="roster_kana"),
            models.Index(fields=["family_name", "given_name"], name="roster_name"),
        ]

    def __str__(self) -> str:
        return f"roster entry {self.pk}"

    @property
    def shown_name(self) -> str:
        """As a member's name is shown."""
        return person.in_order(self.family_name, self.given_name)
