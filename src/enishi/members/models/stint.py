"""Time at the company: where, in which department, from when to when."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from enishi.members.models.member import Member


class Organisation(models.Model):
    """The company, and its group companies."""

    name = models.CharField(max_length=120, unique=True)

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")

    def __str__(self) -> str:
        return self.name


class Site(models.Model):
    name = models.CharField(max_length=120, unique=True)

    class Meta:
        verbose_name = _("site")
        verbose_name_plural = _("sites")

    def __str__(self) -> str:
        return self.name


class Department(models.Model):
    name = models.CharField(max_length=120, unique=True)

    class Meta:
        verbose_name = _("department")
        verbose_name_plural = _("departments")

    def __str__(self) -> str:
        return self.name


class Stint(models.Model):
    """One span. Months may be unknown; no `to_year` means until now. The manager's name is only ever matched, not shown."""

    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="stints")
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="stints"
    )
    site = models.ForeignKey(Site, on_delete=models.PROTECT, null=True, blank=True, related_name="stints")
    department = models.ForeignKey(Department, on_delete=models.PROTECT, null=True, blank=True, related_name="stints")
    from_year = models.PositiveSmallIntegerField(null=True, blank=True)
    from_month = models.PositiveSmallIntegerField(null=True, blank=True)
    to_year = models.PositiveSmallIntegerField(null=True, blank=True)
    to_month = models.PositiveSmallIntegerField(null=True, blank=True)
    manager = models.CharField(max_length=120, blank=True)

    class Meta:
        verbose_name = _("stint")
        verbose_name_plural = _("stints")
        ordering: ClassVar = ["from_year", "from_month", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(from_month=None) | Q(from_month__range=(1, 12)), name="stint_from_month"
            ),
            models.CheckConstraint(condition=Q(to_month=None) | Q(to_month__range=(1, 12)), name="stint_to_month"),
        ]

    def __str__(self) -> str:
        return f"stint {self.pk}"
