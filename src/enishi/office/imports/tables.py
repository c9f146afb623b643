"""A table from bytes: CSV in the encodings that Japanese offices use, or XLSX; bombs and broken files are refused."""

from __future__ import annotations

import codecs
import csv
import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

MAX_BYTES = 50 * 1024 * 1024
MAX_UNPACKED = 400 * 1024 * 1024
MAX_ROWS = 200_000
MAX_COLUMNS = 200
MAX_CELL = 10 * 1024 * 1024
_PIECE = 1024 * 1024


class BrokenFile(Exception):
    """The file as a whole cannot be read; the message is one full sentence for a person."""


@dataclass(frozen=True)
class Table:
    """`header` as written; `rows` gives lists of texts, once; `encoding` is what was found (`xlsx` for a workbook)."""

    header: list[str]
    rows: Iterator[list[str]]
    encoding: str


def read(content: bytes, *, encoding: str = "") -> Table:
    """Read a CSV or XLSX file. `encoding` overrides the guess. Raises `BrokenFile`."""
    if not content.strip(b"\r\n\t \0"):
        raise BrokenFile(_("The file is empty. Choose the roster's file and try again."))
    if len(content) > MAX_BYTES:
        raise BrokenFile(_("The file is larger than 50 MB. Split it and import the parts one after another."))
    if content.startswith(b"PK\x03\x04"):
        return _read_xlsx(content)
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        raise BrokenFile(_("This is an old Excel file (.xls). Save it as .xlsx or CSV and choose it again."))
    return _read_csv(content, encoding)


def guess_encoding(content: bytes) -> str:
    """UTF-8 (with BOM or without), UTF-16 by its BOM, else CP932 or EUC-JP. Raises `BrokenFile` when none fits."""
    if content.startswith(b"\xef\xbb\xbf"):
        candidates = ["utf-8-sig"]
    elif content.startswith((b"\xff\xfe", b"\xfe\xff")):
        candidates = ["utf-16"]
    else:
        candidates = ["utf-8", "cp932", "euc_jp"]
    for name in candidates:
        if _decodes(content, name):
            return name
    raise BrokenFile(
        _("The characters of this file could not be read. Save it as “CSV UTF-8” in Excel and choose it again.")
    )


def _decodes(content: bytes, encoding: str) -> bool:
    """Try the whole file in pieces: a roster of 100,000 rows needs no second copy in memory."""
    try:
        decoder = codecs.getincrementaldecoder(encoding)()
        for start in range(0, len(content), _PIECE):
            decoder.decode(content[start : start + _PIECE], final=start + _PIECE >= len(content))
    except (UnicodeDecodeError, LookupError):
        return False
    return True


def _read_csv(content: bytes, encoding: str) -> Table:
    name = encoding or guess_encoding(content)
    if encoding and not _decodes(content, name):
        raise BrokenFile(
            _("The file is not written in %(encoding)s. Choose another encoding, or let it be guessed.")
            % {"encoding": name}
        )
    if b"\0" in content and name != "utf-16":
        raise BrokenFile(_("This is not a table: it holds bytes that no CSV has. Choose a CSV or XLSX file."))
    csv.field_size_limit(MAX_CELL)
    text = io.TextIOWrapper(io.BytesIO(content), encoding=name, newline="")
    delimiter = _delimiter(text.readline())
    text.seek(0)
    reader = csv.reader(text, delimiter=delimiter)
    try:
        header = next(reader)
    except (StopIteration, csv.Error):
        raise BrokenFile(_not_a_table()) from None
    if len(header) < 2:
        raise BrokenFile(_not_a_table())
    return Table(header=[cell.strip() for cell in header], rows=_limited(_without_end(_safe(reader))), encoding=name)


def _not_a_table() -> str:
    return _("This is not a table: its first line holds no columns. Choose a CSV or XLSX file with a line of headings.")


def _delimiter(first: str) -> str:
    return max(",\t;", key=first[:20000].count)


def _safe(reader: Iterator[list[str]]) -> Iterator[list[str]]:
    try:
        yield from reader
    except csv.Error:
        raise BrokenFile(
            _("The table breaks off: a quotation mark is not closed, or a cell is larger than 10 MB.")
        ) from None


def _without_end(rows: Iterator[list[str]]) -> Iterator[list[str]]:
    """Lines without any cell at the end of a file are no rows; in the middle they are empty rows."""
    blank = 0
    for row in rows:
        if not row:
            blank += 1
            continue
        for _each in range(blank):
            yield []
        blank = 0
        yield row


def _limited(rows: Iterator[list[str]]) -> Iterator[list[str]]:
    for number, row in enumerate(rows):
        if number >= MAX_ROWS:
            raise BrokenFile(_("The file has more than 200,000 rows. Split it and import the parts."))
        yield row[:MAX_COLUMNS]


def _read_xlsx(content: bytes) -> Table:
    from openpyxl import load_workbook  # heavy: only where a workbook is read

    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            members = archive.infolist()
            if len(members) > 2000 or sum(each.file_size for each in members) > MAX_UNPACKED:
                raise BrokenFile(
                    _("This workbook unpacks to more than 400 MB. Save the roster's sheet alone and choose it again.")
                )
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        sheet = book.worksheets[0]
        sheet.reset_dimensions()
        lines = sheet.iter_rows(values_only=True, max_col=MAX_COLUMNS)
        header = [_text(cell).strip() for cell in next(lines, ())]
    except BrokenFile:
        raise
    except Exception:
        raise BrokenFile(
            _("This workbook cannot be opened. Save it again in Excel as .xlsx, or as CSV, and choose it again.")
        ) from None
    while header and not header[-1]:
        header.pop()
    if len(header) < 2:
        raise BrokenFile(_not_a_table())
    return Table(header=header, rows=_limited(_xlsx_rows(lines, len(header))), encoding="xlsx")


def _xlsx_rows(lines: Iterator[tuple[Any, ...]], width: int) -> Iterator[list[str]]:
    """Rows as texts; rows without any value at the end of a sheet are none."""
    blank = 0
    try:
        for line in lines:
            row = [_text(cell) for cell in line[:width]]
            if not any(row):
                blank += 1
                if blank > MAX_ROWS:
                    return
                continue
            for _each in range(blank):
                yield []
            blank = 0
            yield row
    except BrokenFile:
        raise
    except Exception:
        raise BrokenFile(
            _("This workbook breaks off in the middle. Save it again in Excel and choose it again.")
        ) from None


def _text(cell: Any) -> str:
    """A cell as its text: whole numbers without “.0”, dates as 2008-04-01."""
    if cell is None:
        return ""
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell)
