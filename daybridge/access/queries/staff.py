"""Accounts, roles and invitations, within the reach of whoever manages them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from daybridge.access import links
from daybridge.access.models import Actor, Invitation, Membership, Site, User
from daybridge.access.rules import ROLES, InvitationState, Permission, Role, device_words, in_order, roles_with


@dataclass(frozen=True, slots=True)
class Place:
    """One role at one site."""

    site_id: UUID
    site: str
    role: str
    words: str
    until: date | None = None
    limits: str = ""


@dataclass(frozen=True, slots=True)
class AccountRow:
    """One account in the list."""

    id: UUID
    name: str
    email: str
    is_active: bool
    has_second_step: bool
    last_sign_in: datetime | None
    sites: tuple[tuple[str, str], ...]
    places: tuple[Place, ...]
    sessions: tuple[tuple[str, datetime], ...] = ()


@dataclass(frozen=True, slots=True)
class InvitationRow:
    """One invitation that was neither accepted nor withdrawn."""

    id: UUID
    name: str
    email: str
    role: str
    site: str
    state: str
    expires_at: datetime


def manageable_sites(*, by: Actor) -> list[tuple[str, str]]:
    """(id, name) of the sites whose accounts `by` manages."""
    return [(str(site.id), site.name) for site in Site.objects.managed_by(by)]


def possible_supervisors(*, by: Actor) -> list[tuple[str, str]]:
    """(id, name) of active clinicians at the sites whose accounts `by` manages."""
    clinical = Membership.objects.filter(
        site__in=Site.objects.managed_by(by), role__in=roles_with(Permission.NOTE_SIGN)
    )
    found = User.objects.filter(pk__in=clinical.values("user"), is_active=True).order_by("name")
    return [(str(one.id), one.name) for one in found]


def accounts(*, by: Actor) -> list[AccountRow]:
    """The accounts within reach, active ones first, by name."""
    people = list(User.objects.visible_to(by).order_by("-is_active", "name"))
    return _rows(people, by)


def account(*, user_id: UUID, by: Actor) -> AccountRow:
    """One account with its sessions. Raises User.DoesNotExist out of reach."""
    user = User.objects.visible_to(by).get(pk=user_id)
    row = _rows([user], by)[0]
    sessions = UserSession.objects.filter(user=user).order_by("-last_seen_at")
    held = tuple((device_words(session.user_agent), session.last_seen_at) for session in sessions)
    return AccountRow(row.id, row.name, row.email, row.is_active, row.has_second_step, row.last_sign_in,
                      row.sites, row.places, held)  # fmt: skip


def _rows(people: list[User], by: Actor) -> list[AccountRow]:
    secured = set(
        Authenticator.objects.filter(user__in=people)
        .exclude(type=Authenticator.Type.RECOVERY_CODES).values_list("user_id", flat=True)
    )  # fmt: skip
    held: dict[UUID, list[Membership]] = {}
    sites = Site.objects.managed_by(by)
    for place in Membership.objects.filter(user__in=people, site__in=sites).select_related("site", "supervisor"):
        held.setdefault(place.user_id, []).append(place)
    return [
        AccountRow(
            user.id, user.name, user.email, user.is_active, user.id in secured, user.last_login,
            _by_site(held.get(user.id, [])), _places(held.get(user.id, [])),
        )
        for user in people
    ]  # fmt: skip


def _places(held: Iterable[Membership]) -> tuple[Place, ...]:
    ordered = sorted(held, key=lambda place: (place.site.name, list(Role).index(Role(place.role))))
    return tuple(
        Place(row.site_id, row.site.name, row.role, ROLES[Role(row.role)][0], row.until, _limits(row))
        for row in ordered
    )


def _limits(row: Membership) -> str:
    """The limits of a role in words."""
    said = []
    if row.until:
        said.append(_("until {day}").format(day=date_format(row.until, "M j, Y")))
    if row.supervisor_id:
        said.append(_("under {name}").format(name=row.supervisor.name))
    if row.period_from and row.period_until:
        first, last = date_format(row.period_from, "M j, Y"), date_format(row.period_until, "M j, Y")
        said.append(_("care of {first} to {last}").format(first=first, last=last))
    if row.permissions:
        said.append(ngettext("{n} permission", "{n} permissions", len(row.permissions)).format(n=len(row.permissions)))
    return ", ".join(said)


def _by_site(held: Iterable[Membership]) -> tuple[tuple[str, str], ...]:
    """(site, its roles in words) pairs."""
    roles: dict[str, set[str]] = {}
    for place in held:
        roles.setdefault(place.site.name, set()).add(place.role)
    return tuple((site, ", ".join(ROLES[role][0] for role in in_order(names))) for site, names in sorted(roles.items()))


def invitations(*, by: Actor, at: datetime) -> list[InvitationRow]:
    """Invitations nobody has accepted or withdrawn, the newest first; the state is as of `at`."""
    waiting = Invitation.objects.visible_to(by).waiting().select_related("site").order_by("-invited_at")
    return [_invitation(row, at) for row in waiting]


def open_invitation(*, token: str, at: datetime) -> InvitationRow | None:
    """What a link promises; None when it does not work (any more)."""
    fingerprint = links.fingerprint(token)
    invitation = Invitation.objects.filter(token_digest=fingerprint).select_related("site").first()
    if invitation is None or invitation.state_at(at) is not InvitationState.INVITED:
        return None
    return _invitation(invitation, at)


def _invitation(row: Invitation, at: datetime) -> InvitationRow:
    role = ROLES[Role(row.role)][0]
    return InvitationRow(row.id, row.name, row.email, role, row.site.name, str(row.state_at(at)), row.expires_at)
