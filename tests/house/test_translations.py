"""The Japanese catalogue is complete, without fuzzy entries, and its words keep the house's tone."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

SRC = Path(__file__).resolve().parents[2] / "src" / "enishi"
APPS = ["core", "accounts", "members", "events", "feedback", "publishing", "office"]
BANNED = ["不正な", "無効な", "エラーが発生しました", "させていただ", "こちら"]


def catalogue(app: str):
    with (SRC / app / "locale/ja/LC_MESSAGES/django.po").open("rb") as file:
        return read_po(file, locale="ja")


@pytest.mark.parametrize("app", APPS)
def test_every_string_is_translated(app: str) -> None:
    missing = []
    for message in catalogue(app):
        strings = message.string if isinstance(message.string, tuple) else (message.string,)
        if message.id and (message.fuzzy or not all(strings)):
            missing.append(message.id)
    assert missing == []


def test_one_string_has_one_translation() -> None:
    """Django joins the catalogues of all apps: of two translations of one string, one would never be seen."""
    said: dict[tuple[str | None, str], dict[str, str]] = {}
    for app in APPS:
        for message in catalogue(app):
            if message.id:
                said.setdefault((message.context, str(message.id)), {})[app] = str(message.string)
    assert {key: words for key, words in said.items() if len(set(words.values())) > 1} == {}


@pytest.mark.parametrize("app", APPS)
def test_placeholders_are_kept(app: str) -> None:
    wrong = []
    for message in catalogue(app):
        sources = message.id if isinstance(message.id, tuple) else (message.id,)
        strings = message.string if isinstance(message.string, tuple) else (message.string,)
        known = {name for text in sources for name in re.findall(r"%\(\w+\)[sd]", text or "")}
        used = {name for text in strings for name in re.findall(r"%\(\w+\)[sd]", text or "")}
        if message.id and not used <= known:
            wrong.append((message.id, used - known))
    assert wrong == []


@pytest.mark.parametrize("app", APPS)
def test_the_tone_is_kept(app: str) -> None:
    said = [
        text
        for message in catalogue(app)
        for text in (message.string if isinstance(message.string, tuple) else (message.string,))
    ]
    assert [text for text in said if any(word in text for word in BANNED)] == []


@pytest.mark.skipif(shutil.which("xgettext") is None, reason="xgettext is not installed (package gettext)")
@pytest.mark.parametrize("app", APPS)
def test_no_source_string_is_outside_the_catalogue(app: str, tmp_path: Path) -> None:
    """Extract anew from a copy and compare: whatever is marked in code and templates stands in the catalogue."""
    copy = tmp_path / app
    shutil.copytree(SRC / app, copy, ignore=shutil.ignore_patterns("*.mo", "__pycache__", "vendor"))
    before = {(m.context, m.id if isinstance(m.id, str) else m.id[0]) for m in catalogue(app) if m.id}
    subprocess.run(
        [sys.executable, "-P", "-m", "django", "makemessages", "-l", "ja", "--no-location", "--no-obsolete", "-v", "0"],
        cwd=copy, check=True, env={**__import__("os").environ, "DJANGO_SETTINGS_MODULE": ""},
    )  # fmt: skip
    with (copy / "locale/ja/LC_MESSAGES/django.po").open("rb") as file:
        after = {(m.context, m.id if isinstance(m.id, str) else m.id[0]) for m in read_po(file, locale="ja") if m.id}
    assert after - before == set()
