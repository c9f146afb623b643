"""Choosing a zone by its city, in groups."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms

from enishi.core import zones


class ZoneSelect(forms.Select):
    """Where the browser's zone is filled in (`data-zone-guess`), each option says what else the zone is called.

    A zone that has no entry (UTC, from an import) is offered where it is the one that is kept: saving must not lose it.
    """

    def optgroups(self, name: str, value: list[str], attrs: dict[str, Any] | None = None) -> list[Any]:
        groups = super().optgroups(name, value, attrs)
        for zone in value:
            if zones.is_zone(zone) and not zones.is_listed(zone):
                kept = self.create_option(name, zone, zones.city(zone), True, len(groups), attrs=attrs)
                groups.append((None, [kept], len(groups)))
        return groups

    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        option = super().create_option(name, value, *args, **kwargs)
        others = zones.others(str(value)) if "data-zone-guess" in self.attrs else ()
        if others:
            option["attrs"]["data-also"] = " ".join(others)
        return option


class ZoneField(forms.ChoiceField):
    """The cleaned value is the zone's name in the list; an alias that a browser or an older list gives is taken for it.

    `empty` gives the words of the first choice, for no zone of one's own.
    """

    widget = ZoneSelect

    def __init__(self, *, empty: Callable[[], str] | None = None, guess: bool = False, **kwargs: Any) -> None:
        self.empty = empty
        super().__init__(choices=self._groups, **kwargs)
        if guess:
            self.widget.attrs["data-zone-guess"] = ""

    def _groups(self) -> list[Any]:
        return [("", self.empty()), *zones.groups()] if self.empty else list(zones.groups())

    def prepare_value(self, value: Any) -> Any:
        return zones.entry(value) if isinstance(value, str) else value

    def valid_value(self, value: Any) -> bool:
        return super().valid_value(value) or zones.is_zone(str(value))

    def to_python(self, value: Any) -> str:
        return zones.entry(super().to_python(value))
