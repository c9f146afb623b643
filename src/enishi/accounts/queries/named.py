"""People by what someone typed of their name, asked of the database alone."""

from __future__ import annotations

from django.db.models import Q

from enishi.engines import names


def begins(words: str) -> Q:
    """Rows with `name_keys` in which every word that was typed begins a name or its reading, in any writing."""
    found = Q(pk=None)
    for way in names.query_words(words):
        found |= _every(way)
    return found


def _every(way: tuple[tuple[str, ...], ...]) -> Q:
    every = Q()
    for tokens in way:
        one = Q()
        for token in tokens:
            one |= Q(name_keys__contains=f"|{token}")
        every &= one
    return every
