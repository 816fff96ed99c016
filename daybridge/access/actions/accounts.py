"""What an administrator does with the accounts of a site: roles, sessions, the end of an account."""

from datetime import datetime
from uuid import UUID

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.db import transaction

from daybridge.access.gates import require
from daybridge.access.models import Actor, Membership, Site, User
from daybridge.access.rules import NO_LIMITS, Limits, Permission, Role, check_limits, check_someone_stays
from daybridge.audit import ledger
from daybridge.kit.errors import NotAllowed, Refused


@transaction.atomic
def grant(
    *, user_id: UUID, site_id: UUID, role: Role, by: Actor, at: datetime, limits: Limits = NO_LIMITS
) -> Membership:
    """Give an account a role at a site, within limits. An auditor needs a last day and the days of the audit.

    Raises DoesNotExist out of reach, NotAllowed, Refused when it has the role or the limits make no sense.
    """
    check_limits(role, limits)
    site = Site.objects.managed_by(by).get(pk=site_id)
    user = _within_reach(user_id, by)
    require(by, Permission.ACCOUNTS_MANAGE, site)
    values = columns(limits)
    membership, is_new = Membership.objects.get_or_create(user=user, site=site, role=role, defaults=values)
    if not is_new:
        raise Refused("This account already has the role there.")
    ledger.record("account.grant", user, by=by, at=at, site=site.id, role=role, **_facts(limits))
    return membership


@transaction.atomic
def limit(*, user_id: UUID, site_id: UUID, role: Role, limits: Limits, by: Actor, at: datetime) -> Membership:
    """Change the limits of a role somebody holds. Raises DoesNotExist out of reach, NotAllowed, Refused."""
    check_limits(role, limits)
    site = Site.objects.managed_by(by).get(pk=site_id)
    user = _within_reach(user_id, by)
    require(by, Permission.ACCOUNTS_MANAGE, site)
    membership = Membership.objects.select_for_update(no_key=True).get(user=user, site=site, role=role)
    for name, value in columns(limits).items():
        setattr(membership, name, value)
    membership.save(update_fields=list(columns(limits)))
    ledger.record("account.limit", user, by=by, at=at, site=site.id, role=role, **_facts(limits))
    return membership


def columns(limits: Limits) -> dict[str, object]:
    """Limits as the columns of a membership."""
    return {
        "until": limits.until, "period_from": limits.first, "period_until": limits.last,
        "permissions": list(limits.permissions), "supervisor_id": limits.supervisor,
    }  # fmt: skip


def _facts(limits: Limits) -> dict[str, object]:
    """What of the limits the ledger keeps."""
    return {name: value for name, value in columns(limits).items() if value}


@transaction.atomic
def take_away(*, user_id: UUID, site_id: UUID, role: Role, by: Actor, at: datetime) -> None:
    """Take a role away. Raises DoesNotExist out of reach or without the role, NotAllowed, Refused for the last
    administrator of a site."""
    site = Site.objects.managed_by(by).select_for_update(no_key=True).get(pk=site_id)
    user = _within_reach(user_id, by)
    require(by, Permission.ACCOUNTS_MANAGE, site)
    membership = Membership.objects.get(user=user, site=site, role=role)
    if role is Role.ADMINISTRATOR:
        check_someone_stays(_other_administrators(user, site.id))
    membership.delete()
    ledger.record("account.take_away", user, by=by, at=at, site=site.id, role=role)


@transaction.atomic
def close_account(*, user_id: UUID, by: Actor, at: datetime) -> User:
    """Close an account for good reason: nobody signs in with it, its sessions end now; the person stays on record.

    Raises User.DoesNotExist out of reach, NotAllowed, Refused for one's own account or a site's last administrator.
    """
    user = _whole_within_reach(user_id, by)
    if user.actor == by.actor:
        raise Refused("You cannot close your own account.")
    for site_id in user.memberships.filter(role=Role.ADMINISTRATOR).values_list("site_id", flat=True):
        Site.objects.select_for_update(no_key=True).get(pk=site_id)
        check_someone_stays(_other_administrators(user, site_id))
    user.is_active = False
    user.save(update_fields=["is_active"])
    ledger.record("account.close", user, by=by, at=at, sessions=_end_all(user))
    return user


@transaction.atomic
def reopen_account(*, user_id: UUID, by: Actor, at: datetime) -> User:
    """Let a closed account sign in again, with the roles it had. Raises User.DoesNotExist, NotAllowed."""
    user = _whole_within_reach(user_id, by)
    user.is_active = True
    user.save(update_fields=["is_active"])
    ledger.record("account.reopen", user, by=by, at=at)
    return user


@transaction.atomic
def end_sessions(*, user_id: UUID, by: Actor, at: datetime) -> int:
    """End every session of an account; how many there were. Raises User.DoesNotExist, NotAllowed."""
    user = _whole_within_reach(user_id, by)
    ended = _end_all(user)
    ledger.record("account.end_sessions", user, by=by, at=at, sessions=ended)
    return ended


@transaction.atomic
def clear_second_step(*, user_id: UUID, by: Actor, at: datetime) -> User:
    """Remove app, passkeys and codes of somebody who lost them; sessions end. Refused for one's own account."""
    user = _whole_within_reach(user_id, by)
    if user.actor == by.actor:
        raise Refused("Change your own second step on your account page.")
    removed, _ = Authenticator.objects.filter(user=user).delete()
    ledger.record("account.clear_second_step", user, by=by, at=at, removed=removed, sessions=_end_all(user))
    return user


def _within_reach(user_id: UUID, by: Actor) -> User:
    return User.objects.visible_to(by).select_for_update(no_key=True).get(pk=user_id)


def _whole_within_reach(user_id: UUID, by: Actor) -> User:
    """The account, when `by` manages accounts at every site where it has a role."""
    user = _within_reach(user_id, by)
    require(by, Permission.ACCOUNTS_MANAGE)
    if not set(user.memberships.values_list("site_id", flat=True)) <= by.sites_with(Permission.ACCOUNTS_MANAGE):
        raise NotAllowed("This person also works at a site you do not manage. Ask its administrator.")
    return user


def _other_administrators(user: User, site_id: UUID) -> int:
    places = Membership.objects.filter(site_id=site_id, role=Role.ADMINISTRATOR, user__is_active=True)
    return places.exclude(user=user).count()


def _end_all(user: User) -> int:
    sessions = list(UserSession.objects.filter(user=user))
    for session in sessions:
        session.end()
    return len(sessions)
