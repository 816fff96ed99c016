"""The three gates: the route, the reach and the record. No grant means no."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar
from uuid import UUID

from daybridge.access.models import Site
from daybridge.access.reach import WAYS, Scope, client_of
from daybridge.access.rules import Permission
from daybridge.kit.errors import NotAllowed

View = TypeVar("View", bound=Callable[..., Any])


@dataclass(frozen=True)
class System:
    """A part of the program that acts without a signed-in person, with the few permissions it needs."""

    name: str
    permissions: frozenset[Permission] = frozenset()

    @property
    def actor(self) -> str:
        return f"system:{self.name}"

    def sites_with(self, permission: Permission) -> frozenset[UUID]:
        """Every site when the permission was given to this part, none otherwise."""
        if permission not in self.permissions:
            return frozenset()
        return frozenset(Site.objects.values_list("id", flat=True))

    def scope(self, permission: Permission) -> Scope:
        """Everybody, hidden records too: the program itself forgets nobody."""
        return Scope(sites=self.sites_with(permission))


@dataclass(frozen=True)
class Guest:
    """Somebody who is not staff and reaches exactly one client: the client, or a person the client chose."""

    actor: str
    client_id: UUID
    permissions: frozenset[Permission] = frozenset()

    def sites_with(self, permission: Permission) -> frozenset[UUID]:
        """None: a guest has no site, only a client."""
        return frozenset()

    def scope(self, permission: Permission) -> Scope:
        """The one client."""
        return Scope(clients=frozenset({self.client_id} if permission in self.permissions else ()))


COMMAND_LINE = System("command-line", frozenset({Permission.REFERRAL_RECEIVE, Permission.REFERRAL_SEE}))
FRONT_DOOR = System("front-door", frozenset({Permission.REFERRAL_RECEIVE}))
NIGHT_SHIFT = System(
    "night-shift",
    frozenset(
        {
            Permission.LEDGER_READ, Permission.CLIENT_LIST, Permission.PLAN_SEE,
            Permission.WEEK_SEE, Permission.WEEK_PLACE, Permission.CONSENT_SEE, Permission.CONSENT_SIGN,
        }
    ),
)  # fmt: skip


def requires(permission: Permission) -> Callable[[View], View]:
    """The route's gate: only people who hold `permission` at some site reach the view; others get 404."""

    def mark(view: View) -> View:
        view.permission = permission  # type: ignore[attr-defined]
        return view

    return mark


def public(why: str) -> Callable[[View], View]:
    """A route open to everybody, with the reason why."""

    def mark(view: View) -> View:
        view.public = why  # type: ignore[attr-defined]
        return view

    return mark


def may(by: Any, permission: Permission, record: Any = None) -> bool:
    """Whether `by` holds the permission for the record: its client within reach, its site when it is about no client.

    Without a record: whether `by` holds it anywhere.
    """
    if record is None:
        return bool(by.sites_with(permission) or by.scope(permission).clients)
    client = client_of(record)
    if client is None:
        return site_of(record) in by.sites_with(permission)
    scope = by.scope(permission)
    if client in scope.clients:
        return True
    if client in scope.hidden:
        return False
    if scope.sites and site_of(record) in scope.sites:
        return True
    return bool(scope.team_sites or scope.windows) and WAYS.holds(scope, client)


def require(by: Any, permission: Permission, record: Any = None) -> None:
    """Raise NotAllowed unless `may`."""
    if not may(by, permission, record):
        raise NotAllowed("You do not have the permission for this.")


def site_of(record: Any) -> UUID:
    """The site a record belongs to: itself, its own `site`, or that of its client, episode or session."""
    if isinstance(record, Site):
        return record.id
    if hasattr(record, "site_id"):
        return record.site_id
    for owner in ("client", "episode", "session", "plan", "referral", "track"):
        if hasattr(record, owner):
            return site_of(getattr(record, owner))
    raise TypeError(f"{type(record).__name__} does not say which site it belongs to")
