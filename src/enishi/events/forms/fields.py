"""Fields of dates, hours, small numbers and links, in any width and as people write them."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from enishi.core import clock, dates
from enishi.core.fields import folded
from enishi.events.choices import YEARS


class DayField(forms.DateField):
    """A date in any width, as browsers send it or as people write it."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            input_formats=["%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d", "%Y年%m月%d日"],
            widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
            error_messages={
                "required": gettext_lazy("Please give the date."),
                "invalid": gettext_lazy("Please give the date as in 2026-12-10."),
            },
            **kwargs,
        )

    def to_python(self, value: Any) -> date | None:
        found: date | None = super().to_python(folded(value) if isinstance(value, str) else value)
        if found is not None:
            _check_year(found.year)
        return found


class HourField(forms.TimeField):
    """An hour in any width."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            input_formats=["%H:%M", "%H:%M:%S", "%H時%M分", "%H時"],
            widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"}),
            error_messages={
                "required": gettext_lazy("Please give the hour."),
                "invalid": gettext_lazy("Please give the hour as in 18:00."),
            },
            **kwargs,
        )

    def to_python(self, value: Any) -> time | None:
        found: time | None = super().to_python(folded(value) if isinstance(value, str) else value)
        return found


class NumberField(forms.IntegerField):
    """A small number in any width."""

    def __init__(self, *, least: int, most: int, **kwargs: Any) -> None:
        said = format_lazy(gettext_lazy("Please give a number from {least} to {most}."), least=least, most=most)
        super().__init__(
            min_value=least,
            max_value=most,
            error_messages=dict.fromkeys(("required", "invalid", "min_value", "max_value"), said),
            **kwargs,
        )

    def to_python(self, value: Any) -> int | None:
        found: int | None = super().to_python(folded(value)[:9] if isinstance(value, str) else value)
        return found


class MomentField(forms.DateTimeField):
    """A date and hour on the network's wall clock; the cleaned value is an instant."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            widget=forms.DateTimeInput(format="%Y-%m-%dT%H:%M", attrs={"type": "datetime-local"}),
            error_messages={
                "required": gettext_lazy("Please give date and hour."),
                "invalid": gettext_lazy("Please give date and hour as in 2026-12-09 17:00."),
            },
            **kwargs,
        )

    def to_python(self, value: Any) -> datetime | None:
        if isinstance(value, datetime):
            return value
        # Read without Django's zone: the wall clock is the network's.
        text = folded(value) if value else ""
        for form in ("%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M", "%Y/%m/%d %H:%M"):
            try:
                found = datetime.strptime(text, form).replace(tzinfo=ZoneInfo(dates.network_zone()))
            except ValueError:
                continue
            _check_year(found.year)
            return found
        if text:
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return None

    def prepare_value(self, value: Any) -> Any:
        return clock.local(value, dates.network_zone()).replace(tzinfo=None) if isinstance(value, datetime) else value


class VideoField(forms.URLField):
    """A link that begins with https."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            max_length=500,
            required=False,
            assume_scheme="https",
            error_messages={"invalid": gettext_lazy("Please give the whole link, beginning with https://.")},
            **kwargs,
        )

    def clean(self, value: Any) -> str:
        found: str = super().clean(value)
        if found and not found.startswith("https://"):
            raise ValidationError(_("Please give the whole link, beginning with https://."), code="invalid")
        return found


def at(day: date, hour: time) -> datetime:
    """The instant of a date and hour on the network's wall clock."""
    return datetime.combine(day, hour, ZoneInfo(dates.network_zone()))


def _check_year(year: int) -> None:
    if year not in YEARS:
        raise ValidationError(
            _("The year %(year)d cannot be right here. Please check it."), code="year", params={"year": year}
        )
