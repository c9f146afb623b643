"""No inline script or style anywhere, so that the content policy needs no exception; two stylesheets share no class."""

from __future__ import annotations

import re
from collections import defaultdict
from pathlib import Path

import pytest

SRC = Path(__file__).resolve().parents[2] / "src" / "enishi"
PAGES = sorted(SRC.glob("*/templates/**/*.html"))
INLINE = re.compile(r"""<style|\sstyle\s*=|\son[a-z]+\s*=\s*["']|<script(?![^>]*\ssrc=)|javascript:""", re.IGNORECASE)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(SRC)))
def test_a_page_has_no_inline_script_or_style(page: Path) -> None:
    # The report's file for the disc is no page of the server: it carries its own style.
    if page.name == "report_file.html":
        assert "<script" not in page.read_text()
        return
    assert INLINE.findall(page.read_text()) == []


def top_classes(css: str) -> set[str]:
    """Classes that a selector at the outermost level defines (alone, perhaps with a pseudo-class)."""
    css = re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)
    depth, found, start, outer = 0, set(), 0, ""
    for at, char in enumerate(css):
        if char == "{":
            selector = css[start:at].strip()
            if depth == 0:
                outer = selector
            if depth == 1 and outer != "@media print":
                found |= set(re.findall(r"(?:^|,)\s*\.([\w-]+)(?=\s*(?:,|$|:))", selector))
            depth += 1
            start = at + 1
        elif char == "}":
            depth -= 1
            start = at + 1
        elif char == ";":
            start = at + 1
    return found


def test_no_class_belongs_to_two_stylesheets() -> None:
    owners: dict[str, set[str]] = defaultdict(set)
    for sheet in SRC.glob("*/static/**/*.css"):
        for name in top_classes(sheet.read_text()):
            owners[name].add(sheet.name)
    assert {name: sheets for name, sheets in owners.items() if len(sheets) > 1} == {}


def test_the_two_dark_blocks_are_equal() -> None:
    css = (SRC / "core/static/enishi/css/tokens.css").read_text()
    system = re.search(r':root:not\(\[data-theme="light"\]\) \{(.*?)\n  \}', css, re.DOTALL)
    fixed = re.search(r':root\[data-theme="dark"\] \{(.*?)\n\}', css, re.DOTALL)
    assert system is not None
    assert fixed is not None
    assert system.group(1).split() == fixed.group(1).split()


def test_colours_are_written_in_tokens_only() -> None:
    strays = {
        sheet.name: re.findall(r"#[0-9a-fA-F]{3,8}\b(?![^\n]*url)", sheet.read_text())
        for sheet in SRC.glob("*/static/**/*.css")
        if sheet.name not in {"tokens.css", "enishi.css"}
    }
    assert {name: found for name, found in strays.items() if found} == {}
