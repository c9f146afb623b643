"""Reports and the voices that the office chose for them."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from enishi.core import clock
from enishi.feedback.choices import VoiceField
from enishi.publishing.choices import ReportState


class Report(models.Model):
    """The story of a series. Figures are computed when it is read; nothing of a voice is copied into it."""

    series = models.OneToOneField("events.EventSeries", on_delete=models.CASCADE, related_name="report")
    title_ja = models.CharField(max_length=120)
    title_en = models.CharField(max_length=120, blank=True)
    story_ja = models.TextField(max_length=20000, blank=True)
    story_en = models.TextField(max_length=20000, blank=True)
    state = models.CharField(max_length=9, choices=ReportState, default=ReportState.DRAFT)
    created_at = models.DateTimeField(default=clock.now)
    published_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("report")
        verbose_name_plural = _("reports")

    def __str__(self) -> str:
        return self.title

    @property
    def title(self) -> str:
        return self._in_language("title")

    @property
    def story(self) -> str:
        return self._in_language("story")

    def _in_language(self, stem: str) -> str:
        ja, en = str(getattr(self, stem + "_ja")), str(getattr(self, stem + "_en"))
        return (ja or en) if (get_language() or "ja").startswith("ja") else (en or ja)


class ReportVoice(models.Model):
    """The office's choice of one sentence for a report; whether it is shown is asked of the ledger each time."""

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="voices")
    answer = models.ForeignKey("feedback.Answer", on_delete=models.CASCADE, related_name="chosen")
    field = models.CharField(max_length=7, choices=VoiceField)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("voice in a report")
        verbose_name_plural = _("voices in reports")
        ordering: ClassVar = ["position", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["report", "answer", "field"], name="one_voice_a_sentence")
        ]

    def __str__(self) -> str:
        return f"voice {self.pk}"
