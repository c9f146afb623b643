"""Tables that leave as files: no cell may act when a spreadsheet opens it."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

# Half- and full-width; a tab or a return in front of them counts too (OWASP, CSV injection).
_ACTS = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r", "\n")
QUOTE = "'"


def harmless(value: object) -> str:
    """A cell that no spreadsheet takes for a formula. `unquoted` gives the value back on import."""
    text = "" if value is None else str(value)
    return QUOTE + text if text.lstrip(" \u3000").startswith(_ACTS) or text.startswith((QUOTE, *_ACTS)) else text


def unquoted(cell: str) -> str:
    """The value that `harmless` wrote."""
    return cell[1:] if cell.startswith(QUOTE) and harmless(cell[1:]) == cell else cell


def csv_bytes(header: Sequence[object], rows: Iterable[Sequence[object]]) -> bytes:
    """UTF-8 with BOM, CRLF: Excel in Japan opens it as it is."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([harmless(cell) for cell in header])
    writer.writerows([harmless(cell) for cell in row] for row in rows)
    return b"\xef\xbb\xbf" + out.getvalue().encode()
