"""`enishi roster check FILE [--json]` and `enishi roster import FILE`."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from enishi.core.management import tables
from enishi.office.imports import roster, runs
from enishi.office.imports.tables import BrokenFile

NO_ROWS = "The file holds a line of headings and no row below it. Choose the file that holds the people."


class Command(BaseCommand):
    help = "Check a roster file, or import its good rows."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("step", choices=["check", "import"])
        parser.add_argument("file", help="CSV or XLSX; - reads the standard input")
        parser.add_argument("--json", action="store_true", dest="as_json", help="print the whole verdict as JSON")
        parser.add_argument("--encoding", default="", help="instead of the guess, for example cp932")
        parser.add_argument("--basis", default="", help="on what ground these data are used (kept with the import)")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            content = sys.stdin.buffer.read() if options["file"] == "-" else Path(options["file"]).read_bytes()
        except OSError as error:
            raise CommandError(f"{options['file']} cannot be read: {error.strerror}.") from None
        tables.make()
        try:
            if options["step"] == "check":
                self.check_file(content, options)
            else:
                self.import_file(content, options)
        except BrokenFile as error:
            raise CommandError(str(error)) from None

    def check_file(self, content: bytes, options: dict[str, Any]) -> None:
        verdict = roster.check(runs.judged(content, encoding=options["encoding"]))
        if options["as_json"]:
            self.stdout.write(json.dumps(verdict, ensure_ascii=False, indent=1))
            return
        if not verdict["rows"]:
            self.stdout.write(NO_ROWS)
            return
        for number, row in verdict["rows"].items():
            if row["why"]:
                self.stdout.write(f"row {number}: {row['verdict']}: {row['why']}")
        self.stdout.write(", ".join(f"{count} {name}" for name, count in sorted(verdict["tally"].items())))

    def import_file(self, content: bytes, options: dict[str, Any]) -> None:
        run = runs.check(
            content, file_name=Path(options["file"]).name, encoding=options["encoding"], basis=options["basis"]
        )
        outcome = runs.carry_out(run, content, progress=self.progress)
        if options["as_json"]:
            result = {
                "created": outcome.created,
                "changed": outcome.changed,
                "unchanged": outcome.unchanged,
                "tally": run.tally,
                "rows": {line["row"]: {"verdict": line["verdict"], "why": line["why"]} for line in run.report},
            }
            self.stdout.write(json.dumps(result, ensure_ascii=False))
            return
        if not run.tally:
            self.stdout.write(NO_ROWS)
        for line in run.report:
            self.stdout.write(f"row {line['row']}: {line['verdict']}: {line['why']}")
        self.stdout.write(f"{outcome.created} new, {outcome.changed} changed, {outcome.unchanged} unchanged")

    def progress(self, done: int) -> None:
        if sys.stderr.isatty() and done % 5000 == 0:
            self.stderr.write(f"{done} rows read")
