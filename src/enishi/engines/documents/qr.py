"""QR codes (ISO/IEC 18004) with the quiet zone of four modules that readers need."""

from __future__ import annotations

import io

QUIET = 4
LONGEST = 1200


def qr_modules(text: str) -> tuple[tuple[bool, ...], ...]:
    """The symbol as rows of modules, dark = True, quiet zone included; error correction M or better.

    Raises ValueError when there is nothing to encode or more than 1,200 characters.
    """
    symbol = _make(text)
    return tuple(tuple(bool(module) for module in row) for row in symbol.matrix_iter(border=QUIET))


def qr_svg(text: str) -> bytes:
    """The symbol as SVG of 1 unit a module, black on white; text beside it is the caller's."""
    out = io.BytesIO()
    _make(text).save(out, kind="svg", border=QUIET, dark="#000", light="#fff", xmldecl=False)
    return out.getvalue()


def _make(text: str):  # type: ignore[no-untyped-def]
    import segno

    if not text.strip():
        raise ValueError("There is nothing to put into the QR code. Give it an address.")
    if len(text) > LONGEST:
        raise ValueError(
            f"{len(text)} characters do not fit a QR code that a phone reads. Use an address of {LONGEST} at most."
        )
    return segno.make(text, error="m", micro=False)
