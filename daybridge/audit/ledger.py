"""Write a line of the ledger, in the transaction of the act it tells of. The only writer of entries."""

import json
from contextvars import ContextVar
from datetime import datetime
from typing import Any, Protocol
from uuid import UUID

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models, transaction

from daybridge.asking import Changing, Given, Inserting, prepared
from daybridge.audit.models import Entry, Head
from daybridge.audit.rules import End, Line, link, seal
from daybridge.kit.ids import new_id
from daybridge.vault import keyring

CHAIN = "program"
origin: ContextVar[str] = ContextVar("origin", default="")


class Actor(Protocol):
    """Whoever acts: a user, or a named part of the system. `actor` is "user:<uuid>" or "system:<name>"."""

    @property
    def actor(self) -> str: ...


def record(verb: str, subject: models.Model, *, by: Actor, at: datetime, **data: Any) -> None:
    """Tell that `by` did `verb` to `subject` at `at` (aware).

    `reason=` is kept in its own column; other keywords are small facts (ids, states, counts, never names or free text).
    """
    _write(verb, "write", subject, by=by, at=at, data=data)


def read(verb: str, subject: models.Model, *, by: Actor, at: datetime, **data: Any) -> None:
    """Tell that `by` saw a client's record."""
    _write(verb, "read", subject, by=by, at=at, data=data)


def read_list(verb: str, clients: list[UUID], *, by: Actor, at: datetime, **data: Any) -> None:
    """Tell that `by` saw a list that names these clients; one line for the whole list, none for an empty one."""
    if clients:
        data["clients"] = [str(client) for client in clients]
        line = {"object_type": "list", "object_id": verb, "client_id": None}
        _append(verb, "read", line, by=by, at=at, data=data)


def disclosed(verb: str, subject: models.Model, *, by: Actor, at: datetime, **data: Any) -> None:
    """Tell that something of a client's record left the program."""
    _write(verb, "disclosure", subject, by=by, at=at, data=data)


def _write(verb: str, kind: str, subject: models.Model, *, by: Actor, at: datetime, data: dict[str, Any]) -> None:
    line = {"object_type": subject._meta.label_lower, "object_id": str(subject.pk), "client_id": client_of(subject)}
    _append(verb, kind, line, by=by, at=at, data=data)


def client_of(subject: models.Model) -> UUID | None:
    """Whose record this is: the subject itself, its client, or the client of its episode."""
    if subject._meta.label_lower == "people.client":
        return subject.pk
    if hasattr(subject, "client_id"):
        return subject.client_id
    episode = getattr(subject, "episode", None)
    return episode.client_id if episode is not None else None


@transaction.atomic
def _append(verb: str, kind: str, about: dict[str, Any], *, by: Actor, at: datetime, data: dict[str, Any]) -> None:
    end, key = _end(), keyring.named("ledger.key")
    reason = str(data.pop("reason", ""))[:300]
    line = Line(
        chain=CHAIN, seq=end.seq + 1, at=at, actor=by.actor, verb=verb, kind=kind, object_type=about["object_type"],
        object_id=about["object_id"], client_id=str(about["client_id"] or ""), reason=reason,
        origin=origin.get()[:100], data=json.loads(_json(data)),
    )  # fmt: skip
    mac = link(key, end.mac, line)
    _insert(**line._asdict() | about, id=new_id(), previous=end.mac, mac=mac)
    _move_head(chain=CHAIN, seq=line.seq, mac=mac, seal=seal(key, CHAIN, (line.seq, mac)))


def _end() -> End:
    """Where the chain ends, locked until this transaction does; a new chain gets its head."""
    for seq, mac in _locked_heads():
        return End(seq, mac)
    head = Head.objects.select_for_update().get_or_create(pk=CHAIN)[0]
    return End(head.seq, head.mac)


@prepared
def _locked_heads() -> models.QuerySet:
    return Head.objects.select_for_update().filter(pk=CHAIN).values_list("seq", "mac")


_json = DjangoJSONEncoder().encode
_insert = Inserting(Entry)
_move_head = Changing(lambda: Head.objects.filter(pk=Given("chain")), ("seq", "mac", "seal"))
