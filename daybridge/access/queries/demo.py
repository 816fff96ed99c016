"""Who can be tried out in the demo."""

from dataclasses import dataclass
from uuid import UUID

from daybridge.access.models import Membership, Program, Site
from daybridge.access.rules import ROLES, Role


@dataclass(frozen=True, slots=True)
class DemoAccount:
    """One person to sign in as."""

    id: UUID
    name: str
    role: str
    sentence: str


@dataclass(frozen=True, slots=True)
class DemoSite:
    """The people of one site, in the order of the roles."""

    name: str
    accounts: tuple[DemoAccount, ...]


def demo_program() -> Program | None:
    """The demo program, when this installation is one."""
    return Program.objects.filter(is_demo=True).first()


def demo_accounts() -> list[DemoSite]:
    """Every active account of a demo, at the first of its sites; nobody when this is no demo."""
    if demo_program() is None:
        return []
    order = {role: place for place, role in enumerate(Role)}
    places = Membership.objects.filter(user__is_active=True).select_related("user", "site")
    shown: set[UUID] = set()
    found: dict[Site, list[DemoAccount]] = {}
    for place in sorted(places, key=lambda row: (order[Role(row.role)], row.site.name, row.user.name)):
        if place.user_id not in shown:
            shown.add(place.user_id)
            role, sentence = ROLES[Role(place.role)]
            found.setdefault(place.site, []).append(DemoAccount(place.user_id, place.user.name, role, sentence))
    return [DemoSite(site.name, tuple(rows)) for site, rows in sorted(found.items(), key=lambda pair: pair[0].name)]
