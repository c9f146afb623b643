"""Every kept statement of the house finds what its question finds when Django builds it anew."""

from __future__ import annotations

import inspect
import itertools
import sys
from datetime import datetime, timedelta
from importlib import import_module
from typing import Any

from django.conf import settings
from django.contrib.auth import get_backends
from django.db.models import Model
from django.urls import get_resolver

from cast import Cast
from enishi.core import clock
from enishi.core.statements import Kept
from enishi.events.actions import signups
from factories.events import crowd, make_series


def test_kept_and_ordinary_agree(cast: Cast, noon: datetime) -> None:
    sessions = list(make_series(sessions=3, minimum=1, maximum=2, hosts=(cast.fujii,)).sessions.order_by("number"))
    for person in (people := crowd(4)):
        signups.sign_up_for_many(sessions[:2], member=person)
    things = [sessions[0].series, *sessions[:2], people[0], people[3], people[0].user]
    samples = _samples([each.pk for each in things])
    found = 0
    for kept in _kept():
        kinds = [each.annotation for each in inspect.signature(kept.build).parameters.values()]
        for keys in itertools.product(*(samples[kind] for kind in kinds)):
            rows = sorted((_seen(row) for row in kept(*keys)), key=repr)
            assert rows == sorted((_seen(row) for row in kept.build(*keys)), key=repr), (kept.build.__qualname__, keys)
            found += len(rows)
    assert found > 50


def _kept() -> list[Any]:
    """Those of all modules that a request uses."""
    assert get_resolver().url_patterns and get_backends() and import_module(settings.SESSION_ENGINE)
    modules = [module for name, module in sorted(sys.modules.items()) if name.startswith("enishi.")]
    found = {id(value): value for module in modules for value in vars(module).values() if isinstance(value, Kept)}
    assert {"_of_series", "_signed_in", "_standing", "segments_of"} <= {each.build.__name__ for each in found.values()}
    return list(found.values())


def _samples(keys: list[int]) -> dict[str, list[Any]]:
    now = clock.now()
    return {
        "int": [*keys, 999_999],
        "list[int]": [keys[:1], keys, [], [999_999]],
        "str": ["", "no such key"],
        "datetime": [now, now - timedelta(days=400), now + timedelta(days=400)],
    }


def _seen(row: Any, depth: int = 2) -> Any:
    """A row with what came with it, and with that."""
    if not isinstance(row, Model) or not depth:
        return row
    everything = {**vars(row), **row._state.fields_cache}
    return {name: _seen(value, depth - 1) for name, value in everything.items() if name != "_state"}
