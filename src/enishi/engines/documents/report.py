"""A report as PDF: set by Typst, fed with data alone."""

from __future__ import annotations

import json
import re
import tempfile
from dataclasses import asdict
from functools import lru_cache
from pathlib import Path
from typing import Any

from .model import ReportDocument
from .qr import qr_svg

_TEMPLATE = Path(__file__).with_name("report.typ")
# A run without a place to break would leave the page; a zero-width space lets it turn.
_LONG_RUN = re.compile(r"[!-~]{36}(?=[!-~])")


def report_pdf(document: ReportDocument) -> bytes:
    """The report as PDF (A4, 15 mm margins, fonts embedded, tagged, text can be searched).

    Words reach the setter as one JSON string in `sys.inputs`; the template turns them into text, never into markup. Its
    root is an empty folder, packages are looked for there too, so nothing on the disc or the network can be named.
    The same document gives the same bytes. Takes about 0.3 s and, once, the reading of two fonts (11 MB).
    """
    import typst

    data = json.dumps(_clean(asdict(document)), ensure_ascii=False)
    inputs = {"data": data}
    if document.link:
        inputs["qr"] = qr_svg(document.link).decode()
    with tempfile.TemporaryDirectory(prefix="enishi-pdf-") as empty:
        compiler = typst.Compiler(
            _TEMPLATE.read_bytes(),
            root=empty,
            font_paths=_fonts(),
            ignore_system_fonts=True,
            sys_inputs=inputs,
            package_path=empty,
            package_cache_path=empty,
        )
        made = compiler.compile(format="pdf", timestamp=document.dated)
    if not isinstance(made, bytes):
        raise RuntimeError("The page setter gave no PDF.")
    return made


@lru_cache(maxsize=1)
def _fonts() -> Any:
    """Noto Sans JP and Noto Serif JP, and Typst's own for letters that these lack. No font of the machine's."""
    import pylopdf_fonts_jp
    import typst

    folder = str(pylopdf_fonts_jp.sans_path().parent)
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=[folder])


def _clean(value: Any) -> Any:
    """The same data, without control characters and with places to break in endless runs."""
    if isinstance(value, str):
        kept = "".join(c for c in value if c == "\n" or (c.isprintable() or c in "\u3000\u200b"))
        return _LONG_RUN.sub(lambda run: run[0] + "\u200b", kept)
    if isinstance(value, dict):
        return {key: each if key == "link" else _clean(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_clean(each) for each in value]
    return value
