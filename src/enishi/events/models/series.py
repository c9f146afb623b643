"""One 顔合わせ会: its words, its programme."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from enishi.core import clock
from enishi.events.choices import SegmentKind, SeriesState


class InTwoLanguages(models.Model):
    class Meta:
        abstract = True

    def in_language(self, stem: str) -> str:
        """The text in the reader's language, else in the other."""
        ja, en = str(getattr(self, stem + "_ja")), str(getattr(self, stem + "_en"))
        return (ja or en) if (get_language() or "ja").startswith("ja") else (en or ja)


class EventSeries(InTwoLanguages):
    """`title` is the official name, `common_name` (通称) what people call it; `purpose` is one sentence."""

    title_ja = models.CharField(max_length=80)
    title_en = models.CharField(max_length=80, blank=True)
    common_name_ja = models.CharField(max_length=40, blank=True)
    common_name_en = models.CharField(max_length=40, blank=True)
    purpose_ja = models.CharField(max_length=200)
    purpose_en = models.CharField(max_length=200, blank=True)
    text_ja = models.TextField(max_length=4000, blank=True)
    text_en = models.TextField(max_length=4000, blank=True)
    state = models.CharField(max_length=10, choices=SeriesState, default=SeriesState.DRAFT)
    created_at = models.DateTimeField(default=clock.now)
    announced_at = models.DateTimeField(null=True, blank=True)
    announcing_after = models.BigIntegerField(
        null=True, blank=True, help_text="While the announcement is being queued: the last member who has it."
    )

    class Meta:
        verbose_name = _("series")
        verbose_name_plural = _("series")

    def __str__(self) -> str:
        return self.title

    @property
    def title(self) -> str:
        return self.in_language("title")

    @property
    def common_name(self) -> str:
        return self.in_language("common_name")

    @property
    def purpose(self) -> str:
        return self.in_language("purpose")

    @property
    def text(self) -> str:
        return self.in_language("text")


class ProgrammeSegment(InTwoLanguages):
    """One part of the programme. `prompts` is a list of {"ja", "en"}; `each_minutes` is a person's time in a check-in."""

    series = models.ForeignKey(EventSeries, on_delete=models.CASCADE, related_name="segments")
    position = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=8, choices=SegmentKind)
    title_ja = models.CharField(max_length=80, blank=True)
    title_en = models.CharField(max_length=80, blank=True)
    minutes = models.PositiveSmallIntegerField(null=True, blank=True)
    each_minutes = models.PositiveSmallIntegerField(null=True, blank=True)
    prompts = models.JSONField(default=list, blank=True)

    class Meta:
        verbose_name = _("segment")
        verbose_name_plural = _("segments")
        ordering: ClassVar = ["position"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["series", "position"], name="one_segment_a_position")]

    def __str__(self) -> str:
        return f"{self.kind} {self.position}"

    @property
    def title(self) -> str:
        return self.in_language("title") or str(self.get_kind_display())

    @property
    def prompt_words(self) -> list[str]:
        """The prompts in the reader's language."""
        ja_first = (get_language() or "ja").startswith("ja")
        first, second = ("ja", "en") if ja_first else ("en", "ja")
        return [each.get(first) or each.get(second) or "" for each in self.prompts]
