"""The one writer of people's texts as HTML."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import nh3
from django.utils.safestring import SafeString, mark_safe

if TYPE_CHECKING:
    from markdown_it import MarkdownIt

_TAGS = {"p", "br", "em", "strong", "ul", "ol", "li", "blockquote", "h3", "h4", "a", "hr", "code", "pre"}


def from_markdown(text: str) -> SafeString:
    """CommonMark without HTML and pictures, its headings below the page's own, cleaned by an allow-list (nh3)."""
    raw = (
        _markdown()
        .render(text)
        .replace("<h1>", "<h3>")
        .replace("</h1>", "</h3>")
        .replace("<h2>", "<h3>")
        .replace("</h2>", "</h3>")
    )
    clean = nh3.clean(
        raw,
        tags=_TAGS,
        attributes={"a": {"href"}},
        url_schemes={"https", "mailto"},
        link_rel="noopener nofollow",
    )
    return mark_safe(clean)  # noqa: S308 - cleaned just above


@cache
def _markdown() -> MarkdownIt:
    """Made where a text is first written: most pages have none, and the first page does not wait for it."""
    from markdown_it import MarkdownIt

    parser = MarkdownIt("commonmark", {"html": False, "linkify": False, "breaks": True})
    return parser.disable(["image", "html_inline", "html_block"])
