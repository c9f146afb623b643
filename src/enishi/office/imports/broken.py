"""What a file is refused for as a whole, and the line of headings that every table begins with."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from django.utils.translation import gettext as _

MAX_ROWS = 200_000
MAX_COLUMNS = 200
BEFORE_HEADINGS = 20  # lines: a title, the day of writing, an empty line


class BrokenFile(Exception):
    """The file as a whole cannot be read; the message is one full sentence for a person."""


def take_headings(lines: Iterator[list[str]]) -> list[str] | None:
    """The first line with two filled cells, stripped; a title or an empty line above it is passed over.

    Takes the lines up to it out of `lines`. None when there is no such line among the first.
    """
    for line in islice(lines, BEFORE_HEADINGS):
        cells = [cell.strip() for cell in line]
        if sum(map(bool, cells)) > 1:
            return cells
    return None


def not_a_table() -> BrokenFile:
    return BrokenFile(
        _("This is not a table: its first lines hold no columns. Choose a CSV or XLSX file with a line of headings.")
    )


def limited(rows: Iterator[list[str]]) -> Iterator[list[str]]:
    """The rows, as long as there are not too many of them."""
    for number, row in enumerate(rows):
        if number >= MAX_ROWS:
            raise BrokenFile(_("The file has more than 200,000 rows. Split it and import the parts."))
        yield row[:MAX_COLUMNS]
