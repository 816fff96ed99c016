"""Which clients an actor reaches, as a condition on any record that leads to one. Every room's `visible_to` is this."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import reduce
from operator import or_
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db.models import Q, QuerySet, Value
from django.utils import timezone

from daybridge.access import rowlock
from daybridge.access.reach import WAYS, Near, Scope, Window
from daybridge.access.rules import Permission
from daybridge.asking import Given, Shaped, prepared
from daybridge.people.within import Lists, Within

NOBODY = Q(pk__in=())
LISTS = ("sites", "team_sites", "hidden", "clients")
PLACES = {name: Given(f"reach-{name}") for name in LISTS}
# For prepared questions about lines of sessions: also those that whoever asks leads or stood in for.
LEADS = Q(session__lead__user=Given("reach-leader"))
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
    return Shape(Lists.of(scope), scope.windows).of(path, site=site, also=also)


def asking(by, permission: Permission) -> Shaped:
    """Reach for a prepared question: the question has one `Shape` argument, the ids are given each time it is asked."""
    scope = by.scope(permission)
    lists = {name: list(ids) for name in LISTS if (ids := getattr(scope, name))}
    shape = Shape(Lists(**{name: PLACES[name] for name in lists}), scope.windows)
    return Shaped(shape, {PLACES[name].name: ids for name, ids in lists.items()} | {"reach-leader": scope.user_id})


@dataclass(frozen=True, slots=True)
class Shape:
    """A reach as a condition: the lists it compares with, or their places, and an auditor's sites and days."""

    lists: Lists
    windows: tuple[Window, ...] = ()

    def of(self, path: str = "", *, site: str = "", also: Q | None = None) -> Q:
        """The condition on a record; the arguments are those of `clients_within`."""
        client, place = path or "pk", site or (f"{path}__site" if path else "site")
        found = Q(Within(self.lists, client, place)) if self.lists.any else NOBODY
        more = [_in_window(window, client, place) for window in self.windows] + ([also] if also is not None else [])
        if not more:
            return found
        wider = reduce(or_, more)
        hidden = Lists(clients=self.lists.hidden)
        return found | (wider & ~Q(Within(hidden, client, place)) if hidden.any else wider)


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


def _in_window(window: Window, client: str, place: str) -> Q:
    wide = NOBODY
    for in_care in IN_CARE:
        wide |= Q(**{place: window.site}) & in_care(client, window.first, window.last)
    return wide


def near(user_id: UUID) -> Near:
    """The clients near a user: one query."""
    sorts: dict[str, set[UUID]] = {"own": set(), "opened": set(), "named": set(), "hidden": set()}
    now = timezone.now()
    for sort, client in _near(user=user_id, day=timezone.localdate(now), now=now):
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
