"""What is heavy is imported where it is used: the first page never waits for it."""

from __future__ import annotations

import subprocess
import sys

HEAVY = [
    "babel",
    "budoux",
    "django.contrib.admin",
    "enishi.engines.names.claims",
    "enishi.engines.scheduling.signup",
    "enishi.office.demo",
    "fido2",
    "highspy",
    "icalendar",
    "markdown_it",
    "numba",
    "numpy",
    "openpyxl",
    "pylopdf_fonts_jp",
    "scipy",
    "segno",
    "typst",
]


def test_serving_starts_without_the_heavy_libraries() -> None:
    code = (
        "import sys, enishi.config.asgi\n"
        "from django.urls import get_resolver\n"
        "get_resolver().url_patterns\n"
        f"print([name for name in {HEAVY!r} if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
