"""A row in every table that leads to a person, each full of one word: then a purge can be searched for leavings."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from itertools import count

from django.apps import apps
from django.db import connection, models

from daybridge.admissions.models import Packet
from daybridge.keeping import register
from daybridge.notes.models import SessionNote
from daybridge.people.models import Client
from daybridge.scheduling.models import Session

WORD = "ZqJx"  # short enough for the narrowest column
LONG_AGO = datetime(2013, 3, 4, 15, tzinfo=UTC)
NUMBERS = count(900_000)
ALONE = {Packet, SessionNote, Session}  # nobody but the planted person leans on them


def without_checks() -> None:
    """For this test's transaction any word fits any column."""
    connection.check_constraints()  # PostgreSQL changes no table that has checks pending
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA ignore_check_constraints = ON")
            return
        for model in apps.get_models(include_auto_created=True):
            for constraint in model._meta.constraints:
                if isinstance(constraint, models.CheckConstraint):
                    table = model._meta.db_table
                    cursor.execute(f'ALTER TABLE "{table}" DROP CONSTRAINT IF EXISTS "{constraint.name}"')


def with_checks() -> None:
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA ignore_check_constraints = OFF")


def plant(client: Client, rooms: frozenset[str] = frozenset()) -> dict[type[models.Model], models.Model]:
    """One row of every table of the register (of these rooms) that belongs to `client`, with whatever it leans on."""
    rows: dict[type[models.Model], models.Model] = {Client: client}
    for table in register.tables()[1:]:
        if not rooms or table.model._meta.app_label in rooms:
            _row(table.model, rows)
    return rows


def _row(model: type[models.Model], rows: dict) -> models.Model:
    if model not in rows:
        rows[model] = model._base_manager.bulk_create([model(**dict(_values(model, rows)))])[0]
    return rows[model]


def _values(model: type[models.Model], rows: dict) -> Iterator[tuple[str, object]]:
    """The word where the row is about the person; something harmless in what the program itself keeps."""
    is_theirs = model in ALONE or model in {table.model for table in register.tables()}
    for field in model._meta.concrete_fields:
        if isinstance(field, models.ForeignKey):
            if field.related_model is not model:
                yield field.name, _owner(field, rows)
        elif model is Session and field.name == "kind":
            yield "kind", "individual"
        elif not field.primary_key:
            yield field.name, _value(field, WORD if is_theirs else "Aa")


def _owner(field: models.ForeignKey, rows: dict) -> models.Model:
    there = None if field.related_model in rows else field.related_model._base_manager.first()
    known = {table.model for table in register.tables()}
    if there is not None and field.related_model not in known and not isinstance(field, models.OneToOneField):
        return there
    return _row(field.related_model, rows)


def _value(field: models.Field, word: str) -> object:
    kind = field.get_internal_type()
    if kind == "UUIDField":
        return None if field.null else register.Client._meta.pk.default()
    if kind in {"DateTimeField", "DateField"}:
        return LONG_AGO if kind == "DateTimeField" else date(2013, 3, 4)
    if kind == "JSONField":
        return {"word": [word]}
    if kind == "BinaryField":
        return word.encode()
    if kind == "BooleanField":
        return False
    if "Integer" in kind:
        return 1
    if kind == "DecimalField" or kind == "FloatField":
        return 1
    text = f"{word}{next(NUMBERS)}"
    return text if field.max_length is None or field.max_length >= len(text) else word[: field.max_length]


def found(word: str = WORD) -> list[str]:
    """Every column of every table, of other packages too, in which the word stands."""
    places = set()
    for model in apps.get_models(include_auto_created=True):
        names = [field.attname for field in model._meta.concrete_fields]
        for row in model._base_manager.values_list(*names):
            for name, value in zip(names, row, strict=True):
                if word in _text(value):
                    places.add(f"{model._meta.label}.{name}")
    return sorted(places)


def _text(value: object) -> str:
    if isinstance(value, bytes | memoryview):
        return bytes(value).decode("latin-1")
    return str(value)
