"""Statements asked at nearly every request: Django builds each once, and each asking only fills in the keys.

Building a statement costs Django several times what the database needs to answer it by a key. SQLAlchemy keeps what it
compiled for the same reason ("SQL Compilation Caching" in its manual); Django does not. What is built, and the rows that
come of it, stay Django's: nothing here is SQL by hand.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Sequence
from copy import copy
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Generic, TypeAlias, TypeVar

from django.db import DEFAULT_DB_ALIAS, connections, transaction
from django.db.models import QuerySet
from django.db.models.sql import Query, UpdateQuery

Row = TypeVar("Row")
Known = TypeVar("Known", bound="_Filled")
Scalar: TypeAlias = int | str | datetime
Key: TypeAlias = Scalar | Sequence[int]

_MARK = 0x4B45_5054_0000_0000  # fits in 64 bits, and is nobody's key
_MARKED_DAY = datetime(4321, 1, 2, 3, 4, 5, tzinfo=UTC)
_MOST_KEYS = 60  # a longer list is asked in the ordinary way, so that what is kept stays small


class _Kept(ABC, Generic[Known]):
    """`build(*keys)` gives a queryset. A key is a whole number, a text, an instant, or a list of whole numbers for `__in`.

    A key is compared as it is: `build` must not look at it, slice by it or search for a part of it. One statement is kept
    for each length of the lists. Keys that no column can hold, empty lists and long ones are asked in the ordinary way,
    where Django answers them. TypeError where a key does not reach the statement.
    """

    def __init__(self, build: Callable[..., QuerySet[Any, Any]]) -> None:
        self.build = build
        self._known: dict[tuple[Any, ...], Known] = {}

    def _find(self, keys: Sequence[Key], flat: list[Scalar]) -> Known | None:
        """None where the keys are better asked in the ordinary way."""
        if len(flat) > _MOST_KEYS or not all(map(_fits, flat)) or not all(map(_asks, keys)):
            return None
        shape = tuple(type(each) if isinstance(each, Scalar) else len(each) for each in keys)
        known = self._known.get(shape)
        if known is None:
            known = self._known[shape] = self._make(self.build(*_marks(keys)), flat)
        return known

    @abstractmethod
    def _make(self, rows: QuerySet[Any, Any], keys: list[Scalar]) -> Known:
        """The statement of a queryset that was built with marks in the places of these keys."""


class Kept(_Kept["_Rows"], Generic[Row]):
    """A question, made of the function under `@Kept`; asking it gives its rows as a list."""

    def __init__(self, build: Callable[..., QuerySet[Any, Row]]) -> None:
        super().__init__(build)

    def __call__(self, *keys: Key) -> list[Row]:
        flat = list(_flat(keys))
        known = self._find(keys, flat)
        return list(self.build(*keys)) if known is None else known.ask(flat)

    def first(self, *keys: Key) -> Row | None:
        """The first row, or None."""
        return next(iter(self(*keys)), None)

    def _make(self, rows: QuerySet[Any, Any], keys: list[Scalar]) -> _Rows:
        made: Any = rows
        if made._prefetch_related_lookups or made._known_related_objects:
            raise TypeError("What is prefetched, or known through a related manager, is not kept.")
        compiler = made.query.get_compiler(DEFAULT_DB_ALIAS)
        text = _places(compiler, keys)
        compiler.connection = None  # each asking has its thread's own
        return _Rows(*text, compiler, made.query, made._iterable_class)


class KeptUpdate(_Kept["_Change"]):
    """A conditional update with the same `values` always; calling it gives the number of changed rows."""

    def __init__(self, build: Callable[..., QuerySet[Any, Any]], **values: Any) -> None:
        super().__init__(build)
        self.values = values

    def __call__(self, *keys: Key) -> int:
        flat = list(_flat(keys))
        known = self._find(keys, flat)
        return self.build(*keys).update(**self.values) if known is None else known.run(flat)

    def _make(self, rows: QuerySet[Any, Any], keys: list[Scalar]) -> _Change:
        query: Any = rows.query.chain(UpdateQuery)
        query.add_update_values(self.values)
        return _Change(*_places(query.get_compiler(DEFAULT_DB_ALIAS), keys))


@dataclass(frozen=True)
class _Filled:
    """A statement with its parameters, and which key stands where among them."""

    sql: str
    params: tuple[Any, ...]
    places: tuple[tuple[int, int], ...]

    def fill(self, keys: list[Scalar]) -> tuple[Any, ...]:
        params = list(self.params)
        for at, key in self.places:
            params[at] = _adapted(keys[key], like=params[at])
        return tuple(params)


@dataclass(frozen=True)
class _Rows(_Filled):
    compiler: Any
    query: Query
    kind: type

    def ask(self, keys: list[Scalar]) -> list[Any]:
        filled = self.sql, self.fill(keys)
        compiler = copy(self.compiler)
        compiler.connection = connections[DEFAULT_DB_ALIAS]
        compiler.as_sql = lambda *_args, **_options: filled
        query = self.query.clone()
        query.get_compiler = lambda *_args, **_options: compiler  # type: ignore[method-assign]
        rows: QuerySet[Any, Any] = QuerySet(self.query.model, query=query)
        rows._iterable_class = self.kind
        return list(rows)


@dataclass(frozen=True)
class _Change(_Filled):
    def run(self, keys: list[Scalar]) -> int:
        with transaction.mark_for_rollback_on_error(DEFAULT_DB_ALIAS), connections[DEFAULT_DB_ALIAS].cursor() as cursor:
            cursor.execute(self.sql, self.fill(keys))
            return int(cursor.rowcount)


def _places(compiler: Any, keys: list[Scalar]) -> tuple[str, tuple[Any, ...], tuple[tuple[int, int], ...]]:
    """(text, parameters, places): built by Django with a mark in the place of each key."""
    sql, params = compiler.as_sql()
    marks = {_adapted(_mark(n, key)): n for n, key in enumerate(keys)}
    places = tuple((at, marks[each]) for at, each in enumerate(params) if isinstance(each, Scalar) and each in marks)
    missing = set(marks.values()) - {key for _at, key in places}
    if missing:
        raise TypeError(f"Keys {sorted(missing)} are not parameters of: {sql}")
    return sql, tuple(params), places


def _adapted(key: Scalar, like: Any = None) -> Any:
    """As the database's driver takes it; psycopg marks the width of a number by a type of its own, that of `like`."""
    if isinstance(key, datetime):
        return connections[DEFAULT_DB_ALIAS].ops.adapt_datetimefield_value(key)
    return key if like is None else type(like)(key)


def _marks(keys: Sequence[Key]) -> Iterator[Key]:
    n = 0
    for key in keys:
        if isinstance(key, Scalar):
            yield _mark(n, key)
            n += 1
        else:
            yield [_MARK + n + i for i in range(len(key))]
            n += len(key)


def _mark(n: int, key: Scalar) -> Scalar:
    if isinstance(key, datetime):
        return _MARKED_DAY + timedelta(microseconds=n)
    return _MARK + n if isinstance(key, int) else f"kept {_MARK + n}"


def _flat(keys: Sequence[Key]) -> Iterator[Scalar]:
    for key in keys:
        if isinstance(key, Scalar):
            yield key
        else:
            yield from key


def _fits(key: Scalar) -> bool:
    return not isinstance(key, int) or -(2**63) <= key < 2**63


def _asks(key: Key) -> bool:
    """An empty list asks for nothing: Django answers that without the database."""
    return isinstance(key, Scalar) or len(key) > 0
