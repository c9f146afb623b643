"""Who gets what from every address: route × method × actor. A route that the table does not name fails here.

The tables stand in `routes/<app>.py`; `objects(cast)` gives each route an object of Nakamura's, `data(cast)` what a POST needs.
"""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from pkgutil import iter_modules
from typing import Any

import pytest
import routes
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from cast import Cast, make_member

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


def client_of(cast: Cast, actor: str) -> Client:
    client = Client()
    if actor == "anonymous":
        return client
    users = {
        "applicant": cast.applicant, "member": cast.nakamura.user, "other": cast.onishi.user,
        "host": cast.fujii.user, "officer": cast.miyake.user, "owner": cast.tadokoro.user,
    }  # fmt: skip
    if actor == "ex_member":
        gone = make_member("前田", "実", email="gone@mail.example")
        client.force_login(gone.user, backend="enishi.accounts.backends.SignedInBackend")
        from enishi.members.actions import leaving

        leaving.leave(gone, by=gone.user)
        return client
    client.force_login(users[actor], backend="enishi.accounts.backends.SignedInBackend")
    return client


def answer(response: Any) -> str:
    if response.status_code == 302 and "/sign-in/" in response.headers["Location"]:
        return "sign-in"
    if response.status_code in (200, 204, 302, 303, 422):
        return "ok"
    return str(response.status_code)


CELLS = [(name, method) for name, cell in sorted(ROUTES.items()) for method in cell["methods"]]


@pytest.mark.parametrize(("name", "method"), CELLS, ids=lambda value: str(value))
def test_each_actor_gets_what_the_table_says(cast: Cast, name: str, method: str) -> None:
    table = next(module for module in TABLES.values() if name in module.ROUTES)
    expected = ROUTES[name]["methods"][method]
    got = {}
    for actor in ACTORS:
        from django.db import transaction

        with transaction.atomic():
            arguments = table.objects(cast).get(name, {})
            data = getattr(table, "data", lambda _cast: {})(cast).get(name, {})
            client = client_of(cast, actor)
            send = client.get if method == "GET" else client.post
            got[actor] = answer(send(reverse(name, kwargs=arguments), data if method == "POST" else {}))
            transaction.set_rollback(True)
    assert got == {actor: expected[actor] for actor in ACTORS}


@pytest.mark.parametrize("name", sorted(ROUTES), ids=str)
def test_other_methods_are_refused(cast: Cast, name: str) -> None:
    """What the table does not name as a method is answered 405, or as for a stranger, and never carried out."""
    table = next(module for module in TABLES.values() if name in module.ROUTES)
    for method in METHODS:
        if method in ROUTES[name]["methods"]:
            continue
        client = client_of(cast, "owner")
        send = client.get if method == "GET" else client.post
        response = send(reverse(name, kwargs=table.objects(cast).get(name, {})))
        assert response.status_code in (403, 404, 405), (name, method)
