"""Reading a folder like `data/asagi`: everything is checked before anything is written."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

from django.utils import translation

from enishi.feedback.choices import Attribution
from enishi.feedback.models import Theme
from enishi.office.imports import headings, roster, tables
from enishi.office.replay import gathering
from enishi.office.replay.story import BrokenStory, Story

ROSTERS = ("roster.csv", "roster.xlsx")
SIGNUP = ("session", "employee_number")
VOICE = (
    "employee_number", "noticed", "want_theme", "want", "liked", "next_theme", "next", "quote_consent", "satisfaction",
)  # fmt: skip
THEME = Theme._meta.get_field("name_ja").max_length or 0


def read(folder: Path, *, shift: timedelta = timedelta()) -> Story:
    """The story of a folder; `shift` moves the whole of it. Raises `BrokenStory`."""
    if not folder.is_dir():
        raise BrokenStory(f"{folder} is no folder. Give one with roster, gathering, sign-ups and voices.")
    plan = gathering.read(_bytes(folder / gathering.NAME), shift=shift)
    path = next((folder / name for name in ROSTERS if (folder / name).exists()), None)
    if path is None:
        raise BrokenStory(f"{folder} holds no roster.csv. A story needs roster, gathering, sign-ups and voices.")
    content = _bytes(path)
    people = _people(path.name, content, plan.zone)
    return Story(
        gathering=plan,
        roster_file=content,
        roster_name=path.name,
        people=people,
        signups=tuple(_signups(folder / "signups.csv", {each.number for each in plan.sessions}, people)),
        voices=_voices(folder / "voices.csv", people),
    )


def _people(name: str, content: bytes, zone: str) -> dict[str, roster.Person]:
    """The good rows by employee number."""
    with _said_of(name):
        table = tables.read(content)
        rows = roster.read_rows(table.rows, headings.guess(table.header), zone=zone)
        return {row.person.employee_number: row.person for row in rows if row.person}


def _signups(path: Path, numbers: set[int], people: dict[str, roster.Person]) -> Iterator[tuple[int, str]]:
    for row, cells in _rows(path, SIGNUP):
        session = _folded(cells["session"])
        if not session.isdecimal() or int(session) not in numbers:
            raise BrokenStory(f"{path.name}, row {row}: there is no session {cells['session']!r}.")
        _must_be_known(path.name, row, cells["employee_number"], people)
        yield int(session), cells["employee_number"]


def _voices(path: Path, people: dict[str, roster.Person]) -> dict[str, dict[str, str]]:
    """By employee number; who wrote twice has changed their words, so the last row counts."""
    voices: dict[str, dict[str, str]] = {}
    for row, cells in _rows(path, VOICE):
        _must_be_known(path.name, row, cells["employee_number"], people)
        voices[cells["employee_number"]] = _voice(f"{path.name}, row {row}", cells)
    return voices


def _voice(where: str, cells: dict[str, str]) -> dict[str, str]:
    satisfaction, consent = _folded(cells["satisfaction"]), _folded(cells["quote_consent"])
    if satisfaction not in {"", "1", "2", "3", "4", "5"}:
        raise BrokenStory(f"{where}: the satisfaction {cells['satisfaction']!r} is not 1 to 5.")
    if consent not in {"", *Attribution.values}:
        raise BrokenStory(f"{where}: the consent {cells['quote_consent']!r} is none of named, anonymous, none.")
    for name in ("want_theme", "next_theme"):
        if len(cells[name]) > THEME:
            raise BrokenStory(f"{where}: {name} has {len(cells[name])} characters. A theme has {THEME} at the most.")
    return {**cells, "satisfaction": satisfaction, "quote_consent": consent}


def _must_be_known(name: str, row: int, number: str, people: dict[str, roster.Person]) -> None:
    if number not in people:
        raise BrokenStory(
            f"{name}, row {row}: the employee number {number!r} is not in the roster. Nothing was written."
        )


def _folded(text: str) -> str:
    """A number or a word of a list, as a full-width keyboard writes it too."""
    return unicodedata.normalize("NFKC", text).strip().lower()


# --- files


def _bytes(path: Path) -> bytes:
    """A file of the folder. Raises `BrokenStory` when it is not there or cannot be read."""
    try:
        return path.read_bytes()
    except FileNotFoundError:
        raise BrokenStory(f"{path.parent} holds no {path.name}. Give a folder like the first network's.") from None
    except OSError as error:
        raise BrokenStory(f"{path} cannot be read: {error.strerror}.") from None


def _rows(path: Path, needed: tuple[str, ...]) -> list[tuple[int, dict[str, str]]]:
    """(row, cells) of a small table, whatever Excel made of it. A row is a row of data, as the roster counts them."""
    content = _bytes(path)
    if not content.strip():
        raise BrokenStory(f"{path.name} is empty. Its first line has to name the columns.")
    with _said_of(path.name):
        table = tables.read(content)
        missing = [name for name in needed if name not in table.header]
        if missing:
            raise BrokenStory(f"{path.name} has no column {', '.join(missing)}.")
        places = {name: table.header.index(name) for name in needed}
        rows = [
            (number, {name: line[at].strip() if at < len(line) else "" for name, at in places.items()})
            for number, line in enumerate(table.rows, start=1)
        ]
    for number, cells in rows:
        for name, text in cells.items():
            if roster.CONTROL.search(text):
                raise BrokenStory(f"{path.name}, row {number}: {name} holds a character that cannot be shown.")
    return [(number, cells) for number, cells in rows if any(cells.values())]


@contextmanager
def _said_of(name: str) -> Iterator[None]:
    """A broken table is said of its file. A command's words are English, so the table's are too."""
    with translation.override("en"):
        try:
            yield
        except tables.BrokenFile as error:
            raise BrokenStory(f"{name}: {error}") from None
