"""What is wrong with a page as a browser shows it: faults of accessibility, a line that is too long."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import axe_playwright_python

AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text()
ONLY_FAULTS = {"resultTypes": ["violations"], "preload": {"assets": ["media"]}}  # no rule here asks for style sheets
RULES = {
    **ONLY_FAULTS,
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]},
}
COLOURS = {**ONLY_FAULTS, "runOnly": {"type": "rule", "values": ["color-contrast"]}}


@contextmanager
def looked_at(page: Any) -> Iterator[None]:
    """Each page comes with axe in it, which is quicker than to bring it there, and with its colours faded at once."""
    line = page.context.new_cdp_session(page)
    line.send("Page.enable")
    line.send("Page.addScriptToEvaluateOnNewDocument", {"source": AXE})
    line.send("Animation.enable")
    line.send("Animation.setPlaybackRate", {"playbackRate": 1000})
    try:
        yield
    finally:
        line.detach()  # and takes both along


def sideways(page: Any) -> list[str]:
    return ["scrolls sideways"] if page.evaluate("document.documentElement.scrollWidth > innerWidth") else []


def faults(page: Any, rules: dict[str, Any] = RULES) -> list[str]:
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE)
    # Colours that fade from one scheme to the other would be measured half way.
    page.evaluate("Promise.all(document.getAnimations().map(each => each.finished.catch(() => null)))")
    found = page.evaluate("rules => axe.run(document, rules).then(found => found.violations)", rules)
    return [f"{each['id']} at {'; '.join(str(node['target']) for node in each['nodes'][:3])}" for each in found]
