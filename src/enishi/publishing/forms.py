"""The office's words for a report, and the themes of an answer."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from enishi.feedback.choices import ThemeKind
from enishi.feedback.models import Answer, Theme
from enishi.feedback.queries import themes
from enishi.publishing.models import Report

LONGEST = 20000


class StoryText(forms.CharField):
    """Markdown as typed; line breaks as one character."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, max_length=LONGEST, widget=forms.Textarea(attrs={"rows": "10"}), **kwargs)
        self.error_messages["max_length"] = _("This is longer than %(limit_value)d characters. Please shorten it.")

    def to_python(self, value: Any) -> str:
        return str(super().to_python(value) or "").replace("\r\n", "\n").replace("\r", "\n")


class StoryForm(forms.Form):
    """Title and story in both languages; the other language is shown where one is empty."""

    title_ja = forms.CharField(
        label=_("Title (Japanese)"),
        max_length=120,
        error_messages={"required": _("Give the report a Japanese title.")},
    )
    story_ja = StoryText(
        label=_("Story (Japanese)"),
        help_text=_(
            "Headings with ##, lists with -, **bold**. Members who came may be named only as the voices below allow."
        ),
    )
    title_en = forms.CharField(label=_("Title (English)"), max_length=120, required=False)
    story_en = StoryText(label=_("Story (English)"))

    @classmethod
    def of(cls, report: Report) -> StoryForm:
        return cls(initial={name: getattr(report, name) for name in cls.base_fields})


class ThemesForm(forms.Form):
    """Under which themes an answer is counted."""

    want_theme = forms.ModelChoiceField(queryset=Theme.objects.none(), required=False)
    next_theme = forms.ModelChoiceField(queryset=Theme.objects.none(), required=False)

    def __init__(self, *args: Any, answer: Answer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, kind in (("want_theme", ThemeKind.WANT), ("next_theme", ThemeKind.NEXT)):
            field = self.fields[name]
            field.queryset = themes.offered(kind, keep=getattr(answer, name))  # type: ignore[attr-defined]
