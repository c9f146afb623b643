"""A network with members, signed in, and a series of four sessions: the same for every measurement."""

from __future__ import annotations

import os
import secrets
import tempfile
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

PEOPLE = 200


def settings_for(database_url: str = "", data: str = "") -> dict[str, str]:
    """The environment of a process that measures: its own data folder and key, this machine as origin."""
    return {
        "ENISHI_DATA": data or tempfile.mkdtemp(prefix="enishi-bench-"),
        "ENISHI_SECRET_KEY": os.environ.get("ENISHI_SECRET_KEY") or secrets.token_hex(40),
        "ENISHI_DATABASE_URL": database_url,
        "ENISHI_ORIGIN": "http://127.0.0.1:8931",
        "DJANGO_SETTINGS_MODULE": "enishi.config.settings",
    }


def start(environment: dict[str, str]) -> None:
    """Django, the tables and the static files' manifest."""
    os.environ.update(environment)
    Path(environment["ENISHI_DATA"]).mkdir(parents=True, exist_ok=True)
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)


def people(number: int = PEOPLE, *, name: str = "guest", backend: str = "") -> list[Any]:
    """Members of a demo network, each with an open browser session; returns (member, session key) pairs.

    `backend` is the one that recognises them at each request; empty: ours.
    """
    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore

    from enishi.accounts.models import User
    from enishi.core.models import NetworkSettings
    from enishi.members.models import Member

    NetworkSettings.objects.update_or_create(
        pk=1,
        defaults={
            "name_ja": "若草製薬アルムナイ",
            "company_ja": "若草製薬",
            "office_ja": "事務局",
            "contact_email": "office@wakakusa.example",
            "purpose_ja": "縁をつなぐため",
            "purpose_dated": date(2026, 5, 1),
            "is_demo": True,
        },
    )
    found = []
    for n in range(number):
        user = User.objects.create_user(f"{name}{n}@mail.example", zone="Europe/Amsterdam")
        member = Member.objects.create(user=user, family_name="客", given_name=str(n), route="search")
        browser = SessionStore()
        browser[SESSION_KEY] = str(user.pk)
        browser[BACKEND_SESSION_KEY] = backend or settings.AUTHENTICATION_BACKENDS[0]
        browser[HASH_SESSION_KEY] = user.get_session_auth_hash()
        browser.create()
        found.append((member, browser.session_key))
    return found


def series(maximum: int = 9, *, announce: bool = True) -> Any:
    """Four sessions a few weeks ahead, announced without mail."""
    from enishi.events.actions import series as actions
    from enishi.events.actions import series_ready
    from enishi.events.actions.series_input import SeriesInput, SessionInput

    first = datetime.now(UTC) + timedelta(days=30)
    made = actions.create(
        SeriesInput(
            title_ja="顔合わせ会",
            purpose_ja="まずは顔を合わせて、お互いを知る会です。",
            sessions=[SessionInput(first + timedelta(days=2 * n), maximum=maximum, closes_at=first) for n in range(4)],
            segments=series_ready.template("Asia/Tokyo").segments,
        )
    )
    if announce:
        actions.announce(made, mail=False)
    return made
