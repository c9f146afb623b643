"""All that the office writes about a series, on one page: words, dates, programme."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from typing import Any, ClassVar
from zoneinfo import ZoneInfo

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from enishi.core import clock, dates
from enishi.core.fields import PlainText, folded
from enishi.core.rows import Rows, Together
from enishi.events.actions.series import SegmentInput, SeriesInput, SessionInput
from enishi.events.choices import SegmentKind
from enishi.members.models import Member

MOST_SESSIONS, MOST_SEGMENTS = 30, 12


class WordsForm(forms.Form):
    """Title, purpose and text in two languages; English may be left out."""

    title_ja = PlainText(
        max_length=80,
        label=gettext_lazy("Title (Japanese)"),
        error_messages={"required": gettext_lazy("Please give the event a title.")},
    )
    title_en = PlainText(max_length=80, required=False, label=gettext_lazy("Title (English)"))
    common_name_ja = PlainText(max_length=40, required=False, label=gettext_lazy("What people call it (Japanese)"))
    common_name_en = PlainText(max_length=40, required=False, label=gettext_lazy("What people call it (English)"))
    purpose_ja = PlainText(
        max_length=200,
        label=gettext_lazy("Purpose in one sentence (Japanese)"),
        error_messages={"required": gettext_lazy("Please say in one sentence what the event is for.")},
    )
    purpose_en = PlainText(max_length=200, required=False, label=gettext_lazy("Purpose in one sentence (English)"))
    text_ja = PlainText(
        max_length=4000, required=False, widget=forms.Textarea, label=gettext_lazy("More about it (Japanese)")
    )
    text_en = PlainText(
        max_length=4000, required=False, widget=forms.Textarea, label=gettext_lazy("More about it (English)")
    )


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
                return datetime.strptime(text, form).replace(tzinfo=ZoneInfo(dates.network_zone()))
            except ValueError:
                continue
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


class SessionRow(forms.Form):
    """One line of the table of dates."""

    key = forms.IntegerField(required=False, widget=forms.HiddenInput, min_value=1, max_value=2**53)
    day = DayField(label=gettext_lazy("Date"))
    hour = HourField(label=gettext_lazy("Begins"))
    minutes = NumberField(least=15, most=480, label=gettext_lazy("Minutes"), initial=60)
    minimum = NumberField(least=1, most=500, label=gettext_lazy("Minimum"), initial=3)
    maximum = NumberField(least=1, most=500, label=gettext_lazy("Maximum"), initial=9)
    closes = MomentField(
        required=False, label=gettext_lazy("Sign-up until"), help_text=gettext_lazy("Empty: the day before, 17:00.")
    )
    video_url = VideoField(label=gettext_lazy("Video link"))
    hosts = forms.MultipleChoiceField(
        required=False,
        widget=forms.CheckboxSelectMultiple,
        label=gettext_lazy("Hosts"),
        error_messages={
            "invalid_choice": gettext_lazy("One of the hosts has no duty here any more. Please choose again.")
        },
    )
    people: ClassVar[Sequence[Member]] = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["hosts"].choices = [(str(person.pk), person.name) for person in self.people]  # type: ignore[attr-defined]

    @property
    def host_names(self) -> list[str]:
        """Who is ticked at this moment, for the line that stands when the rest is folded."""
        ticked = {str(key) for key in self["hosts"].value() or ()}
        return [person.name for person in self.people if str(person.pk) in ticked]

    @property
    def has_fault_inside(self) -> bool:
        """Is something to mend in the folded part?"""
        return any(name in self.errors for name in ("closes", "video_url", "hosts"))

    def clean_hosts(self) -> tuple[Member, ...]:
        chosen = set(self.cleaned_data["hosts"])
        return tuple(person for person in self.people if str(person.pk) in chosen)

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or {}
        if not self.errors and values["minimum"] > values["maximum"]:
            self.add_error("minimum", _("The minimum is larger than the maximum. Please mend one of them."))
        if values.get("day") and values.get("hour"):
            values["starts_at"] = at(values["day"], values["hour"])
            if values.get("closes") and values["closes"] > values["starts_at"]:
                self.add_error(
                    "closes", _("Sign-up can stay open until the start at the latest. Please choose an earlier time.")
                )
            if not values.get("key") and values["starts_at"] <= clock.now():
                self.add_error("day", _("This date has passed already. Please choose one to come."))
        return values


class SegmentRow(forms.Form):
    """One part of the programme; prompts are one a line, in two languages side by side."""

    kind = forms.ChoiceField(choices=SegmentKind.choices, label=gettext_lazy("Kind"))
    title_ja = PlainText(max_length=80, required=False, label=gettext_lazy("Title (Japanese)"))
    title_en = PlainText(max_length=80, required=False, label=gettext_lazy("Title (English)"))
    minutes = NumberField(least=1, most=480, required=False, label=gettext_lazy("Minutes in all"))
    each_minutes = NumberField(least=1, most=60, required=False, label=gettext_lazy("or minutes a person"))
    prompts_ja = PlainText(
        max_length=2000, required=False, widget=forms.Textarea, label=gettext_lazy("Prompts, one a line (Japanese)")
    )
    prompts_en = PlainText(
        max_length=2000, required=False, widget=forms.Textarea, label=gettext_lazy("Prompts, one a line (English)")
    )

    @property
    def kind_words(self) -> str:
        """The kind's name, for a part without a title."""
        return str(dict(SegmentKind.choices).get(self["kind"].value(), ""))

    @property
    def is_new(self) -> bool:
        """A part that was just added: it has neither words nor minutes."""
        return not any(self[name].value() for name in ("title_ja", "minutes", "each_minutes", "prompts_ja"))


