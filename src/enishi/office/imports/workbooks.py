"""A table from an XLSX workbook: what the cells show, as text. Bombs are refused before anything is unpacked."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from datetime import date, datetime
from itertools import repeat
from typing import Any

from django.utils.translation import gettext as _

from enishi.office.imports.broken import MAX_COLUMNS, MAX_ROWS, BrokenFile, limited, not_a_table, take_headings

MAX_UNPACKED = 400 * 1024 * 1024
MAX_MEMBERS = 2000
MAX_CELL = 8  # pieces without any tag, so one text: Excel itself allows 32,767 characters a cell
_PIECE = 1024 * 1024
_FORMULA = re.compile(rb"<f[\s/>]")
_ZEROS = re.compile("0{2,}")


def read(content: bytes) -> tuple[list[str], Iterator[list[str]]]:
    """(headings, rows) of the first sheet that has headings. Raises `BrokenFile`."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            _refuse_bomb(archive)
            formulas = _look_through(archive)
        values, written = _open(content, data_only=True), _open(content, data_only=False) if formulas else None
        for number in range(len(values.worksheets)):
            lines = _lines(values.worksheets[number], written.worksheets[number] if written else None)
            header = take_headings(lines)
            if header:
                break
    except BrokenFile:
        raise
    except Exception:
        raise BrokenFile(
            _("This workbook cannot be opened. Save it again in Excel as .xlsx, or as CSV, and choose it again.")
        ) from None
    if not header:
        raise not_a_table()
    while not header[-1]:
        header.pop()
    return header, limited(_rows(lines, len(header)))


def _refuse_bomb(archive: zipfile.ZipFile) -> None:
    members = archive.infolist()
    if len(members) > MAX_MEMBERS or sum(each.file_size for each in members) > MAX_UNPACKED:
        raise BrokenFile(
            _("This workbook unpacks to more than 400 MB. Save the roster's sheet alone and choose it again.")
        )


def _look_through(archive: zipfile.ZipFile) -> bool:
    """Are there formulas? Only such a workbook is read twice: for what they show, and for what is written.

    Refuses a text that would fill the memory: the reader holds each cell as a whole, several times over.
    """
    formulas = False
    for name in archive.namelist():
        if not name.startswith("xl/") or not name.endswith(".xml"):
            continue
        with archive.open(name) as sheet:
            end, plain = b"", 0
            while piece := sheet.read(_PIECE):
                plain = 0 if b"<" in piece else plain + 1
                if plain > MAX_CELL:
                    raise BrokenFile(
                        _("One cell of this workbook holds millions of characters. Empty it and choose the file again.")
                    )
                formulas = formulas or (name.startswith("xl/worksheets/") and bool(_FORMULA.search(end + piece)))
                end = piece[-2:]
    return formulas


def _open(content: bytes, *, data_only: bool) -> Any:
    from openpyxl import load_workbook  # heavy: only where a workbook is read

    return load_workbook(io.BytesIO(content), read_only=True, data_only=data_only)


def _lines(values: Any, written: Any) -> Iterator[list[str]]:
    """Rows as texts. A formula that no program has reckoned yet shows nothing: it stays as the text that was written."""
    for sheet in (values, written):
        if sheet is not None:
            sheet.reset_dimensions()
    others = written.iter_rows(values_only=True, max_col=MAX_COLUMNS) if written is not None else repeat(())
    for cells, texts in zip(values.iter_rows(max_col=MAX_COLUMNS), others, strict=False):
        line = [_text(cell) for cell in cells]
        for at, text in enumerate(texts):
            if text is not None and not line[at]:
                line[at] = str(getattr(text, "text", text))
        yield line


def _text(cell: Any) -> str:
    """A cell as its text: whole numbers without “.0” and with the zeros of their format, dates as 2008-04-01."""
    value = cell.value
    if value is None or isinstance(value, str):
        return value or ""
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if type(value) is int and _ZEROS.fullmatch(cell.number_format or ""):
        return f"{value:0{len(cell.number_format)}}"
    return str(value)


def _rows(lines: Iterator[list[str]], width: int) -> Iterator[list[str]]:
    """Rows without any value at the end of a sheet are none; in the middle they are empty rows."""
    blank = 0
    try:
        for line in lines:
            row = line[:width]
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
