"""A long list of ids as one parameter: the database reads it as rows, Django does not prepare each id."""

import json
from collections.abc import Set
from functools import lru_cache
from uuid import UUID

from django.db.models import Expression, UUIDField

FEW = 12  # so many are given one by one


class Ids(Expression):
    """The right side of `__in`: `SELECT` of the ids out of one parameter."""

    output_field = UUIDField()

    def __init__(self, ids: Set[UUID]) -> None:
        super().__init__()
        self.ids = frozenset(ids)

    @property
    def identity(self) -> tuple[object, ...]:
        return (type(self), self.ids)

    def as_sql(self, compiler, connection) -> tuple[str, list[str]]:
        """SQLite keeps an id as 32 letters."""
        return "(SELECT value FROM json_each(%s))", [_letters(self.ids)]

    def as_postgresql(self, compiler, connection) -> tuple[str, list[str]]:
        return "(SELECT unnest(%s::uuid[]))", [_array(self.ids)]


def among(ids: Set[UUID]) -> Ids | Set[UUID]:
    """What to put behind `__in`."""
    return Ids(ids) if len(ids) > FEW else ids


@lru_cache(256)
def _letters(ids: frozenset[UUID]) -> str:
    return json.dumps([one.hex for one in ids])


@lru_cache(256)
def _array(ids: frozenset[UUID]) -> str:
    return "{" + ",".join(str(one) for one in ids) + "}"
