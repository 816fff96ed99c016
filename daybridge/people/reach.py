"""Which clients an actor reaches, as a condition on any record that leads to one. Every room's `visible_to` is this."""

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db.models import Exists, OuterRef, Q, QuerySet, Value
from django.utils import timezone

from daybridge.access import rowlock
from daybridge.access.reach import WAYS, Near, Scope, Window
from daybridge.access.rules import Permission
from daybridge.asking import Given, prepared
from daybridge.people.among import among

NOBODY = Q(pk__in=())
# Rooms above add what they know: whose groups a user leads (client ids), and who was in care in a window (a condition
# on the path to a client).
LED: list[Callable[[Any], QuerySet]] = []
IN_CARE: list[Callable[[str, date, date], Q]] = []


def clients_within(by, permission: Permission, path: str = "", *, site: str = "", also: Q | None = None) -> Q:
    """The records whose client `by` reaches for `permission`.

    `path` leads to the client ("" on Client itself, else "client", "episode__client"); `site` to the record's site
    where it has one of its own. `also` widens the reach (a session one leads), but never to a hidden record.
    """
    return reached(by.scope(permission), path, site=site, also=also)


def reached(scope: Scope, path: str = "", *, site: str = "", also: Q | None = None) -> Q:
    """The same for a scope already known."""
    client, place = path or "pk", site or (f"{path}__site" if path else "site")
    wide = Q(**{f"{place}__in": scope.sites}) if scope.sites else NOBODY
    if scope.team_sites:
        wide |= Q(**{f"{place}__in": scope.team_sites}) & ~_cared_for(client)
    for window in scope.windows:
        wide |= _in_window(window, client, place)
    if also is not None:
        wide |= also
    if scope.hidden and wide != NOBODY:
        wide &= ~Q(**{f"{client}__in": among(scope.hidden)})
    if scope.clients:
        wide |= Q(**{f"{client}__in": among(scope.clients)})
    return wide


def is_whole(by, permission: Permission) -> bool:
    """Whether nobody is left out at the sites where `by` holds the permission: what was found needs no second look."""
    scope = by.scope(permission)
    return scope.sites == by.sites_with(permission) and bool(scope.sites) and not scope.hidden


def not_hidden(by, permission: Permission, path: str) -> Q:
    """Whoever is not hidden from `by`, within reach or not: for counts that name nobody."""
    hidden = by.scope(permission).hidden
    return ~Q(**{f"{path}__in": hidden}) if hidden else Q()


def led(by) -> Q:
    """Lines of sessions that `by` leads or stood in for: whoever led a group reads its roll and its note."""
    user_id = by.scope(Permission.ROLL_SEE).user_id
    return Q(session__lead__user=user_id) if user_id else NOBODY


def _cared_for(client: str) -> Exists:
    return Exists(_model("CareTeamMember").objects.filter(client=OuterRef(client)))


def _in_window(window: Window, client: str, place: str) -> Q:
    wide = NOBODY
    for in_care in IN_CARE:
        wide |= Q(**{place: window.site}) & in_care(client, window.first, window.last)
    return wide


def near(user_id: UUID) -> Near:
    """The clients near a user: one query."""
    sorts: dict[str, set[UUID]] = {"own": set(), "opened": set(), "named": set(), "hidden": set()}
    for sort, client in _near(user=user_id, day=timezone.localdate(), now=timezone.now()):
        sorts[sort].add(client)
    return Near(
        frozenset(sorts["own"]), frozenset(sorts["opened"]), frozenset(sorts["named"]),
        frozenset(sorts["hidden"] - sorts["named"]),
    )  # fmt: skip


@prepared
def _near() -> QuerySet:
    """Asked by every request: the SQL is worked out once, and who asks and when is given."""
    user = Given("user")
    team = _model("CareTeamMember").objects.filter(Q(until=None) | Q(until__gt=Given("day")), staff__user=user)
    opened = _model("Glass").objects.filter(user=user, ends_at__gt=Given("now")).order_by()
    hidden = _model("Hidden").objects.filter(ended_at=None).order_by()
    named = _model("Named").objects.filter(user=user, hidden__ended_at=None)
    parts = [
        _sorted(team, "own"), *(_sorted(one(user), "own") for one in LED),
        _sorted(opened, "opened"), _sorted(named, "named", "hidden__client_id"), _sorted(hidden, "hidden"),
    ]  # fmt: skip
    return parts[0].union(*parts[1:])


def _sorted(rows: QuerySet, sort: str, client: str = "client_id") -> QuerySet:
    """(sort, client id) pairs of rows about clients."""
    return rows.annotate(sort=Value(sort)).values_list("sort", client)


def holds(scope: Scope, client_id: UUID) -> bool:
    """Whether a scope reaches one client."""
    return _model("Client").objects.filter(reached(scope), pk=client_id).exists()


def register() -> None:
    """Tell the room below how reach is read; called once at start."""
    WAYS.near, WAYS.holds = rowlock.near_as_system(near), holds


def _model(name: str):
    return apps.get_model("people", name)
