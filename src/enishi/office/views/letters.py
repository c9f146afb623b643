"""A letter as its receiver reads it, for a page of another reader."""

from __future__ import annotations

from django.template.loader import render_to_string
from django.utils import translation

from enishi.core import network
from enishi.core.outbox import Letter


def article(letter: Letter, *, language: str, heading: str = "h1") -> str:
    """The letter's HTML, every word of it in the letter's own language; `heading` is h1 where it is the whole page."""
    with translation.override(language):
        context = {"letter": letter, "network": network.current(), "language": language, "heading": heading}
        return render_to_string("office/_letter.html", context)
