"""Form fields that take what people type: width, era years and hyphens are the machine's trouble, not theirs.

Names are never changed, not even by NFC (髙 U+9AD9, 﨑 U+FA11 and 𠮷 U+20BB7 stay); only control characters, which no
keyboard gives, are left out.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from enishi.core import clock

_UNPRINTABLE = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\ud800-\udfff]")  # Cc but the line feed, and Cs
_ERAS = {"明治": 1867, "大正": 1911, "昭和": 1925, "平成": 1988, "令和": 2018}
_LETTERS = {"M": 1867, "T": 1911, "S": 1925, "H": 1988, "R": 2018}
_KANA_SHIFT = {code: code + 0x60 for code in (*range(0x3041, 0x3097), 0x309D, 0x309E)}


def folded(text: str) -> str:
    """NFKC, without spaces around; inner runs of spaces become one."""
    return " ".join(unicodedata.normalize("NFKC", text).split())


def katakana(text: str) -> str:
    """NFKC, hiragana as katakana."""
    return folded(text).translate(_KANA_SHIFT)


def year(text: str) -> int | None:
    """2009, ２００９年, 平成21年, 平成元年, H21 → 2009; None when it cannot be read. An era that had ended goes on counting."""
    plain = folded(text).replace(" ", "").removesuffix("年").upper()
    if re.fullmatch(r"\d{4}", plain):
        return int(plain)
    found = re.fullmatch(r"(明治|大正|昭和|平成|令和|[MTSHR])\.?(元|\d{1,2})", plain)
    if not found:
        return None
    base = _ERAS.get(found[1]) or _LETTERS[found[1]]
    return base + (1 if found[2] == "元" else int(found[2]))


def printable(text: str, *, lines: bool = False) -> str:
    """Without control characters (Cc) and lone surrogates; line breaks stay where there may be lines, else become a space."""
    if not lines:
        text = text.replace("\r\n", " ").replace("\n", " ").replace("\r", " ").replace("\t", " ")
    return _UNPRINTABLE.sub("", text)


class PlainText(forms.CharField):
    """One line as it was typed, without control characters and the spaces around it; too long is said with both counts."""

    def __init__(self, *, max_length: int, **kwargs: Any) -> None:
        super().__init__(max_length=None, **kwargs)
        self.longest = max_length

    def to_python(self, value: Any) -> str:
        text = str(super().to_python("" if value is None else printable(str(value), lines=self._lines())) or "")
        if len(text) > self.longest:
            raise ValidationError(
                _("This has %(count)d characters; up to %(most)d fit here. Please shorten it.")
                % {"count": len(text), "most": self.longest},
                code="long",
            )
        return text

    def _lines(self) -> bool:
        return isinstance(self.widget, forms.Textarea)


class KanaText(PlainText):
    """A reading: half-width kana and hiragana become katakana; anything else is kept as it is."""

    def to_python(self, value: Any) -> str:
        return super().to_python(katakana("" if value is None else str(value)))


class FoldedText(PlainText):
    """Numbers and codes: any width."""

    def to_python(self, value: Any) -> str:
        return super().to_python(folded("" if value is None else str(value)))


class MailField(FoldedText):
    """An address in any width and case."""

    default_error_messages = {
        "required": gettext_lazy("Please enter your mail address."),
    }

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault(
            "widget",
            forms.EmailInput(attrs={"autocomplete": "email", "spellcheck": "false", "autocapitalize": "none"}),
        )
        super().__init__(max_length=254, **kwargs)

    def to_python(self, value: Any) -> str:
        text = super().to_python(value).replace(" ", "").lower()
        if not text:
            return text
        if "@" not in text:
            raise ValidationError(_("The mail address has no “@”. Example: nakamura@example.jp"), code="mail")
        try:
            EmailValidator()(text)
        except ValidationError:
            raise ValidationError(
                _("This does not look like a mail address. Example: nakamura@example.jp"), code="mail"
            ) from None
        return text


class YearField(PlainText):
    """A year in the Western or the Japanese calendar; the cleaned value is a number or None."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=12, **kwargs)

    def clean(self, value: Any) -> int | None:
        text = super().clean(value)
        if not text:
            return None
        found = year(text)
        if found is None:
            raise ValidationError(_("Please write the year as 2009 or 平成21年 (H21)."), code="year")
        if not 1900 <= found <= clock.now().year + 1:
            raise ValidationError(
                _("The year %(year)d cannot be right here. Please check it.") % {"year": found}, code="year"
            )
        return found


class MonthField(PlainText):
    """A month from 1 to 12, with or without 月; the cleaned value is a number or None."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=6, **kwargs)

    def clean(self, value: Any) -> int | None:
        text = folded(super().clean(value)).removesuffix("月").strip()
        if not text:
            return None
        if not re.fullmatch(r"\d{1,2}", text) or not 1 <= int(text) <= 12:
            raise ValidationError(_("Please give the month as a number from 1 to 12, or leave it out."), code="month")
        return int(text)
