"""Compile the message catalogues (.po → .mo) that are newer than their compiled form; needs no gettext tools."""

from __future__ import annotations

from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po


def compile_all(root: Path) -> int:
    """Compile below `root`; returns how many catalogues were written."""
    written = 0
    for source in root.glob("*/locale/*/LC_MESSAGES/*.po"):
        target = source.with_suffix(".mo")
        if target.exists() and target.stat().st_mtime_ns >= source.stat().st_mtime_ns:
            continue
        with source.open("rb") as file:
            catalogue = read_po(file, locale=source.parts[-3])
        with target.open("wb") as file:
            write_mo(file, catalogue, use_fuzzy=False)
        written += 1
    return written


if __name__ == "__main__":
    compile_all(Path(__file__).resolve().parents[1])
