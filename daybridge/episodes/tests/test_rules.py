"""The table of moves, without a database."""

from contextlib import nullcontext
from itertools import product

import pytest

from daybridge.episodes.rules import MOVES, OPEN, EpisodeState
from daybridge.kit.errors import IllegalMove
from daybridge.kit.states import check_move


@pytest.mark.parametrize(("old", "new"), list(product(EpisodeState, EpisodeState)))
def test_every_pair_of_states_is_decided(old, new):
    with nullcontext() if new in MOVES[old] else pytest.raises(IllegalMove):
        check_move(MOVES, old, new)


def test_every_open_stay_can_end_and_an_ended_one_stays_ended():
    assert all(EpisodeState.DISCHARGED in MOVES[state] for state in OPEN)
    assert MOVES[EpisodeState.DISCHARGED] == frozenset()
