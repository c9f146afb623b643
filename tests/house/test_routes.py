"""Who gets what from every address: route × method × actor. A route that the table does not name fails here.

The tables stand in `routes/<app>.py`; `objects(cast)` gives each route an object of Nakamura's, `data(cast)` what a POST needs.
"""

from __future__ import annotations

import copy
from collections.abc import Iterator
from http.cookies import SimpleCookie
from importlib import import_module
from pkgutil import iter_modules
from typing import Any

import pytest
import routes
from django.db import connection, transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from cast import Cast, make_member
from enishi.members.actions import leaving

ACTORS = ("anonymous", "applicant", "member", "other", "host", "officer", "owner", "ex_member")
TABLES = {module.name: import_module(f"routes.{module.name}") for module in iter_modules(routes.__path__)}
ROUTES: dict[str, dict[str, Any]] = {name: cell for table in TABLES.values() for name, cell in table.ROUTES.items()}
METHODS = ("GET", "POST")


def names(patterns: list[Any], prefix: str = "") -> Iterator[str]:
    for each in patterns:
        if isinstance(each, URLResolver):
            inner = f"{prefix}{each.namespace}:" if each.namespace else prefix
            yield from names(each.url_patterns, inner)
        elif isinstance(each, URLPattern):
            yield f"{prefix}{each.name}"


def test_every_route_is_in_the_table() -> None:
    known = set(names(get_resolver().url_patterns))
    assert known - set(ROUTES) == set()
    assert set(ROUTES) - known == set()


def test_every_cell_is_declared() -> None:
    holes = [
        (name, method, actor)
        for name, cell in ROUTES.items()
        for method, actors in cell["methods"].items()
        for actor in ACTORS
        if actor not in actors
    ]
    assert holes == []


def sessions_of(cast: Cast) -> dict[str, SimpleCookie]:
    """The cookies of each actor's browser; who is anonymous has none, who has left still has an old one."""
    gone = make_member("前田", "実", email="gone@mail.example")
    users = {
        "applicant": cast.applicant, "member": cast.nakamura.user, "other": cast.onishi.user, "host": cast.fujii.user,
        "officer": cast.miyake.user, "owner": cast.tadokoro.user, "ex_member": gone.user,
    }  # fmt: skip
    found = {"anonymous": SimpleCookie()}
    for actor, user in users.items():
        client = Client()
        client.force_login(user, backend="enishi.accounts.backends.SignedInBackend")
        found[actor] = client.cookies
    leaving.leave(gone, by=gone.user)
    return found


def answer(response: Any) -> str:
    if response.status_code == 302 and "/sign-in/" in response.headers["Location"]:
        return "sign-in"
    if response.status_code in (200, 204, 302, 303, 422):
        return "ok"
    return str(response.status_code)


@pytest.mark.parametrize("app", sorted(TABLES))
def test_each_actor_gets_what_the_table_says(cast: Cast, app: str) -> None:
    table = TABLES[app]
    cookies, objects = sessions_of(cast), table.objects(cast)  # who leaves takes waiting imports along
    wrong = {}
    for name, cell in table.ROUTES.items():
        for method, expected in cell["methods"].items():
            for actor in asked(expected):
                got = ask(table, cast, name, method, objects, cookies[actor])
                if got != expected[actor]:
                    wrong[f"{method} {name} by {actor}"] = f"{got}, not {expected[actor]}"
    assert wrong == {}


def asked(expected: dict[str, str]) -> list[str]:
    """Everyone on SQLite. Who may is decided alike on both: PostgreSQL is asked once for each answer that there is."""
    if connection.vendor == "sqlite":
        return list(ACTORS)
    return list({expected[actor]: actor for actor in ACTORS}.values())


@pytest.mark.parametrize("app", sorted(TABLES))
def test_other_methods_are_refused(cast: Cast, app: str) -> None:
    """What the table does not name as a method is answered 405, or as for a stranger, and never carried out."""
    table = TABLES[app]
    cookies, objects = sessions_of(cast), table.objects(cast)  # who leaves takes waiting imports along
    carried_out = [
        f"{method} {name}"
        for name, cell in table.ROUTES.items()
        for method in METHODS
        if method not in cell["methods"]
        and ask(table, cast, name, method, objects, cookies["owner"], data={}) not in ("403", "404", "405")
    ]
    assert carried_out == []


def ask(
    table: Any,
    cast: Cast,
    name: str,
    method: str,
    objects: dict[str, Any],
    cookies: SimpleCookie,
    data: dict[str, Any] | None = None,
) -> str:
    """The answer to one request, of which nothing stays: the next one finds the same network."""
    with transaction.atomic():
        if data is None and method == "POST":
            data = getattr(table, "data", lambda _cast: {})(cast).get(name, {})
        client = Client()
        client.cookies = copy.deepcopy(cookies)
        send = client.get if method == "GET" else client.post
        got = answer(send(reverse(name, kwargs=objects.get(name, {})), data or {}))
        transaction.set_rollback(True)
    return got
