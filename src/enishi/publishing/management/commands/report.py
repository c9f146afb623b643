"""`enishi report facts SERIES [--json]`: the office's raw figures of a series."""

from __future__ import annotations

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db.models import Q

from enishi.core.management import tables
from enishi.events.models import EventSeries
from enishi.publishing.queries import figures


class Command(BaseCommand):
    help = "Print the raw figures of a series, as the office sees them."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("step", choices=["facts"])
        parser.add_argument("series", help="number or title of the series")
        parser.add_argument("--json", action="store_true", dest="as_json", help="print the figures as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        tables.make()
        facts = figures.of_series(_series(options["series"])).as_data()
        if options["as_json"]:
            self.stdout.write(json.dumps(facts, ensure_ascii=False, indent=1))
            return
        for name, value in facts.items():
            self.stdout.write(_line(name, value))
            if isinstance(value, dict):
                for key, count in value.items():
                    self.stdout.write(f"    {count:>4}  {key}")


def _line(name: str, value: Any) -> str:
    words = name.replace("_", " ")
    if isinstance(value, dict):
        return f"{words}:"
    if isinstance(value, list):
        return f"{words}: {', '.join(value) or '-'}"
    return f"{words}: {'-' if value is None else value}"


def _series(words: str) -> EventSeries:
    """By number, else by title or common name. One, or a sentence that says what to do."""
    text = words.strip()
    cut = text[: EventSeries._meta.get_field("title_ja").max_length]  # as a replay cuts a title that is too long
    names = Q(title_ja=cut) | Q(title_en=text) | Q(common_name_ja=text) | Q(common_name_en=text)
    if not text:
        raise CommandError("No series is named. Give its number or its title.")
    found = list(EventSeries.objects.filter(names).order_by("pk"))
    if not found and text.isascii() and text.isdecimal() and len(text) < 19:
        found = list(EventSeries.objects.filter(pk=int(text)))
    if not found:
        known = ", ".join(f"{each.pk} {each.title_ja}" for each in EventSeries.objects.order_by("pk")[:20])
        raise CommandError(
            f"There is no series “{text}”. " + (f"These are known: {known}." if known else "There is none yet.")
        )
    if len(found) > 1:
        numbers = ", ".join(str(each.pk) for each in found)
        raise CommandError(f"Several series are called “{text}”. Give the number of one of them: {numbers}.")
    return found[0]
