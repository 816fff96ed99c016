"""A query whose SQL is worked out once. Django's work on a query costs several times what the database's does."""

import json
import re
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, date, datetime
from enum import Enum
from functools import lru_cache
from typing import Any, NamedTuple
from uuid import UUID

from django.core.exceptions import EmptyResultSet
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import DateTimeField, QuerySet, UUIDField
from django.db.models.expressions import Col, Expression
from django.db.models.query import ModelIterable, get_related_populators

FEW = 12  # so many are given one by one
ROWS = -1  # stands for a list that is given as one value
MOST = 256  # shapes of one question that are remembered
PLACE = re.compile(r"@[\w-]+@")


class Given(Expression):
    """The place of a value that is given when the question is asked; of several for `in`: `client__in=Given("ids")`."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.name = name

    def as_sql(self, compiler: Any, connection: BaseDatabaseWrapper) -> tuple[str, list["Given"]]:
        return self.place, [self]

    @property
    def place(self) -> str:
        return f"@{self.name}@"


class Shaped(NamedTuple):
    """A part of a question with its own places: `shape` says which these are and is remembered, `given` fills them."""

    shape: Any
    given: dict[str, Any]


class Function(NamedTuple):
    """What turns a value of a column into Python's; `is_ops` when it is a method of the connection's operations."""

    made: Callable[..., Any]
    one: Expression
    is_ops: bool


class Written(NamedTuple):
    """A question as its database reads it: SQL with places, what stands in them in order, and what is answered.

    `functions` are what turns each column of an answer into Python values.
    """

    sql: str
    values: tuple[Any, ...]
    functions: tuple[tuple[Function, ...], ...]
    records: Callable[[list[tuple]], list[Any]] | None


class Prepared:
    """Asked with the values of its places, by name; answers rows as `values_list` does, else records of the model.

    Plain arguments shape the question (a limit, a `Shaped` part) and are part of what is remembered. A list that is
    given empty finds nothing. What one person reaches is never remembered: it is given anew with each question.
    """

    def __init__(self, build: Callable[..., QuerySet]) -> None:
        self._build = build
        self._written: dict[tuple[Any, ...], Written | None] = {}

    def __call__(self, *shape: Any, **given: Any) -> list[Any]:
        for one in shape:
            if isinstance(one, Shaped):
                given |= one.given
        return self._asked(tuple(one.shape if isinstance(one, Shaped) else one for one in shape), given)

    def _asked(self, shape: tuple[Any, ...], given: dict[str, Any]) -> list[Any]:
        database = connections[DEFAULT_DB_ALIAS]
        key = (database.vendor, *shape)
        if key not in self._written:
            if len(self._written) >= MOST:
                self._written.clear()
            self._written[key] = self._write(*shape)
        asked = self._written[key]
        if asked is None or any(isinstance(value, list) and not value for value in given.values()):
            return []
        sql, values = filled(asked, given, database)
        with database.cursor() as cursor:
            cursor.execute(sql, values)
            rows = cursor.fetchall()
        rows = _converted(rows, asked.functions, database)
        return asked.records(rows) if asked.records else rows

    def _write(self, *shape: Any) -> Written | None:
        """None for a question that cannot find anything."""
        found = self._build(*shape)
        compiler = found.query.get_compiler(DEFAULT_DB_ALIAS)
        try:
            sql, values = compiler.as_sql()
        except EmptyResultSet:
            return None
        selected = [column[0] for column in compiler.select[: compiler.col_count]]
        records = _records(compiler) if found._iterable_class is ModelIterable else None
        return Written(sql, tuple(values), tuple(_functions(one, compiler.connection) for one in selected), records)


def prepared(build: Callable[..., QuerySet]) -> Prepared:
    """Make a function that answers a query with `Given` places into a question that is prepared."""
    return Prepared(build)


def filled(asked: Written, given: dict[str, Any], database: BaseDatabaseWrapper) -> tuple[str, list[Any]]:
    """The SQL with as many marks as there are values, and the values as the database takes them."""
    values: list[Any] = []
    sizes: list[int] = []
    for value in asked.values:
        if not isinstance(value, Given):
            values.append(value)
            continue
        one = given[value.name]
        several = [taken(each, database) for each in one] if isinstance(one, list) else [taken(one, database)]
        sizes.append(len(several))
        if len(several) > FEW and database.vendor == "sqlite":  # as one value: the SQL stays the same
            sizes[-1], several = ROWS, [json.dumps(several)]
        values += several
    return _marked(asked.sql, tuple(sizes)), values


@lru_cache(maxsize=4 * MOST)
def _marked(sql: str, sizes: tuple[int, ...]) -> str:
    """The SQL with its marks: in each place as many as there are values, in order."""
    left = iter(sizes)

    def marks(_place: re.Match[str]) -> str:
        size = next(left)
        return "SELECT value FROM json_each(%s)" if size == ROWS else ", ".join(["%s"] * size)

    return PLACE.sub(marks, sql)


def taken(value: Any, database: BaseDatabaseWrapper) -> Any:
    if isinstance(value, UUID):
        return value if database.features.has_native_uuid_field else value.hex
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, datetime):
        return database.ops.adapt_datetimefield_value(value)
    if isinstance(value, date):
        return database.ops.adapt_datefield_value(value)
    return value


def _id(value: str | None, _one: Expression, _database: BaseDatabaseWrapper) -> UUID | None:
    """What SQLite keeps as 32 letters; `UUID(value)` looks for braces and hyphens first."""
    if value is None:
        return None
    return UUID(int=int(value, 16)) if len(value) == 32 and value.isalnum() else UUID(value)


def _instant(value: Any, one: Expression, database: BaseDatabaseWrapper) -> datetime | None:
    """What SQLite keeps without its zone, which is UTC."""
    if type(value) is datetime:
        return value.replace(tzinfo=UTC)
    return database.ops.convert_datetimefield_value(value, one, database)


def _functions(one: Expression, database: BaseDatabaseWrapper) -> tuple[Function, ...]:
    """What turns a column's values into Python's; those of the connection are taken off it: it is one thread's own."""
    if database.vendor == "sqlite" and isinstance(one, Col) and database.timezone_name == "UTC":
        quick = {UUIDField: _id, DateTimeField: _instant}.get(type(one.output_field))
        if quick:
            return (Function(quick, one, False),)
    found = (*database.ops.get_db_converters(one), *one.get_db_converters(database))
    return tuple(
        Function(each.__func__, one, True) if getattr(each, "__self__", None) is database.ops
        else Function(each, one, False) for each in found
    )  # fmt: skip


def _converted(
    rows: list[tuple], functions: Iterable[tuple[Function, ...]], database: BaseDatabaseWrapper
) -> list[tuple]:
    """Rows as Python values, column by column."""
    if not rows:
        return []
    columns: list[Iterable[Any]] = list(zip(*rows, strict=True))
    for place, some in enumerate(functions):
        for made, one, is_ops in some:
            function = made.__get__(database.ops) if is_ops else made
            columns[place] = [function(value, one, database) for value in columns[place]]
    return list(zip(*columns, strict=True))


def _records(compiler: Any) -> Callable[[list[tuple]], list[Any]]:
    """What makes rows into records, with those that were selected with them."""
    told = compiler.klass_info
    first, last = told["select_fields"][0], told["select_fields"][-1] + 1
    model, names = told["model"], [column[0].target.attname for column in compiler.select[first:last]]
    related = get_related_populators(told, compiler.select, DEFAULT_DB_ALIAS)

    def made(rows: list[tuple]) -> Iterator[Any]:
        for row in rows:
            record = model.from_db(DEFAULT_DB_ALIAS, names, row[first:last])
            for one in related:
                one.populate(row, record)
            yield record

    return lambda rows: list(made(rows))
