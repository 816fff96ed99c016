"""Where one referral may be moved now; asked for when somebody opens the menu of its card."""

from dataclasses import dataclass
from uuid import UUID

from daybridge.admissions.models import Referral
from daybridge.admissions.queries.cards import moves
from daybridge.admissions.rules import ReferralState


@dataclass(frozen=True, slots=True)
class Movable:
    """What a move form needs; it tells nothing about the person."""

    id: UUID
    state: str
    version: int
    moves: tuple[str, ...]


def movable(*, referral_id: UUID, by) -> Movable:
    """The moves of one referral. Raises Referral.DoesNotExist out of reach. One query."""
    one = Referral.objects.visible_to(by).only("state", "version").get(pk=referral_id)
    return Movable(one.id, one.state, one.version, moves(ReferralState(one.state)))
