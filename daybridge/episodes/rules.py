"""The life of a stay. Pure."""

from collections.abc import Mapping
from enum import StrEnum


class EpisodeState(StrEnum):
    """Where one stay at one level of care stands."""

    PENDING = "pending"
    ACTIVE = "active"
    ON_LEAVE = "on-leave"
    DISCHARGED = "discharged"


_S = EpisodeState

# A discharge is final: coming back opens a new episode.
MOVES: Mapping[EpisodeState, frozenset[EpisodeState]] = {
    _S.PENDING: frozenset((_S.ACTIVE, _S.DISCHARGED)),
    _S.ACTIVE: frozenset((_S.ON_LEAVE, _S.DISCHARGED)),
    _S.ON_LEAVE: frozenset((_S.ACTIVE, _S.DISCHARGED)),
    _S.DISCHARGED: frozenset(),
}
OPEN = frozenset(_S) - {_S.DISCHARGED}
