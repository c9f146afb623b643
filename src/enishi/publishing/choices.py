"""States of a report."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import pgettext_lazy


class ReportState(TextChoices):
    DRAFT = "draft", pgettext_lazy("report", "draft")
    PUBLISHED = "published", pgettext_lazy("report", "published")
