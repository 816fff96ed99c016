"""Which tables hold rows of a person, found from the models themselves, and which class each is kept in.

A room that adds a table with a way to the client is in the register at once; a table whose class nobody named stops the
house tests, not the purge.
"""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from uuid import UUID

from django.apps import apps
from django.db import models

from daybridge.keeping.rules import KeepingClass, classes_from
from daybridge.people.models import Client

FILE = Path(__file__).resolve().parents[1] / "config" / "retention.toml"
OURS = "daybridge."

Rows = dict[type[models.Model], set[object]]


@cache
def classes() -> tuple[KeepingClass, ...]:
    """The classes of the house, in the order of the file."""
    return classes_from(tomllib.loads(FILE.read_text(encoding="utf-8")))


@cache
def class_of() -> dict[str, str]:
    """The class of each table, by "room.Model"."""
    return {model: kept.id for kept in classes() for model in kept.models}


@dataclass(frozen=True, slots=True)
class Table:
    """One table with a way to the client: the columns that lead there, and the shortest path for look-ups."""

    model: type[models.Model]
    ways: tuple[tuple[str, type[models.Model]], ...]
    path: str

    @property
    def label(self) -> str:
        return self.model._meta.label

    @property
    def kept(self) -> str:
        return class_of().get(self.label, "clinical")

    @property
    def days(self) -> tuple[str, ...]:
        """Its columns that hold a day or a moment."""
        kinds = (models.DateField,)  # a DateTimeField is one, too
        return tuple(field.name for field in self.model._meta.concrete_fields if isinstance(field, kinds))


@cache
def tables() -> tuple[Table, ...]:
    """Every table with a way to the client, owners before what belongs to them; the client first."""
    ways = _ways()
    paths = _paths(ways)
    return tuple(Table(model, tuple(ways.get(model, ())), paths[model]) for model in _in_order(ways))


def _ways() -> dict[type[models.Model], list[tuple[str, type[models.Model]]]]:
    """Columns that lead to the client, directly or through others; a record joined into another is its own matter."""
    known: dict[type[models.Model], list[tuple[str, type[models.Model]]]] = {Client: []}
    grew = True
    while grew:
        grew = False
        for model, field, owner in _columns():
            if owner in known and model is not Client and (field, owner) not in known.get(model, []):
                known.setdefault(model, []).append((field, owner))
                grew = True
    return known


def _columns() -> Iterator[tuple[type[models.Model], str, type[models.Model]]]:
    for model in apps.get_models(include_auto_created=True):
        if model.__module__.startswith(OURS):
            for field in model._meta.concrete_fields:
                if isinstance(field, models.ForeignKey) and field.related_model is not model:
                    yield model, field.name, field.related_model


def _paths(ways: dict) -> dict[type[models.Model], str]:
    """The shortest look-up from each table to the client's id."""
    paths = {Client: "pk"}
    while len(paths) < len(ways):
        step = {}
        for model, columns in ways.items():
            if model not in paths:
                found = [_join(field, paths[owner]) for field, owner in columns if owner in paths]
                step |= {model: found[0]} if found else {}
        paths |= step
    return paths


def _join(field: str, path: str) -> str:
    return f"{field}_id" if path == "pk" else f"{field}__{path}"


def _in_order(ways: dict) -> list[type[models.Model]]:
    """Owners first. Two tables that own each other keep the order they were found in."""
    done: list[type[models.Model]] = []
    waiting = list(ways)
    while waiting:
        free = [model for model in waiting if all(owner in done for _, owner in ways[model])] or waiting[:1]
        done += free
        waiting = [model for model in waiting if model not in free]
    return done


def rows_of(clients: set[UUID]) -> Rows:
    """The ids of every row that belongs to these people, by table, owners first."""
    rows: Rows = {Client: set(clients)}
    for table in tables()[1:]:
        condition = models.Q(pk__in=[])
        for field, owner in table.ways:
            condition |= models.Q(**{f"{field}__in": rows[owner]}) if rows.get(owner) else models.Q(pk__in=[])
        rows[table.model] = set(table.model._base_manager.filter(condition).values_list("pk", flat=True))
    return rows


def one_person(client_id: UUID) -> set[UUID]:
    """A record and every record that was joined into it."""
    found, layer = {client_id}, {client_id}
    while layer:
        layer = set(Client._base_manager.filter(merged_into__in=layer).values_list("pk", flat=True)) - found
        found |= layer
    return found
