"""What a report consists of. All words come in ready to be read, in one language."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Language = Literal["ja", "en"]
BlockKind = Literal["paragraph", "heading", "bullet", "number", "quote", "code", "rule"]


@dataclass(frozen=True)
class Span:
    """A run of text inside a block; `link` is an https or mailto address, empty for none."""

    text: str
    strong: bool = False
    emphasis: bool = False
    code: bool = False
    link: str = ""


@dataclass(frozen=True)
class Block:
    """One paragraph, heading, list entry … of the story. `depth` counts the lists around it, `number` a numbered entry."""

    kind: BlockKind
    spans: tuple[Span, ...] = ()
    depth: int = 0
    number: int = 0


@dataclass(frozen=True)
class Figure:
    """A big numeral with its unit and what it counts; all are words, so `3〜9` is one too."""

    value: str
    unit: str
    label: str


@dataclass(frozen=True)
class Row:
    """One line of a table; `share` is the length of its bar, 0–1."""

    label: str
    value: str
    share: float = 0.0

    def __post_init__(self) -> None:
        if not 0.0 <= self.share <= 1.0:
            raise ValueError(
                f"The bar of “{self.label[:40]}” is {self.share} long. A share lies between 0 and 1: divide by the largest."
            )


@dataclass(frozen=True)
class Table:
    """Counts under one heading; `note` says what is not shown, and why."""

    title: str
    rows: tuple[Row, ...]
    note: str = ""


@dataclass(frozen=True)
class Voice:
    """A sentence that someone allowed to be quoted, and how it is signed. `about` is the question it answers."""

    text: str
    signed: str
    about: str = ""


@dataclass(frozen=True)
class ReportDocument:
    """A whole report.

    `headings` names the parts: figures, tables, voices, story, page. `dated` (seconds since 1970, UTC) goes into the
    file's own date, so that the same input gives the same bytes.
    """

    language: Language
    network: str
    title: str
    kicker: str = ""
    lead: str = ""
    facts: tuple[str, ...] = ()
    figures: tuple[Figure, ...] = ()
    tables: tuple[Table, ...] = ()
    voices: tuple[Voice, ...] = ()
    voices_note: str = ""
    story: tuple[Block, ...] = ()
    closing: tuple[str, ...] = ()
    link: str = ""
    link_words: str = ""
    figures_heading: str = ""
    tables_heading: str = ""
    voices_heading: str = ""
    story_heading: str = ""
    dated: int = 0

    def __post_init__(self) -> None:
        if self.language not in ("ja", "en"):
            raise ValueError(f"A report is written in ja or en, not in “{self.language}”. Choose one of the two.")
        if not self.title.strip():
            raise ValueError("A report without a title cannot be found again. Give it one.")
