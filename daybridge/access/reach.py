"""Reach: which clients an actor may come near for one permission. The rooms above say how it is read off records."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

NO_ONE: frozenset[UUID] = frozenset()


@dataclass(frozen=True, slots=True)
class Window:
    """Clients who were in care at a site between two days, both included."""

    site: UUID
    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Scope:
    """What one permission reaches.

    `sites`: every client there, but for hidden records. `team_sites`: there only clients whom nobody cares for yet.
    `clients`: these in any case: one's own, a broken glass, a hidden record one is named for, a guest's one client.
    `windows`: an auditor's sites and days. `hidden`: records that only their named team reaches.
    """

    sites: frozenset[UUID] = NO_ONE
    team_sites: frozenset[UUID] = NO_ONE
    clients: frozenset[UUID] = NO_ONE
    user_id: UUID | None = None
    windows: tuple[Window, ...] = ()
    hidden: frozenset[UUID] = NO_ONE


@dataclass(frozen=True, slots=True)
class Near:
    """Clients near one user: `own` by care team or group, `opened` by a broken glass, `named` for hidden records.

    `hidden` are the hidden records the user is not named for.
    """

    own: frozenset[UUID] = NO_ONE
    opened: frozenset[UUID] = NO_ONE
    named: frozenset[UUID] = NO_ONE
    hidden: frozenset[UUID] = NO_ONE


@dataclass
class Ways:
    """What the rooms that know clients answer. `people` registers both at start; until then nobody is near."""

    near: Callable[[UUID], Near] = lambda _user_id: Near()
    holds: Callable[[Scope, UUID], bool] = lambda _scope, _client_id: False


WAYS = Ways()


@dataclass
class Memory:
    """What one request has asked already."""

    near: dict[UUID, Near] = field(default_factory=dict)
    scopes: dict[tuple[Any, str], Scope] = field(default_factory=dict)


_memory: ContextVar[Memory | None] = ContextVar("reach", default=None)


@contextmanager
def remembering() -> Iterator[None]:
    """Inside, reach is asked once; outside, each question is asked anew."""
    token = _memory.set(Memory())
    try:
        yield
    finally:
        _memory.reset(token)


def forget() -> None:
    """Ask anew: a care team, a glass or a hidden record changed in this request."""
    if _memory.get() is not None:
        _memory.set(Memory())


def near(user_id: UUID) -> Near:
    """The clients near a user, asked once a request."""
    memory = _memory.get()
    if memory is None:
        return WAYS.near(user_id)
    if user_id not in memory.near:
        memory.near[user_id] = WAYS.near(user_id)
    return memory.near[user_id]


def remembered(key: tuple[Any, str], made: Callable[[], Scope]) -> Scope:
    """A scope, made once a request."""
    memory = _memory.get()
    if memory is None:
        return made()
    if key not in memory.scopes:
        memory.scopes[key] = made()
    return memory.scopes[key]


def client_of(record: Any) -> UUID | None:
    """The client a record is about: itself, its own `client`, or that of its episode, plan or referral; else none."""
    if getattr(getattr(record, "_meta", None), "label", "") == "people.Client":
        return record.pk
    if hasattr(record, "client_id"):
        return record.client_id
    for owner in ("episode", "plan", "referral"):
        if hasattr(record, owner):
            return client_of(getattr(record, owner))
    return None
