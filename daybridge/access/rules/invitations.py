"""Invitations and their states. Pure."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from daybridge.access.rules.book import RULES


class InvitationState(StrEnum):
    """Where an invitation stands; read off its times, never stored."""

    INVITED = "invited"
    ACCEPTED = "accepted"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"


# Accepting works once; an expired link may be made anew.
INVITATION_MOVES: dict[InvitationState, frozenset[InvitationState]] = {
    InvitationState.INVITED: frozenset(
        {InvitationState.ACCEPTED, InvitationState.WITHDRAWN, InvitationState.EXPIRED, InvitationState.INVITED}
    ),
    InvitationState.EXPIRED: frozenset({InvitationState.INVITED, InvitationState.WITHDRAWN}),
    InvitationState.ACCEPTED: frozenset(),
    InvitationState.WITHDRAWN: frozenset(),
}


@dataclass(frozen=True, slots=True)
class Times:
    """When an invitation ends, and when it was accepted or withdrawn; aware."""

    expires_at: datetime
    accepted_at: datetime | None = None
    withdrawn_at: datetime | None = None


def invitation_state(times: Times, now: datetime) -> InvitationState:
    """The state at `now`; the hour of expiry itself is too late."""
    if times.accepted_at:
        return InvitationState.ACCEPTED
    if times.withdrawn_at:
        return InvitationState.WITHDRAWN
    return InvitationState.EXPIRED if now >= times.expires_at else InvitationState.INVITED


def expiry(invited_at: datetime) -> datetime:
    """When a link made at `invited_at` stops working. Source: rulebook ACC-1."""
    return invited_at + timedelta(days=RULES.number("ACC-1"))
