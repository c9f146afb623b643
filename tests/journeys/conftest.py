"""A real browser against a real server; the server's clock is moved by moving the sessions."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.test import Client

from cast import Cast, build
from enishi.accounts.models import User
from enishi.core import outbox
from enishi.core.models import OutgoingMail

# The shell has no windows and menus to paint: it does the same for half the work.
BROWSERS = ("chromium-headless-shell", "chromium", "chromium-browser")
CHROMIUM = next(filter(None, map(shutil.which, BROWSERS)), None)
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PHONE = {"width": 390, "height": 844}

os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")  # playwright's own loop runs in the test's thread


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    if CHROMIUM is None:
        pytest.skip("Chromium is not installed (package chromium-headless-shell or chromium)")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def windows() -> dict[tuple[str, bool], Any]:
    """One for each language, with script and without: opening one costs as much as five pages."""
    return {}


@pytest.fixture
def open_browser(chromium: Any, windows: dict[tuple[str, bool], Any], live_server: Any) -> Iterator[Callable[..., Any]]:
    """A phone's browser that nobody has used, or that a user has signed in with. Opened again, it has forgotten everything."""
    used = set()

    def opened(*, language: str, script: bool, user: User | None = None) -> Any:
        if (language, script) not in windows:
            context = chromium.new_context(locale=language, java_script_enabled=script, viewport=PHONE)
            windows[language, script] = context.new_page()
            windows[language, script].set_default_timeout(8000)
        page = windows[language, script]
        used.add(page)
        _forget(page, live_server.url)
        if user is not None:
            page.context.add_cookies([cookie_of(user, live_server.url)])
        return page

    yield opened
    for page in used:
        page.set_viewport_size(PHONE)
        page.emulate_media(color_scheme="light")


def _forget(page: Any, url: str) -> None:
    """Cookies, and whatever else a page may keep."""
    page.context.clear_cookies()
    line = page.context.new_cdp_session(page)
    line.send("Storage.clearDataForOrigin", {"origin": url, "storageTypes": "all"})
    line.detach()


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
