"""A name in two columns, as many personnel systems write it: 姓 and 名, セイ and メイ."""

from __future__ import annotations

from collections.abc import Mapping

from enishi.core.person import in_order

# the whole → its parts: family first
PARTS: dict[str, tuple[str, str]] = {
    "name": ("family_name", "given_name"),
    "kana": ("family_kana", "given_kana"),
}


def used(columns: Mapping[str, int]) -> dict[str, int]:
    """The columns that are read: where the whole has a column, those of its parts are not."""
    idle = {part for whole, parts in PARTS.items() if whole in columns for part in parts}
    return {name: at for name, at in columns.items() if name not in idle}


def lacking(columns: Mapping[str, int]) -> list[str]:
    """Parts without a column though the other part has one, and the whole has none."""
    return [
        other
        for whole, (family, given) in PARTS.items()
        for part, other in ((family, given), (given, family))
        if whole not in columns and part in columns and other not in columns
    ]


def pairs(values: Mapping[str, str]) -> dict[str, tuple[str, str]]:
    """Whole → (family, given) where both are written: they need no splitting, and keep “van den Berg” in one piece."""
    found = {}
    for whole, parts in PARTS.items():
        family, given = (values.get(part, "").strip() for part in parts)
        if whole not in values and family and given:
            found[whole] = family, given
    return found


def joined(values: Mapping[str, str]) -> dict[str, str]:
    """The values with every pair of parts as one text, with one space, in the order that the name has."""
    whole = dict(values)
    for name, parts in PARTS.items():
        family, given = (whole.pop(part, "").strip() for part in parts)
        if name not in values:
            whole[name] = in_order(family, given)
    return whole
