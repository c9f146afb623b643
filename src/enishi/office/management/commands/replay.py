"""`enishi replay DIR [--json] [--data FOLDER] [--out FOLDER]`: live a past series through, print its figures, write its report."""

from __future__ import annotations

import json
from contextlib import nullcontext
from functools import partial
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser

from enishi.core import network
from enishi.events.models import EventSeries
from enishi.office.replay import living, reading
from enishi.office.replay.story import BrokenStory, Story
from enishi.publishing.actions import render
from enishi.publishing.models import Report
from enishi.publishing.queries import figures

migrate = partial(call_command, "migrate", verbosity=0)


class Command(BaseCommand):
    help = "Replay a folder (roster.csv, gathering.json, signups.csv, voices.csv) in a data folder of its own."
    requires_migrations_checks = False

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", type=Path)
        parser.add_argument("--json", action="store_true", dest="as_json", help="print the raw figures as JSON")
        parser.add_argument(
            "--out", type=Path, help="where report.html and report.pdf go; the data folder unless given"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            story = reading.read(options["folder"])
        except BrokenStory as error:
            raise CommandError(str(error)) from None
        series, report = self.live(story)
        out = options["out"] or settings.DATA
        self.write_report(report, out)
        self.print_figures(series, as_json=options["as_json"])
        self.stderr.write(f"The report stands in {out}.")

    def live(self, story: Story) -> tuple[EventSeries, Report]:
        """In an empty database; the story of an earlier replay makes room for this one."""
        migrate()
        earlier = living.lived_here()
        if earlier is None and network.find() is not None:
            raise CommandError(
                "This database holds a network already. Give the story a data folder of its own, "
                "and no ENISHI_DATABASE_URL: enishi replay --data /tmp/story …"
            )
        try:
            with living.set_aside(earlier, make=migrate) if earlier else nullcontext():
                lived = living.live(story)
        except ValidationError as error:
            raise CommandError(f"The story breaks off, and nothing was written: {' '.join(error.messages)}") from None
        if earlier:
            self.stderr.write("This story took the place of the one that was replayed here before.")
        return lived

    def write_report(self, report: Report, out: Path) -> None:
        html, pdf = render.report_files(report)
        try:
            out.mkdir(parents=True, exist_ok=True)
            (out / "report.html").write_text(html, encoding="utf-8")
            (out / "report.pdf").write_bytes(pdf)
        except OSError as error:
            raise CommandError(f"The report cannot be written to {out}: {error.strerror}.") from None

    def print_figures(self, series: EventSeries, *, as_json: bool) -> None:
        facts = figures.of_series(series).as_data()
        if as_json:
            self.stdout.write(json.dumps(facts, ensure_ascii=False, indent=1))
            return
        for name, value in facts.items():
            self.stdout.write(f"{name}: {json.dumps(value, ensure_ascii=False)}")
