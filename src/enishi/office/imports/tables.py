"""A table from bytes: CSV in the encodings that Japanese offices use, or XLSX; bombs and broken files are refused."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain, islice
from typing import Any

from django.utils.translation import gettext as _

from enishi.office.imports import workbooks
from enishi.office.imports.broken import BEFORE_HEADINGS, limited, not_a_table, take_headings
from enishi.office.imports.broken import BrokenFile as BrokenFile

MAX_BYTES = 50 * 1024 * 1024
MAX_CELL = 10 * 1024 * 1024
_PIECE = 1024 * 1024
_END = "\x1e"  # a line of our own after the last one: it is swallowed where a quotation mark stays open
_CTRL_Z = b"\x1a"  # with which old programs end a file
_ZERO, _NO_CHARACTER = "\0", "\x01"  # a zero cannot be kept in PostgreSQL; the other is refused in its row just as well
_JIS = b"\x1b$"  # how ISO-2022-JP begins what is not ASCII


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
        header, rows = workbooks.read(content)
        return Table(header, rows, "xlsx")
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        raise BrokenFile(_("This is an old Excel file (.xls). Save it as .xlsx or CSV and choose it again."))
    return _read_csv(content.removesuffix(_CTRL_Z), encoding)


def guess_encoding(content: bytes) -> str:
    """UTF-8 or UTF-16 (with BOM or without), ISO-2022-JP, else CP932 or EUC-JP. Raises `BrokenFile` when none fits."""
    for name in _candidates(content):
        if _decodes(content, name):
            return name
    raise BrokenFile(
        _("The characters of this file could not be read. Save it as “CSV UTF-8” in Excel and choose it again.")
    )


def _candidates(content: bytes) -> list[str]:
    if content.startswith(b"\xef\xbb\xbf"):
        return ["utf-8-sig"]
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return ["utf-16"]
    first = content[:_PIECE]
    if _mostly_zero(first):
        # Every comma and digit of UTF-16 has a zero byte: behind it in one order, before it in the other.
        return ["utf-16-le" if first[1::2].count(0) > first[::2].count(0) else "utf-16-be"]
    return (["iso2022_jp_ext"] if _JIS in first else []) + ["utf-8", "cp932", "euc_jp"]


def _mostly_zero(content: bytes) -> bool:
    """More zero bytes than a slip of a machine leaves in a row."""
    return content.count(0) * 20 > len(content)


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
    if _mostly_zero(content) and not name.startswith("utf-16"):
        raise BrokenFile(_("This is not a table: it holds bytes that no CSV has. Choose a CSV or XLSX file."))
    csv.field_size_limit(MAX_CELL)
    text = io.TextIOWrapper(io.BytesIO(content), encoding=name, newline="")
    delimiter = _delimiter(text)
    text.seek(0)
    whole = (line.replace(_ZERO, _NO_CHARACTER) for line in text)
    lines = _whole(csv.reader(chain(whole, [_END]), delimiter=delimiter))
    header = take_headings(lines)
    if header is None:
        raise not_a_table()
    return Table(header=header, rows=limited(_without_end(lines)), encoding=name)


def _delimiter(lines: Iterator[str]) -> str:
    """By the first line that has any: a title above the headings has none, and Excel's own `sep=;` names it."""
    for line in islice(lines, BEFORE_HEADINGS):
        found = max(",\t;", key=line[:20000].count)
        if found in line[:20000]:
            return found
    return ","


def _whole(reader: Any) -> Iterator[list[str]]:
    """The lines up to our own end. A file that breaks off is refused: the rest of it would be one cell, and lost."""
    read = 0
    try:
        for line in reader:
            if line == [_END]:
                return
            if line and line[-1].endswith(_END):
                break
            yield line
            read = reader.line_num
    except csv.Error:
        pass
    raise BrokenFile(
        _("The table breaks off at line %(line)s: a quotation mark is not closed, or a cell is larger than 10 MB.")
        % {"line": read + 1}
    )


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
