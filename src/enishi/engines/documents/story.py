"""CommonMark as blocks: the story's text becomes data that the page setter cannot mistake for its own commands."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from .model import Block, BlockKind, Span

if TYPE_CHECKING:
    from markdown_it.token import Token

_ADDRESSES = ("https://", "mailto:")


def blocks(text: str) -> tuple[Block, ...]:
    """CommonMark (spec.commonmark.org 0.31) without HTML and pictures, read as `Block`s.

    Only https and mailto links stay links; every other address is left as its words.
    """
    from markdown_it import MarkdownIt

    parser = MarkdownIt("commonmark", {"html": False, "breaks": True}).disable(["image", "html_inline", "html_block"])
    return tuple(_walk(parser.parse(text)))


def _walk(tokens: Sequence[Token]) -> Iterator[Block]:
    lists: list[int | None] = []  # of each open list: the next number, None for a bulleted one
    fresh = False  # the next paragraph begins a list entry
    quotes = 0
    kind: BlockKind = "paragraph"
    for token in tokens:
        if token.type in {"bullet_list_open", "ordered_list_open"}:
            lists.append(int(token.attrGet("start") or 1) if token.type == "ordered_list_open" else None)
        elif token.type in {"bullet_list_close", "ordered_list_close"}:
            lists.pop()
        elif token.type == "list_item_open":
            fresh = True
        elif token.type == "blockquote_open":
            quotes += 1
        elif token.type == "blockquote_close":
            quotes -= 1
        elif token.type == "heading_open":
            kind = "heading"
        elif token.type == "heading_close":
            kind = "paragraph"
        elif token.type == "hr":
            yield Block("rule")
        elif token.type in {"fence", "code_block"}:
            yield Block("code", (Span(token.content.rstrip("\n"), code=True),), len(lists))
        elif token.type == "inline":
            spans = tuple(_spans(token.children or ()))
            if fresh and lists and kind == "paragraph":
                number = lists[-1]
                yield Block("bullet" if number is None else "number", spans, len(lists), number or 0)
                lists[-1] = None if number is None else number + 1
            else:
                yield Block("quote" if quotes and kind == "paragraph" else kind, spans, len(lists))
            fresh = False


def _spans(children: Sequence[Token]) -> Iterator[Span]:
    strong = emphasis = 0
    link = ""
    for child in children:
        if child.type == "strong_open":
            strong += 1
        elif child.type == "strong_close":
            strong -= 1
        elif child.type == "em_open":
            emphasis += 1
        elif child.type == "em_close":
            emphasis -= 1
        elif child.type == "link_open":
            address = str(child.attrGet("href") or "")
            link = address if address.lower().startswith(_ADDRESSES) else ""
        elif child.type == "link_close":
            link = ""
        elif child.type in {"softbreak", "hardbreak"}:
            yield Span("\n")
        elif child.content:
            yield Span(child.content, bool(strong), bool(emphasis), child.type == "code_inline", link)