class SeriesForms:
    """The three parts of the page, checked together."""

    def __init__(self, *, data: Any = None, initial: SeriesInput | None = None) -> None:
        # Read once for all rows of the table.
        self.row: type[SessionRow] = type("SessionRow", (SessionRow,), {"people": list(possible_hosts())})
        first = initial or SeriesInput(title_ja="", purpose_ja="")
        self.words = WordsForm(data, initial=_words(first), use_required_attribute=False)
        self.sessions: Rows[SessionRow] = Rows(
            self.row,
            prefix="session",
            data=data,
            initial=[_session(each) for each in first.sessions],
            most=MOST_SESSIONS,
        )
        self.segments: Rows[SegmentRow] = Rows(
            SegmentRow,
            prefix="segment",
            data=data,
            initial=[_segment(each) for each in first.segments],
            most=MOST_SEGMENTS,
        )

    def edited(self, data: Any) -> bool:
        """Was a button for adding or removing a row pressed? Then the rows are as it asks."""
        sessions = Rows.edited(self.row, prefix="session", data=data, most=MOST_SESSIONS)
        segments = Rows.edited(SegmentRow, prefix="segment", data=data, most=MOST_SEGMENTS)
        if sessions is None and segments is None:
            return False
        typed_words = {name: data.get(name, "") for name in self.words.fields}
        self.words = WordsForm(initial=typed_words, use_required_attribute=False)
        self.sessions = sessions or _unbound(self.sessions, self.row, "session", MOST_SESSIONS)
        self.segments = segments or _unbound(self.segments, SegmentRow, "segment", MOST_SEGMENTS)
        return True

    def is_valid(self) -> bool:
        return all([self.words.is_valid(), self.sessions.is_valid(), self.segments.is_valid()])

    @property
    def together(self) -> Together:
        return Together(self.words, *self.sessions.forms, *self.segments.forms)

    def data(self) -> SeriesInput:
        """After `is_valid`."""
        return SeriesInput(
            **self.words.cleaned_data,
            sessions=[_to_session(row) for row in self.sessions.cleaned()],
            segments=[_to_segment(row) for row in self.segments.cleaned()],
        )


def possible_hosts() -> models.QuerySet[Member]:
    """Members with a duty in the office."""
    from enishi.accounts.models import Role

    held = Role.objects.held_now().values("user")
    return Member.objects.present().filter(user__in=held).order_by("family_kana", "pk")


def at(day: date, hour: time) -> datetime:
    """The instant of a date and hour on the network's wall clock."""
    return datetime.combine(day, hour, ZoneInfo(dates.network_zone()))


def _unbound(rows: Rows[Any], kind: Any, prefix: str, most: int) -> Rows[Any]:
    return Rows(kind, prefix=prefix, initial=[form.typed() for form in rows.typed_forms()], most=most)


def _words(data: SeriesInput) -> dict[str, str]:
    return {name: getattr(data, name) for name in WordsForm.base_fields}


def _session(data: SessionInput) -> Mapping[str, Any]:
    local = clock.local(data.starts_at, dates.network_zone())
    return {
        "key": data.key,
        "day": local.date(),
        "hour": local.time(),
        "minutes": data.minutes,
        "minimum": data.minimum,
        "maximum": data.maximum,
        "closes": data.closes_at,
        "video_url": data.video_url,
        "hosts": [host.pk for host in data.hosts],
    }


def _segment(data: SegmentInput) -> Mapping[str, Any]:
    return {
        "kind": data.kind,
        "title_ja": data.title_ja,
        "title_en": data.title_en,
        "minutes": data.minutes,
        "each_minutes": data.each_minutes,
        "prompts_ja": "\n".join(ja for ja, _en in data.prompts),
        "prompts_en": "\n".join(en for _ja, en in data.prompts),
    }


def _to_session(row: Mapping[str, Any]) -> SessionInput:
    return SessionInput(
        key=row["key"],
        starts_at=row["starts_at"],
        minutes=row["minutes"],
        minimum=row["minimum"],
        maximum=row["maximum"],
        closes_at=row["closes"],
        video_url=row["video_url"],
        hosts=row["hosts"],
    )


def _to_segment(row: Mapping[str, Any]) -> SegmentInput:
    return SegmentInput(
        kind=row["kind"],
        title_ja=row["title_ja"],
        title_en=row["title_en"],
        minutes=row["minutes"],
        each_minutes=row["each_minutes"],
        prompts=tuple(_pairs(_lines(row["prompts_ja"]), _lines(row["prompts_en"]))),
    )


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def _pairs(ja: Sequence[str], en: Sequence[str]) -> list[tuple[str, str]]:
    longest = max(len(ja), len(en))
    return [(ja[n] if n < len(ja) else "", en[n] if n < len(en) else "") for n in range(longest)]
