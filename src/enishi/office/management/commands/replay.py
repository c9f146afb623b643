"""`enishi replay DIR [--json] [--data FOLDER] [--out FOLDER]`: live a past series through, print its figures, write its report."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from enishi.core import network
from enishi.events.models import EventSeries
from enishi.office import replay
from enishi.publishing.actions import render
from enishi.publishing.models import Report
from enishi.publishing.queries import figures


class Command(BaseCommand):
    help = "Replay a folder (roster.csv, gathering.json, signups.csv, voices.csv) in an empty data folder."
    requires_migrations_checks = False

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", type=Path)
        parser.add_argument("--json", action="store_true", dest="as_json", help="print the raw figures as JSON")
        parser.add_argument(
            "--out", type=Path, help="where report.html and report.pdf go; the data folder unless given"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            story = replay.read(options["folder"])
        except replay.BrokenStory as error:
            raise CommandError(str(error)) from None
        call_command("migrate", verbosity=0)
        if network.find() is not None:
            raise CommandError(
                "This data folder holds a network already. Give an empty one: enishi replay --data /tmp/story …"
            )
        try:
            series, report = self.live(story)
        except ValidationError as error:
            raise CommandError(f"The story breaks off, and nothing was written: {' '.join(error.messages)}") from None
        html, pdf = render.report_files(report)
        out = self.out_folder(options)
        (out / "report.html").write_text(html, encoding="utf-8")
        (out / "report.pdf").write_bytes(pdf)
        facts = figures.of_series(series).as_data()
        if options["as_json"]:
            self.stdout.write(json.dumps(facts, ensure_ascii=False, indent=1))
        else:
            for name, value in facts.items():
                self.stdout.write(f"{name}: {json.dumps(value, ensure_ascii=False)}")
            self.stdout.write(f"{out / 'report.html'}\n{out / 'report.pdf'}")
        self.stderr.write(f"The report stands in {out}.") if options["as_json"] else None

    @staticmethod
    @transaction.atomic
    def live(story: replay.Story) -> tuple[EventSeries, Report]:
        """The network, the story, its report: all or nothing."""
        replay.found_network(story)
        _owner, officer, _host = replay.make_office(story.begins - timedelta(days=200))
        series = replay.play(story, office=officer)
        return series, replay.publish(series, by=officer.user, at=story.ends + timedelta(days=3))

    @staticmethod
    def out_folder(options: dict[str, Any]) -> Path:
        from django.conf import settings

        out: Path = options["out"] or settings.DATA
        out.mkdir(parents=True, exist_ok=True)
        return out
