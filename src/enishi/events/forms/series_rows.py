"""The lines of a series' page: one for each date, one for each part of the programme."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from enishi.core import clock, dates
from enishi.core.fields import PlainText
from enishi.events.actions.series_input import SegmentInput, SessionInput
from enishi.events.choices import SegmentKind
from enishi.events.forms.fields import DayField, HourField, MomentField, NumberField, VideoField, at
from enishi.members.models import Member


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


def of_session(data: SessionInput) -> Mapping[str, Any]:
    """What the line of a date shows at first."""
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


def of_segment(data: SegmentInput) -> Mapping[str, Any]:
    """What the line of a part shows at first."""
    return {
        "kind": data.kind,
        "title_ja": data.title_ja,
        "title_en": data.title_en,
        "minutes": data.minutes,
        "each_minutes": data.each_minutes,
        "prompts_ja": "\n".join(ja for ja, _en in data.prompts),
        "prompts_en": "\n".join(en for _ja, en in data.prompts),
    }


def to_session(row: Mapping[str, Any]) -> SessionInput:
    """The date of a line that is in order."""
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


def to_segment(row: Mapping[str, Any]) -> SegmentInput:
    """The part of a line that is in order."""
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
