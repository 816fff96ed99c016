"""The life of a purge: one person proposes, another approves, a job does it record by record. Pure."""

from collections.abc import Mapping, Set
from enum import StrEnum

from daybridge.kit.errors import BadInput, Refused


class PurgeState(StrEnum):
    """Where a purge stands."""

    PROPOSED = "proposed"
    APPROVED = "approved"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    PURGED = "purged"


# Approved means asked for: the job ends it, however often it is interrupted. What is purged never comes back.
MOVES: Mapping[PurgeState, Set[PurgeState]] = {
    PurgeState.PROPOSED: {PurgeState.APPROVED, PurgeState.DECLINED, PurgeState.WITHDRAWN},
    PurgeState.APPROVED: {PurgeState.PURGED},
    PurgeState.DECLINED: set(),
    PurgeState.WITHDRAWN: set(),
    PurgeState.PURGED: set(),
}


class ItemState(StrEnum):
    """What became of one record of a purge."""

    WAITING = "waiting"
    PURGED = "purged"
    KEPT = "kept"


ITEM_MOVES: Mapping[ItemState, Set[ItemState]] = {
    ItemState.WAITING: {ItemState.PURGED, ItemState.KEPT},
    ItemState.PURGED: set(),
    ItemState.KEPT: set(),
}

TASK = "purge"  # the job that does it
SHORTEST_REASON = 5


def check_second_person(proposer: str, approver: str) -> None:
    """Raise Refused when one person both proposes and approves. Source: program rule, four eyes (KEEP)."""
    if proposer == approver:
        raise Refused("Somebody else has to approve what you proposed.")


def check_reason(words: str) -> str:
    """The reason without blanks around it; BadInput when nothing is said that a later reader could follow."""
    said = words.strip()
    if len(said) < SHORTEST_REASON:
        raise BadInput("Say why in a few words.")
    return said
