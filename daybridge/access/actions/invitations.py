"""Invite, renew, withdraw, accept: the only way to an account."""

from datetime import datetime
from uuid import UUID

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction

from daybridge.access import links
from daybridge.access.gates import require
from daybridge.access.models import Actor, Invitation, Membership, Site, User
from daybridge.access.rules import (
    INVITATION_MOVES,
    NO_LIMITS,
    InvitationState,
    Permission,
    Role,
    check_limits,
    expiry,
    first_roles,
)
from daybridge.audit import ledger
from daybridge.kit.errors import BadInput, Problem, Refused
from daybridge.kit.states import check_move


@transaction.atomic
def invite(*, email: str, name: str, site_id: UUID, role: Role, by: Actor, at: datetime) -> tuple[Invitation, str]:
    """Invite one person to one role at one site; return the invitation and its link, which is told only here.

    The letter goes out on commit. Raises Site.DoesNotExist out of `by`'s reach, NotAllowed, or Refused when the
    address already has an account or an open invitation.
    """
    site = Site.objects.managed_by(by).get(pk=site_id)
    require(by, Permission.ACCOUNTS_MANAGE, site)
    check_limits(role, NO_LIMITS)
    if User.objects.filter(email__iexact=email).exists():
        raise Refused("This address already has an account. Give it the role instead.")
    if Invitation.objects.select_for_update().waiting().filter(email__iexact=email, expires_at__gt=at).exists():
        raise Refused("This address already has an open invitation. Withdraw it or make a new link.")
    invitation, link = write(Invitation(email=email, name=name, site=site, role=role), at)
    ledger.record("account.invite", invitation, by=by, at=at, site=site.id, role=role)
    return invitation, link


def write(invitation: Invitation, at: datetime) -> tuple[Invitation, str]:
    """Store `invitation` with a new token, and send its letter when the transaction is kept."""
    token = links.new_token()
    link = links.address(token)
    invitation.token_digest = links.fingerprint(token)
    invitation.invited_at, invitation.expires_at = at, expiry(at)
    invitation.save()
    transaction.on_commit(lambda: links.send(invitation, link), robust=True)
    return invitation, link


@transaction.atomic
def renew(*, invitation_id: UUID, by: Actor, at: datetime) -> tuple[Invitation, str]:
    """Make a new link for an invitation that was not accepted; the old link stops working.

    Raises Invitation.DoesNotExist out of reach, NotAllowed, or IllegalMove when it was accepted or withdrawn.
    """
    invitation = _within_reach(invitation_id, by)
    check_move(INVITATION_MOVES, invitation.state_at(at), InvitationState.INVITED)
    invitation, link = write(invitation, at)
    ledger.record("account.invite_again", invitation, by=by, at=at)
    return invitation, link


@transaction.atomic
def withdraw(*, invitation_id: UUID, by: Actor, at: datetime) -> Invitation:
    """Take an invitation back; its link stops working. Raises as `renew` does."""
    invitation = _within_reach(invitation_id, by)
    check_move(INVITATION_MOVES, invitation.state_at(at), InvitationState.WITHDRAWN)
    invitation.withdrawn_at = at
    invitation.save(update_fields=["withdrawn_at"])
    ledger.record("account.invite_withdraw", invitation, by=by, at=at)
    return invitation


def _within_reach(invitation_id: UUID, by: Actor) -> Invitation:
    invitation = Invitation.objects.visible_to(by).select_for_update().get(pk=invitation_id)
    require(by, Permission.ACCOUNTS_MANAGE, invitation)
    return invitation


@transaction.atomic
def accept(*, token: str, password: str, name: str, at: datetime) -> User:
    """Open the account an invitation promises; the link works once, until it expires.

    The new account is its own actor on the ledger. The program's first account also directs the first site.
    Raises Refused when the link is used, withdrawn, too old or unknown, BadInput when the password is too weak.
    """
    invitation = Invitation.objects.select_for_update().filter(token_digest=links.fingerprint(token)).first()
    if invitation is None or invitation.state_at(at) is not InvitationState.INVITED:
        raise Refused("This link no longer works. Ask your administrator for a new one.")
    if User.objects.filter(email__iexact=invitation.email).exists():
        raise Refused("This address already has an account. Sign in instead.")
    user = User(email=invitation.email.lower(), name=name)
    _check_password(password, user)
    roles = first_roles(Role(invitation.role), User.objects.count())
    user.set_password(password)
    user.save(force_insert=True)
    Membership.objects.bulk_create(Membership(user=user, site=invitation.site, role=role) for role in roles)
    invitation.accepted_at = at
    invitation.save(update_fields=["accepted_at"])
    ledger.record("account.accept", invitation, by=user, at=at, user=user.id, roles=list(roles))
    return user


def _check_password(password: str, user: User) -> None:
    try:
        validate_password(password, user)
    except ValidationError as error:
        problems = tuple(Problem("password", words) for words in error.messages)
        raise BadInput("{words}", problems, words=" ".join(error.messages)) from None
