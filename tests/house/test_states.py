"""Every table of moves is total, and its diagram in docs/states is the current one."""

import importlib
from enum import EnumMeta
from itertools import product
from pathlib import Path

import pytest

from daybridge.kit.errors import IllegalMove
from daybridge.kit.states import check_move, diagram

STATES = Path(__file__).resolve().parents[2] / "docs" / "states"
TABLES = {
    "referral": ("admissions.rules", "ReferralState", "MOVES"),
    "episode": ("episodes.rules", "EpisodeState", "MOVES"),
    "consent": ("consent.rules", "ConsentState", "MOVES"),
    "plan": ("plans.rules", "PlanState", "MOVES"),
    "session": ("scheduling.rules", "SessionState", "MOVES"),
    "attendance": ("attendance.rules", "Mark", "MOVES"),
    "note": ("notes.rules", "NoteState", "MOVES"),
    "request": ("rights.rules", "State", "MOVES"),
    "breach": ("rights.rules", "BreachState", "BREACH_MOVES"),
    "job": ("jobs.rules", "JobState", "MOVES"),
    "purge": ("keeping.rules", "PurgeState", "MOVES"),
    "purge-record": ("keeping.rules", "ItemState", "ITEM_MOVES"),
    "invitation": ("access.rules", "InvitationState", "INVITATION_MOVES"),
    "pass": ("portal.rules", "PassState", "MOVES"),
    "week": ("scheduling.rules", "DraftState", "DRAFT_MOVES"),
    "glass": ("access.rules", "GlassState", "GLASS_MOVES"),
}


def load(name):
    module, states, moves = TABLES[name]
    room = importlib.import_module(f"daybridge.{module}")
    return getattr(room, states), getattr(room, moves)


@pytest.mark.parametrize("name", TABLES)
def test_every_pair_of_states_is_decided(name):
    states, moves = load(name)
    assert isinstance(states, EnumMeta)
    assert set(moves) == set(states)
    for old, new in product(states, states):
        if new in moves[old]:
            check_move(moves, old, new)
        else:
            with pytest.raises(IllegalMove):
                check_move(moves, old, new)


@pytest.mark.parametrize("name", TABLES)
def test_the_diagram_is_current(name, request):
    page, text = STATES / f"{name}.md", diagram(name.capitalize(), load(name)[1])
    if request.config.getoption("--write-docs"):
        page.parent.mkdir(parents=True, exist_ok=True)
        page.write_text(text, encoding="utf-8")
    assert page.read_text(encoding="utf-8") == text
