"""The clinician's choice and the words for levels, without a database."""

from contextlib import nullcontext
from itertools import product

import pytest

from daybridge.kit.errors import IllegalMove, Refused
from daybridge.kit.states import check_move
from daybridge.level_of_care import naming
from daybridge.level_of_care.rules import LEVELS, OVERRIDE_CODES, Choice
from daybridge.level_of_care.rules.case import DIMENSIONS, FINDINGS
from daybridge.level_of_care.rules.choice import MOVES, DeterminationState, checked


@pytest.mark.parametrize(("old", "new"), list(product(DeterminationState, DeterminationState)))
def test_every_pair_of_states_is_decided(old, new):
    with nullcontext() if new in MOVES[old] else pytest.raises(IllegalMove):
        check_move(MOVES, old, new)


def test_agreement_keeps_no_reason():
    assert checked(Choice("2.1", "cost", "words"), "2.1") == Choice("2.1")


def test_another_level_keeps_its_code_and_trimmed_words():
    assert checked(Choice("1.5", "preference", " She asks for it. "), "2.1") == Choice(
        "1.5", "preference", "She asks for it."
    )


@pytest.mark.parametrize(
    ("choice", "words"),
    [
        (Choice("9.9"), "no such level"),
        (Choice("1.5"), "Choose the reason"),
        (Choice("1.5", "weather", "rain"), "Choose the reason"),
        (Choice("1.5", "cost", "  "), "few words"),
        (Choice("1.5", "cost", "x" * 501), "under 500"),
    ],
)
def test_another_level_without_a_reason_is_refused(choice, words):
    with pytest.raises(Refused, match=words):
        checked(choice, "2.1")


def test_every_level_dimension_finding_and_code_has_words():
    assert tuple(naming.levels()) == LEVELS
    assert tuple(one.id for one in naming.dimensions()) == DIMENSIONS
    assert all(len(one.anchors) == 5 for one in naming.dimensions())
    assert set(naming.FINDINGS) == set(FINDINGS)
    assert set(naming.OVERRIDES) == set(OVERRIDE_CODES)
    assert naming.levels()["2.1"].title == "2.1 Intensive outpatient program"
    assert naming.levels()["emergency"].title == "Emergency care now"
