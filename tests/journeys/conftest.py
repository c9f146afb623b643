"""A real browser against a real server; the server's clock is moved by moving the sessions."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client

from cast import Cast, build
from enishi.accounts.models import User
from enishi.core import outbox
from enishi.core.models import OutgoingMail

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]

os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")  # playwright's own loop runs in the test's thread


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    if CHROMIUM is None:
        pytest.skip("Chromium is not installed (package chromium)")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield browser
        browser.close()


@pytest.fixture
def house(transactional_db: Any, live_server: Any, settings: Any) -> Cast:
    """The cast behind a live server whose address the mails use."""
    settings.ORIGIN = live_server.url
    return build()


def last_letter(kind: str) -> outbox.Letter:
    """The newest mail of a kind, as it would be sent now."""
    row = OutgoingMail.objects.filter(kind=kind).order_by("-pk").first()
    assert row is not None, f"no mail of kind {kind}"
    letter = outbox.compose(row)
    assert letter is not None
    return letter


def cookie_of(user: User, url: str) -> dict[str, str]:
    """A session for a user, as a browser's cookie."""
    client = Client()
    client.force_login(user, backend="enishi.accounts.backends.SignedInBackend")
    return {"name": "enishi_session", "value": client.cookies["enishi_session"].value, "url": url}
