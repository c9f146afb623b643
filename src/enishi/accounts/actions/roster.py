"""Put a roster into the network, and take it out again within a day."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import islice
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from enishi.accounts.choices import ImportState, InvitationKind
from enishi.accounts.models import ImportRun, Invitation, RosterEntry
from enishi.accounts.queries import erasures
from enishi.core import audit, clock
from enishi.engines import names

UNDO_WITHIN = timedelta(hours=24)
BATCH = 1000
FIELDS = (
    "family_name", "given_name", "family_kana", "given_kana", "email", "joined_on", "left_on",
    "stints", "manager", "employer", "title", "country", "zone", "route",
)  # fmt: skip


@dataclass(frozen=True)
class Outcome:
    """What an import did, in rows; `erased` are row numbers left out because the person was erased here."""

    created: int
    changed: int
    unchanged: int
    erased: tuple[int, ...]


@dataclass(frozen=True)
class Undone:
    """`stayed` are employee numbers of rows that stay: someone was admitted on them, or a later import changed them."""

    removed: int
    restored: int
    stayed: tuple[str, ...]


Values = dict[str, Any]


def import_rows(
    run: ImportRun,
    rows: Iterable[tuple[int, Values]],
    *,
    by: Any = None,
    progress: Callable[[int], None] | None = None,
) -> Outcome:
    """Store good rows, all in one transaction: new ones made, changed ones changed, equal ones left alone.

    `rows` gives (row number, values of a `RosterEntry` with days as `date`). They are folded and written to a temporary
    file first, so that the transaction holds the writer's place only while it writes. Raises `ValidationError` when
    the run was imported already.
    """
    erased: list[int] = []
    with tempfile.SpooledTemporaryFile(max_size=8 * 1024 * 1024, mode="w+", encoding="utf-8") as spool:
        gone = erasures.ledger()
        for count, (number, values) in enumerate(rows, start=1):
            if gone.has(values["employee_number"], values["email"]):
                erased.append(number)
                continue
            line = {**values, "name_keys": name_keys(values)}
            spool.write(json.dumps(line, ensure_ascii=False, default=_iso) + "\n")
            if progress and count % BATCH == 0:
                progress(count)
        spool.seek(0)
        with transaction.atomic():
            if not ImportRun.objects.filter(pk=run.pk, state=ImportState.CHECKED).update(
                state=ImportState.IMPORTED, at=clock.now(), content=None
            ):
                raise ValidationError(_("This file was imported already. Look at its result in the list of imports."))
            created, changed, unchanged = _write(run, (json.loads(line) for line in spool))
            ImportRun.objects.filter(pk=run.pk).update(created=created, changed=changed, unchanged=unchanged)
            audit.record("roster.imported", by=by, about=run, created=created, changed=changed, unchanged=unchanged)
    run.refresh_from_db()
    return Outcome(created, changed, unchanged, tuple(erased))


def undo(run: ImportRun, *, by: Any = None) -> Undone:
    """Take an import back within 24 hours. Raises `ValidationError` after that, or when it was undone."""
    if run.state != ImportState.IMPORTED:
        raise ValidationError(_("Only an import that was carried out can be undone."))
    if clock.now() - run.at > UNDO_WITHIN:
        raise ValidationError(_("An import can be undone for 24 hours. This one is older."))
    with transaction.atomic():
        if not ImportRun.objects.filter(pk=run.pk, state=ImportState.IMPORTED).update(
            state=ImportState.UNDONE, undone_at=clock.now()
        ):
            raise ValidationError(_("Only an import that was carried out can be undone."))
        made = RosterEntry.objects.filter(first_run=run)
        stay = made.filter(member__isnull=False) | made.exclude(last_run=run)
        stayed = list(stay.order_by("employee_number").values_list("employee_number", flat=True))
        removed = made.exclude(employee_number__in=stayed).delete()[1].get("accounts.RosterEntry", 0)
        restored = 0
        for entry in RosterEntry.objects.filter(last_run=run, before__isnull=False).exclude(first_run=run):
            _restore(entry)
            restored += 1
        audit.record("roster.undone", by=by, about=run, removed=removed, restored=restored, stayed=len(stayed))
    run.refresh_from_db()
    return Undone(removed, restored, tuple(stayed))


def stop_mail(entry: RosterEntry, *, by: Any = None) -> bool:
    """The person wishes no invitation: an open one ends, and none is sent. False when that was so already."""
    with transaction.atomic():
        if not RosterEntry.objects.filter(pk=entry.pk, no_mail_at=None).update(no_mail_at=clock.now()):
            return False
        sent = Q(roster_entry=entry) | (Q(email=entry.email) if entry.email else Q(pk=None))
        unused = Invitation.objects.filter(sent, kind=InvitationKind.OFFICER, used_at=None, revoked_at=None)
        ended = unused.update(revoked_at=clock.now())
        audit.record("roster.mail-stopped", by=by, about=entry, invitations=ended)
    return True


def allow_mail(entry: RosterEntry, *, by: Any = None) -> bool:
    """The person may be invited again."""
    with transaction.atomic():
        if not RosterEntry.objects.filter(pk=entry.pk, no_mail_at__isnull=False).update(no_mail_at=None):
            return False
        audit.record("roster.mail-allowed", by=by, about=entry)
    return True


def forget_files() -> int:
    """Drop the contents of files that were checked and not imported within a day; returns how many."""
    old = ImportRun.objects.filter(state=ImportState.CHECKED, at__lt=clock.now() - UNDO_WITHIN, content__isnull=False)
    return old.update(content=None)


def forget_person(numbers: set[str]) -> None:
    """Take someone out of what imports left: their employee numbers out of the reports, and the files that wait.

    Whoever is on such a file may be written in any way, so all that wait are dropped; they are chosen and checked anew.
    """
    for run in ImportRun.objects.only("report"):
        report = [{**line, "number": ""} if line["number"] in numbers else line for line in run.report]
        if report != run.report:
            ImportRun.objects.filter(pk=run.pk).update(report=report)
    ImportRun.objects.filter(state=ImportState.CHECKED, content__isnull=False).update(content=None)


def name_keys(values: Values) -> str:
    """The search keys of a row's name, each between bars: `|やまだ|yamada|`."""
    person = names.PersonName(
        family=values["family_name"],
        given=values["given_name"],
        family_kana=values["family_kana"],
        given_kana=values["given_kana"],
    )
    text = "|" + "|".join(names.keys(person)) + "|"
    return text if len(text) <= 400 else text[:400].rsplit("|", 1)[0] + "|"


