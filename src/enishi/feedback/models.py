"""What people said after a series, the office's list of themes, and the ledger of who allowed what."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, ClassVar

from django.core.exceptions import PermissionDenied
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from enishi.core import clock
from enishi.feedback.choices import Attribution, Audience, ThemeKind, VoiceField


class Theme(models.Model):
    """One entry of the office's list."""

    kind = models.CharField(max_length=4, choices=ThemeKind)
    name_ja = models.CharField(max_length=60)
    name_en = models.CharField(max_length=60, blank=True)
    position = models.PositiveSmallIntegerField(default=0)
    retired_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("theme")
        verbose_name_plural = _("themes")
        ordering: ClassVar = ["kind", "position", "pk"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["kind", "name_ja"], name="one_theme_a_name")]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        return self.name_ja if (get_language() or "ja").startswith("ja") or not self.name_en else self.name_en


class Answer(models.Model):
    """One person's words after a series; one row a person and series. The office sees who answered."""

    series = models.ForeignKey("events.EventSeries", on_delete=models.CASCADE, related_name="answers")
    member = models.ForeignKey("members.Member", on_delete=models.CASCADE, related_name="answers")
    satisfaction = models.PositiveSmallIntegerField(
        null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(5)]
    )
    noticed = models.TextField(max_length=1000, blank=True)
    want_theme = models.ForeignKey(Theme, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    want = models.TextField(max_length=1000, blank=True)
    liked = models.TextField(max_length=1000, blank=True)
    next_theme = models.ForeignKey(Theme, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    next = models.TextField(max_length=1000, blank=True)
    created_at = models.DateTimeField(default=clock.now)
    changed_at = models.DateTimeField(default=clock.now)

    class Meta:
        verbose_name = _("answer")
        verbose_name_plural = _("answers")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["series", "member"], name="one_answer_a_series"),
            models.CheckConstraint(
                condition=models.Q(satisfaction=None) | models.Q(satisfaction__range=(1, 5)),
                name="satisfaction_1_to_5",
            ),
        ]

    def __str__(self) -> str:
        return f"answer {self.pk}"

    def sentence(self, field: str) -> str:
        """The words of one voice field."""
        return str(getattr(self, VoiceField(field).value))


class VoiceConsent(models.Model):
    """One line of the ledger: for this sentence, this attribution, this audience, from this time. Only added to.

    The newest line of an answer and field counts; a withdrawal is a line with `none`. `sentence_hash` is the sentence that
    was agreed to: when it is changed afterwards, the consent no longer covers it. When the answer is erased the lines stay
    for three years with the member's number alone (`KEPT`), as the record of what was shown to whom.
    """

    KEPT = timedelta(days=3 * 365 + 1)

    answer = models.ForeignKey(Answer, on_delete=models.SET_NULL, null=True, related_name="consents")
    member_number = models.BigIntegerField(db_index=True)
    field = models.CharField(max_length=7, choices=VoiceField)
    attribution = models.CharField(max_length=9, choices=Attribution)
    audience = models.CharField(max_length=7, choices=Audience, default=Audience.MEMBERS)
    version = models.PositiveIntegerField(default=1)
    sentence_hash = models.CharField(max_length=64)
    at = models.DateTimeField(default=clock.now)

    class Meta:
        verbose_name = _("consent to a voice")
        verbose_name_plural = _("consents to voices")

    def __str__(self) -> str:
        return f"{self.attribution} {self.pk}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk is not None:
            raise PermissionDenied("The ledger of consents is only added to.")
        super().save(*args, **kwargs)
