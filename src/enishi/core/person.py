"""A person's name as it is written and shown, and the texts that a registration and a member both hold."""

from __future__ import annotations

import unicodedata

NAME = ("family_name", "given_name", "family_kana", "given_kana", "former_family", "roman")
WORK = ("employer", "title", "country")
TEXTS = (*NAME, *WORK)


def in_order(family: str, given: str) -> str:
    """姓 名; a name in Latin letters has its own order: Jane Smith, José García."""
    words = (given, family) if is_latin(given + family) else (family, given)
    return " ".join(words).strip()


def is_latin(name: str) -> bool:
    """Are all its letters Latin ones (José and full width too)? Whatever is no letter does not count."""
    letters = [char for char in name if char.isalpha()]
    return bool(letters) and (name.isascii() or all("LATIN" in unicodedata.name(char, "") for char in letters))
