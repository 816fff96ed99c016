"""Reach as one piece of SQL: whether a record's client is within a scope. Django works it out in a single step."""

import json
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db.models import BooleanField, Expression, F

from daybridge.access.reach import Scope
from daybridge.asking import Given

FEW = 12  # so many ids are given one by one
Several = frozenset[UUID] | Given | None
Written = tuple[str, list[Any]]


@dataclass(frozen=True, slots=True)
class Lists:
    """What the condition compares with: ids, or the places of ids that are given when a prepared question is asked."""

    sites: Several = None
    team_sites: Several = None
    hidden: Several = None
    clients: Several = None

    @property
    def any(self) -> bool:
        """Whether anybody is reached."""
        return bool(self.sites or self.team_sites or self.clients)

    @staticmethod
    def of(scope: Scope) -> "Lists":
        return Lists(scope.sites, scope.team_sites, scope.hidden, scope.clients)


class Within(Expression):
    """((at a site) or (at a team's site and nobody cares for them)) and not hidden, or one of the single clients.

    `client` leads to the client's id, `place` to the id of the record's site.
    """

    output_field = BooleanField()

    def __init__(self, lists: Lists, client: str, place: str) -> None:
        super().__init__()
        self.lists = lists
        self.ways = [F(client), F(place)] if lists.sites or lists.team_sites else [F(client)]

    @property
    def identity(self) -> tuple[Any, ...]:
        return (type(self), self.lists, *self.ways)

    def get_source_expressions(self) -> list[Any]:
        return self.ways

    def set_source_expressions(self, exprs: list[Any]) -> None:
        self.ways = exprs

    def as_sql(self, compiler: Any, connection: Any) -> Written:
        ids, ways = self.lists, [compiler.compile(way) for way in self.ways]
        client, wide, values = ways[0], [], []
        if ids.sites:
            wide.append(_among(ways[1], ids.sites, connection))
        if ids.team_sites:
            here, cared_for = _among(ways[1], ids.team_sites, connection), _cared_for(client)
            wide.append((f"({here[0]} AND NOT {cared_for[0]})", [*here[1], *cared_for[1]]))
        sql = " OR ".join(one for one, _ in wide)
        values += [value for _, some in wide for value in some]
        if wide and ids.hidden:
            hidden = _among(client, ids.hidden, connection)
            sql, values = f"({sql}) AND NOT {hidden[0]}", [*values, *hidden[1]]
        if ids.clients:
            single = _among(client, ids.clients, connection)
            sql, values = f"({sql}) OR {single[0]}" if wide else single[0], [*values, *single[1]]
        return f"({sql})", values


def _among(way: Written, ids: frozenset[UUID] | Given, connection: Any) -> Written:
    """Whether what a way leads to is one of these."""
    sql, several = (ids.place, [ids]) if isinstance(ids, Given) else _listed(ids, connection)
    return f"{way[0]} IN ({sql})", [*way[1], *several]


def _listed(ids: frozenset[UUID], connection: Any) -> Written:
    """A long list is one parameter that the database reads as rows. SQLite keeps an id as 32 letters."""
    is_native = connection.features.has_native_uuid_field
    if len(ids) <= FEW:
        return ", ".join(["%s"] * len(ids)), list(ids) if is_native else [one.hex for one in ids]
    return ("SELECT unnest(%s::uuid[])", [_array(ids)]) if is_native else (
        "SELECT value FROM json_each(%s)", [_letters(ids)]
    )  # fmt: skip


@lru_cache(256)
def _letters(ids: frozenset[UUID]) -> str:
    return json.dumps([one.hex for one in ids])


@lru_cache(256)
def _array(ids: frozenset[UUID]) -> str:
    return "{" + ",".join(str(one) for one in ids) + "}"


def _cared_for(client: Written) -> Written:
    """Whether somebody is, or was, in the care team of the client."""
    member = apps.get_model("people", "CareTeamMember")
    table, column = member._meta.db_table, member._meta.get_field("client").column
    return f"EXISTS (SELECT 1 FROM {table} cared WHERE cared.{column} = {client[0]})", list(client[1])