def _write(run: ImportRun, lines: Iterator[Values]) -> tuple[int, int, int]:
    created = changed = unchanged = 0
    while batch := list(islice(lines, BATCH)):
        numbers = [line["employee_number"] for line in batch]
        held = {entry.employee_number: entry for entry in RosterEntry.objects.filter(employee_number__in=numbers)}
        new = [_entry(line, run) for line in batch if line["employee_number"] not in held]
        differing = [held[line["employee_number"]] for line in batch if _take_over(held, line, run)]
        RosterEntry.objects.bulk_create(new, batch_size=BATCH)
        RosterEntry.objects.bulk_update(differing, [*FIELDS, "name_keys", "before", "last_run"], batch_size=200)
        created += len(new)
        changed += len(differing)
        unchanged += len(batch) - len(new) - len(differing)
    return created, changed, unchanged


def _entry(line: Values, run: ImportRun) -> RosterEntry:
    values = {**line, "joined_on": _day(line["joined_on"]), "left_on": _day(line["left_on"])}
    return RosterEntry(**values, first_run=run, last_run=run)


def _take_over(held: dict[str, RosterEntry], line: Values, run: ImportRun) -> bool:
    """Put a line's values into the entry that is held; True when something differs."""
    entry = held.get(line["employee_number"])
    if entry is None:
        return False
    before = _as_line(entry)
    if all(before[name] == line[name] for name in FIELDS):
        return False
    for name in FIELDS:
        setattr(entry, name, _day(line[name]) if name in {"joined_on", "left_on"} else line[name])
    entry.name_keys = line["name_keys"]
    entry.before = before
    entry.last_run = run
    return True


def _restore(entry: RosterEntry) -> None:
    before = entry.before or {}
    for name in (*FIELDS, "name_keys"):
        setattr(entry, name, _day(before[name]) if name in {"joined_on", "left_on"} else before[name])
    entry.last_run_id = before.get("last_run")
    entry.before = None
    entry.save()


def _as_line(entry: RosterEntry) -> Values:
    line = {name: _iso(getattr(entry, name)) for name in FIELDS}
    return {**line, "name_keys": entry.name_keys, "last_run": entry.last_run_id}


def _iso(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
