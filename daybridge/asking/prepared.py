"""A query whose SQL is worked out once. Django's work on a query costs several times what the database's does."""

from collections.abc import Callable, Iterable
from datetime import date, datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import QuerySet
from django.db.models.expressions import Expression


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


class Written(NamedTuple):
    """A question as its database reads it: SQL with places, what stands in them in order, and what is answered."""

    sql: str
    values: tuple[Any, ...]
    selected: tuple[Expression, ...]


class Prepared:
    """Asked with the values of its places, by name; answers rows as `values_list` does.

    Plain arguments shape the question (a limit) and are part of what is remembered. A list that is given empty finds
    nothing. Reach is never prepared: ask `visible_to(by)` first and give what it found.
    """

    def __init__(self, build: Callable[..., QuerySet]) -> None:
        self._build = build
        self._written: dict[tuple[Any, ...], Written] = {}

    def __call__(self, *shape: Any, **given: Any) -> list[tuple]:
        database = connections[DEFAULT_DB_ALIAS]
        key = (database.vendor, *shape)
        if key not in self._written:
            self._written[key] = self._write(*shape)
        if any(isinstance(value, list) and not value for value in given.values()):
            return []
        asked = self._written[key]
        sql, values = _filled(asked, given, database)
        with database.cursor() as cursor:
            cursor.execute(sql, values)
            rows = cursor.fetchall()
        return _converted(rows, asked.selected, database)

    def _write(self, *shape: Any) -> Written:
        compiler = self._build(*shape).query.get_compiler(DEFAULT_DB_ALIAS)
        sql, values = compiler.as_sql()
        return Written(sql, tuple(values), tuple(column[0] for column in compiler.select[: compiler.col_count]))


def prepared(build: Callable[..., QuerySet]) -> Prepared:
    """Make a function that answers a `values_list` with `Given` places into a question that is prepared."""
    return Prepared(build)


def _filled(asked: Written, given: dict[str, Any], database: BaseDatabaseWrapper) -> tuple[str, list[Any]]:
    """The SQL with as many marks as there are values, and the values as the database takes them."""
    sql, values = asked.sql, []
    for value in asked.values:
        if not isinstance(value, Given):
            values.append(value)
            continue
        one = given[value.name]
        several = one if isinstance(one, list) else [one]
        sql = sql.replace(value.place, ", ".join(["%s"] * len(several)))
        values += [_taken(each, database) for each in several]
    return sql, values


def _taken(value: Any, database: BaseDatabaseWrapper) -> Any:
    if isinstance(value, UUID):
        return value if database.features.has_native_uuid_field else value.hex
    if isinstance(value, datetime):
        return database.ops.adapt_datetimefield_value(value)
    if isinstance(value, date):
        return database.ops.adapt_datefield_value(value)
    return value


def _converted(rows: list[tuple], selected: Iterable[Expression], database: BaseDatabaseWrapper) -> list[tuple]:
    """Rows as Python values, column by column."""
    if not rows:
        return []
    columns: list[Iterable[Any]] = list(zip(*rows, strict=True))
    for place, one in enumerate(selected):
        for function in (*database.ops.get_db_converters(one), *one.get_db_converters(database)):
            columns[place] = [function(value, one, database) for value in columns[place]]
    return list(zip(*columns, strict=True))
