"""Where people come from: each flyer, post, employee campaign has a code, and its visits are counted."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from enishi.accounts.choices import Route
from enishi.core import clock


class RegistrationRoute(models.Model):
    """One code in an address (`/join/?r=CODE`), with the kind of route that it stands for."""

    code = models.SlugField(max_length=32, unique=True)
    route = models.CharField(max_length=16, choices=Route)
    label = models.CharField(max_length=80)
    visits = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField(default=clock.now)
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("route")
        verbose_name_plural = _("routes")

    def __str__(self) -> str:
        return self.label
