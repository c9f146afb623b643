"""Kanji variants: every writing of one kanji to one form.

Groups come from Unicode's Unihan database (kJinmeiyoKanji and kJoyoKanji link old forms to new ones;
kTraditionalVariant covers simplified forms) and from a list written for names (邉 and 邊 for 辺, 髙 for 高, 﨑 for 崎).
Unihan's kSemanticVariant is left out on purpose: it would make 埼, 碕 and 崎 one, or 坂 and 阪, which are other people.
"""

from __future__ import annotations

import re
from importlib.resources import files

_VARIATION_SELECTORS = re.compile("[\ufe00-\ufe0f\U000e0100-\U000e01ef]")
_REPEATED = re.compile("(.)[々〻仝]")


def table_lines(name: str) -> list[str]:
    """The lines of one of the tables in this folder, without comments."""
    text = (files(__package__) / "tables" / name).read_text("utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("#")]


def unify(text: str) -> str:
    """Old, popular and simplified forms to the common one; variation selectors go; 佐々木 becomes 佐佐木."""
    if _VARIATION_SELECTORS.search(text):
        text = _VARIATION_SELECTORS.sub("", text)
    while "々" in text[1:]:
        text = _REPEATED.sub(r"\1\1", text)
    return text.translate(VARIANTS)


def _variants() -> dict[int, str]:
    """Each kanji that has a more common form, with that form."""
    parent: dict[str, str] = {}

    def root(char: str) -> str:
        while char in parent:
            char = parent[char]
        return char

    for line in [*table_lines("variant_groups.txt"), *table_lines("variants_unicode.txt")]:
        for other in line[1:]:
            common, old = root(line[0]), root(other)
            if common != old:
                parent[old] = common
    return {ord(char): root(char) for char in parent}


VARIANTS = _variants()
