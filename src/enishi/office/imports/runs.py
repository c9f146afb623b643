"""From a file to the roster: check it, keep the verdict, carry it out. The page and the command line both come here."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

from enishi.accounts.actions import roster as roster_actions
from enishi.accounts.choices import route_of_words
from enishi.accounts.models import ImportRun
from enishi.core import audit, network
from enishi.office.imports import headings, parts, roster, tables

PREVIEW_ROWS = 5
REPORT_ROWS = 5000


def network_zone() -> str:
    here = network.find()
    return here.zone if here else "Asia/Tokyo"


def judged(content: bytes, *, encoding: str = "", columns: dict[str, int] | None = None) -> Iterator[roster.Row]:
    """Every row of a file with its verdict. Raises `tables.BrokenFile`."""
    table = tables.read(content, encoding=encoding)
    return roster.read_rows(table.rows, columns or headings.guess(table.header), zone=network_zone())


def check(
    content: bytes,
    *,
    file_name: str,
    by: Any = None,
    encoding: str = "",
    columns: dict[str, int] | None = None,
    basis: str = "",
) -> ImportRun:
    """Judge a file and keep the result as a run that can be carried out. Raises `tables.BrokenFile`."""
    table = tables.read(content, encoding=encoding)
    columns = parts.used(columns or headings.guess(table.header))
    headings.require(columns)
    tally: Counter[str] = Counter()
    report: list[dict[str, Any]] = []
    for row in roster.read_rows(table.rows, columns, zone=network_zone()):
        tally[row.verdict] += 1
        if row.why and len(report) < REPORT_ROWS:
            report.append({"row": row.number, "verdict": row.verdict, "why": row.why, "number": row.employee_number})
    run = ImportRun.objects.create(
        file_name=file_name[:200],
        fingerprint=hashlib.sha256(content).hexdigest(),
        encoding=table.encoding,
        columns=columns,
        content=content,
        basis=basis[:200],
        tally=dict(tally),
        report=report,
        by=by,
    )
    audit.record("roster.checked", by=by, about=run, rows=sum(tally.values()))
    return run


def carry_out(
    run: ImportRun, content: bytes, *, by: Any = None, progress: Callable[[int], None] | None = None
) -> roster_actions.Outcome:
    """Import the good rows of a run that was checked."""
    rows = judged(content, encoding="" if run.encoding == "xlsx" else run.encoding, columns=run.columns)
    good = ((row.number, as_entry(row.person)) for row in rows if row.person is not None)
    outcome = roster_actions.import_rows(run, good, by=by, progress=progress)
    if outcome.erased:
        said = [
            {"row": n, "verdict": "skipped", "why": "row: erased at the person's request", "number": ""}
            for n in outcome.erased
        ]
        run.report = [*run.report, *said]
        run.save(update_fields=["report"])
    return outcome


def as_entry(person: roster.Person) -> dict[str, Any]:
    """A row's person as values of a roster entry."""
    return {
        "employee_number": person.employee_number,
        "family_name": person.family_name,
        "given_name": person.given_name,
        "family_kana": person.family_name_kana,
        "given_kana": person.given_name_kana,
        "email": person.email,
        "joined_on": person.joined_on,
        "left_on": person.left_on,
        "stints": [as_stint(stint, person.manager, last=stint is person.stints[-1]) for stint in person.stints],
        "manager": person.manager,
        "employer": person.employer,
        "title": person.title,
        "country": person.country,
        "zone": person.timezone,
        "route": route_of_words(person.route),
    }


def as_stint(stint: roster.Stint, manager: str, *, last: bool) -> dict[str, Any]:
    """A stint as a registration has it; the roster's manager is the last stint's."""
    (from_year, from_month), (to_year, to_month) = (map(int, month.split("-")) for month in (stint.start, stint.end))
    return {
        "site": stint.site,
        "department": stint.department,
        "from_year": from_year,
        "from_month": from_month,
        "to_year": to_year,
        "to_month": to_month,
        "manager": manager if last else "",
    }
