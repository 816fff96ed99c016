"""Turn the lock for one request, and open it for the program's own work."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cache
from typing import Any
from uuid import UUID

from django.db import DatabaseError, connection

from daybridge.access import reach
from daybridge.access.reach import NO_ONE
from daybridge.access.rowlock.policies import ROLE
from daybridge.access.rules import PURPOSE_OF, Permission, Purpose, Reach, Role, reach_of

WALK = "SELECT set_config('role', %s, false)"
# Whoever reaches every site and from whom nothing is hidden needs no lock: there is nobody out of reach.
ENTER = (
    "WITH seen AS (SELECT %s AND NOT EXISTS (SELECT 1 FROM access_site WHERE id <> ALL (%s::uuid[])) AS everybody)"
    " SELECT set_config('daybridge.sites', %s, false), set_config('daybridge.team_sites', %s, false),"
    " set_config('daybridge.clients', %s, false), set_config('daybridge.hidden', %s, false),"
    " set_config('role', CASE WHEN everybody THEN 'none' ELSE %s END, false), everybody FROM seen"
)
_known: dict[str, bool] = {}


@dataclass(frozen=True, slots=True)
class Identity:
    """Whom a request may meet, whatever it asks: whole sites, newcomers of sites, single clients; never the hidden."""

    sites: frozenset[UUID] = NO_ONE
    team_sites: frozenset[UUID] = NO_ONE
    clients: frozenset[UUID] = NO_ONE
    hidden: frozenset[UUID] = NO_ONE


NOBODY = Identity()
_turned: ContextVar[Identity | None] = ContextVar("rowlock", default=None)


def identity_of(user: Any, permission: Permission | None) -> Identity:
    """What all permissions of a person together reach; phone desk and requests widen it on their own routes only."""
    near, at_desk = reach.near(user.pk), PURPOSE_OF.get(permission) is Purpose.DESK
    far = [(one.site, spans(Role(one.role), at_desk)) for one in user.held] if user.is_active else []
    own = near.own - near.hidden if any({Reach.TEAM, Reach.OWN} & some for _, some in far) else NO_ONE
    return Identity(
        sites=frozenset(site for site, some in far if {Reach.SITE, Reach.PERIOD} & some),
        team_sites=frozenset(site for site, some in far if Reach.TEAM in some),
        clients=own | near.opened | near.named if far else NO_ONE,
        hidden=near.hidden,
    )


@cache
def spans(role: Role, at_desk: bool) -> frozenset[Reach]:
    """The reaches of all permissions of a role that touch clients."""
    asked = [one for one, purpose in PURPOSE_OF.items() if at_desk or purpose is not Purpose.DESK]
    return frozenset(found for one in asked if (found := reach_of(role, one)))


def is_on() -> bool:
    """Whether this database has the lock: PostgreSQL, the role is there and may be taken. Asked once a database."""
    if connection.vendor != "postgresql":
        return False
    name = str(connection.settings_dict["NAME"])
    if name not in _known:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT bool_or(pg_has_role(current_user, r.oid, 'MEMBER')) AND"
                " (SELECT relrowsecurity FROM pg_class WHERE oid = to_regclass('people_client'))"
                " FROM pg_roles r WHERE r.rolname = %s", [ROLE],
            )  # fmt: skip
            _known[name] = bool(cursor.fetchone()[0])
    return _known[name]


def ask_again() -> None:
    """Forget whether the lock is there: it was just made."""
    _known.clear()


@contextmanager
def locked() -> Iterator[None]:
    """A request: whatever lock is turned inside is open again afterwards."""
    token = _turned.set(None)
    try:
        yield
    finally:
        if _turned.get():
            _walk("none")
        _turned.reset(token)


def turn(identity: Identity) -> None:
    """From here on the request meets only whom `identity` may meet. One round trip."""
    if not is_on():
        return
    lists = [_list(ids) for ids in (identity.sites, identity.team_sites, identity.clients, identity.hidden)]
    with connection.cursor() as cursor:
        cursor.execute(ENTER, [not identity.hidden, lists[0], *lists, ROLE])
        meets_everybody = cursor.fetchone()[-1]
    _turned.set(None if meets_everybody else identity)


@contextmanager
def as_system(why: str) -> Iterator[None]:
    """Work of the program itself inside somebody's request: counting seats, finding duplicates. `why` says which."""
    was = _turned.get()
    if was is None:
        yield
        return
    _walk("none")
    _turned.set(None)
    try:
        yield
    finally:
        _walk(ROLE)
        _turned.set(was)


@contextmanager
def as_guest(guest: Any) -> Iterator[None]:
    """The request of somebody who is not staff: exactly one client."""
    was = _turned.get()
    if was is None:
        yield
        return
    turn(Identity(clients=frozenset({guest.client_id})))
    try:
        yield
    finally:
        with suppress(DatabaseError):
            turn(was)


def _walk(role: str) -> None:
    """Take a role. In a transaction that is being rolled back the database does it by itself."""
    with suppress(DatabaseError), connection.cursor() as cursor:
        cursor.execute(WALK, [role])


def _list(ids: frozenset[UUID]) -> str:
    return "{" + ",".join(str(one) for one in ids) + "}"


def near_as_system(near: Any) -> Any:
    """Who is near a user is asked by the program, not by the user."""

    def ask(user_id: UUID) -> reach.Near:
        with as_system("care teams, opened and hidden records of the user"):
            return near(user_id)

    return ask
