"""Statements that every request writes, worked out once like the questions."""

from collections.abc import Callable
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections, models
from django.db.models.sql import InsertQuery, UpdateQuery

from daybridge.asking.prepared import Given, Written, filled, taken

PLAIN = (models.CharField, models.BigIntegerField, models.UUIDField, models.DateTimeField)  # no word of the field's own


class Inserting:
    """Puts one row of a model into its table; every column is given by name, nothing is filled in or signalled."""

    def __init__(self, model: type[models.Model]) -> None:
        self._model = model
        self._written: dict[str, str] = {}

    def __call__(self, **given: Any) -> None:
        database = connections[DEFAULT_DB_ALIAS]
        if database.vendor not in self._written:
            self._written[database.vendor] = self._write(given)
        values = [
            taken(given[field.attname], database) if type(field) in PLAIN
            else field.get_db_prep_save(given[field.attname], database)
            for field in self._model._meta.local_concrete_fields
        ]  # fmt: skip
        with database.cursor() as cursor:
            cursor.execute(self._written[database.vendor], values)

    def _write(self, given: dict[str, Any]) -> str:
        query = InsertQuery(self._model)
        query.insert_values(self._model._meta.local_concrete_fields, [self._model(**given)])
        return query.get_compiler(DEFAULT_DB_ALIAS).as_sql()[0][0]


class Changing:
    """Sets columns of the rows that a question with `Given` places finds, to values given by the columns' names.

    Answers how many rows there were.
    """

    def __init__(self, build: Callable[[], models.QuerySet], columns: tuple[str, ...]) -> None:
        self._build, self._columns = build, columns
        self._written: dict[str, Written] = {}

    def __call__(self, **given: Any) -> int:
        database = connections[DEFAULT_DB_ALIAS]
        if database.vendor not in self._written:
            query = self._build().query.chain(UpdateQuery)
            query.add_update_values({name: Given(name) for name in self._columns})
            sql, values = query.get_compiler(DEFAULT_DB_ALIAS).as_sql()
            self._written[database.vendor] = Written(sql, tuple(values), (), None)
        sql, values = filled(self._written[database.vendor], given, database)
        with database.cursor() as cursor:
            cursor.execute(sql, values)
            return cursor.rowcount
