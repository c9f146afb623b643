"""Log lines: one event, one line, whatever a visitor puts into a path."""

from __future__ import annotations

import logging


class OneLine(logging.Formatter):
    """Time, level, logger, message; line breaks inside the message are shown as ⏎ (a traceback keeps its lines)."""

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s %(message)s")

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802 - logging's own name
        return super().formatMessage(record).replace("\r", "⏎").replace("\n", "⏎")
