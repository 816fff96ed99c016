"""What the rules of plans promise."""

from itertools import pairwise, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from daybridge.kit.errors import IllegalMove
from daybridge.kit.states import check_move
from daybridge.plans import rules
from daybridge.plans.rules import Busy, GoalWords, PlanState, PlanWords, Window

NINE = {"group": 420, "individual": 60, "education": 60}
GOAL = (GoalWords("I want my license back.", "", ("Call the court",)),)


def plan(**fields) -> PlanWords:
    return PlanWords(**{"weekly_minutes": sum(fields.get("mix", NINE).values()), "mix": NINE, "goals": GOAL} | fields)


def codes(words, age=34):
    return {finding.code for finding in rules.check(words, age).findings}


@pytest.mark.parametrize(("old", "new"), list(product(PlanState, PlanState)))
def test_every_pair_of_states_is_decided(old, new):
    if new in rules.MOVES[old]:
        check_move(rules.MOVES, old, new)
    else:
        with pytest.raises(IllegalMove):
            check_move(rules.MOVES, old, new)


def test_nine_hours_with_a_goal_are_a_plan():
    decision = rules.check(plan(), 34)
    assert decision.ok
    assert decision.version == "plans@2026.1"


@pytest.mark.parametrize(
    ("minutes", "age", "code"),
    [(539, 34, "PLAN-1"), (540, 34, None), (359, 17, "PLAN-1"), (360, 17, None), (539, None, "PLAN-1"),
     (539, 18, "PLAN-1"),
     (1199, 34, None), (1200, 34, "PLAN-3")],
)  # fmt: skip
def test_the_hours_stay_inside_the_level(minutes, age, code):
    assert codes(plan(mix={"group": minutes}), age) == ({code} if code else set())


def test_the_mix_adds_up():
    assert "mix-sum" in codes(plan(weekly_minutes=600))
    assert "mix" in codes(plan(mix={"yoga": 540}))


@pytest.mark.parametrize(("least", "most", "code"), [(0, 5, "days"), (4, 3, "days"), (3, 8, "days"), (1, 1, "PLAN-8")])
def test_the_days_make_sense(least, most, code):
    assert codes(plan(days_min=least, days_max=most)) == {code}


def test_a_plan_without_a_goal_or_with_too_many_is_refused():
    assert codes(plan(goals=())) == {"goal"}
    assert codes(plan(goals=(GoalWords("  "),))) == {"goal"}
    assert codes(plan(goals=GOAL * 4)) == {"goals"}
    assert codes(plan(goals=(GoalWords("x", "", ("a",) * 4),))) == {"objectives"}


@pytest.mark.parametrize("busy", [Busy("job", 7, 0, 60), Busy("job", 0, 60, 60), Busy("job", 0, 600, 1441)])
def test_a_commitment_ends_after_it_begins_on_its_day(busy):
    assert codes(plan(commitments=(busy,))) == {"commitment"}


def test_plain_tuples_will_do():
    assert rules.check(plan(goals=(("Stay home", "", ()),), commitments=(("job", 0, 540, 600),)), 30).ok


def test_a_commitment_is_cut_out_of_the_open_hours():
    free = rules.free_windows([Busy("job", 0, 540, 1020)], [Window(0, 480, 1260), Window(1, 480, 1260)])
    assert free == (Window(0, 480, 540), Window(0, 1020, 1260), Window(1, 480, 1260))


spans = st.tuples(st.integers(0, 6), st.integers(0, 1380), st.integers(1, 60)).map(lambda s: (s[0], s[1], s[1] + s[2]))


def minutes(spans_):
    return {(day, minute) for day, start, end in spans_ for minute in range(start, end)}


@given(st.lists(spans, max_size=12), st.lists(spans, max_size=12))
def test_free_time_is_exactly_open_time_without_the_commitments(busy, opens):
    free = rules.free_windows([("job", *span) for span in busy], opens)
    assert minutes(free) == minutes(opens) - minutes(busy)
    assert all(one.start < one.end for one in free)
    assert all(a.weekday < b.weekday or a.end < b.start for a, b in pairwise(free))


@given(st.text(max_size=300))
def test_the_short_form_fits_a_chip(words):
    assert len(rules.short_of(words)) <= 40


def test_the_short_form_ends_at_a_word():
    long = "I want to keep my job and be home for my kids at night"
    assert rules.short_of(long) == "I want to keep my job and be home for…"
    assert rules.short_of("Short one") == "Short one"
