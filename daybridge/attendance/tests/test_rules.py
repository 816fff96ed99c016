"""Marks, readings, credit and names."""

from contextlib import nullcontext
from datetime import UTC, datetime, timedelta
from itertools import product
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from daybridge.attendance.rules import HERE, MOVES, Hours, Mark, board_names, credited_minutes, opens_at, reading
from daybridge.kit.errors import IllegalMove
from daybridge.kit.periods import Period
from daybridge.kit.states import check_move

NINE = datetime(2026, 3, 2, 14, tzinfo=UTC)
GROUP = Period(NINE, NINE + timedelta(minutes=90))
NEW_YORK = ZoneInfo("America/New_York")
MOMENTS = st.integers(-600, 600).map(lambda seconds: NINE + timedelta(seconds=seconds * 30))


def after(minutes: int) -> datetime:
    return NINE + timedelta(minutes=minutes)


@pytest.mark.parametrize(("old", "new"), list(product(Mark, Mark)))
def test_every_pair_of_marks_is_decided(old, new):
    with nullcontext() if new in MOVES[old] else pytest.raises(IllegalMove):
        check_move(MOVES, old, new)


def test_every_slip_can_be_taken_back():
    for old, new in product(Mark, Mark):
        if new in MOVES[old] and old is not Mark.LEFT:
            assert old in MOVES[new] or new is Mark.LEFT, f"{old} to {new} has no way back"


def test_whoever_left_was_here_first():
    assert [mark for mark in Mark if Mark.LEFT in MOVES[mark]] == [Mark.PRESENT]


@pytest.mark.parametrize(
    ("arrived", "left", "minutes"),
    [
        (after(-5), None, 90),
        (after(0), after(90), 90),
        (after(12), None, 78),
        (after(0), after(60), 60),
        (after(-30), after(-10), 0),
        (after(90), None, 0),
        (after(120), None, 0),
        (NINE + timedelta(seconds=59), None, 89),
        (after(20), after(120), 70),
    ],
)
def test_credit_is_the_whole_minutes_of_the_stay_inside_the_plan(arrived, left, minutes):
    assert credited_minutes(GROUP, arrived, left) == minutes


@given(arrived=MOMENTS, stay=st.integers(0, 20_000), length=st.integers(1, 300))
def test_credit_never_exceeds_plan_or_stay(arrived, stay, length):
    planned, left = Period(NINE, after(length)), arrived + timedelta(seconds=stay)
    assert 0 <= credited_minutes(planned, arrived, left) <= min(length, stay // 60)


@given(arrived=MOMENTS, one=st.integers(0, 20_000), more=st.integers(0, 20_000))
def test_staying_longer_never_costs_credit(arrived, one, more):
    shorter, longer = arrived + timedelta(seconds=one), arrived + timedelta(seconds=one + more)
    assert credited_minutes(GROUP, arrived, shorter) <= credited_minutes(GROUP, arrived, longer)


def test_a_session_over_the_change_of_clocks_credits_what_passed():
    planned = Period(
        datetime(2026, 3, 8, 1, 30, tzinfo=NEW_YORK), datetime(2026, 3, 8, 3, 30, tzinfo=NEW_YORK)
    )  # the hour from two to three is skipped
    assert credited_minutes(planned, planned.start, None) == 60
    assert credited_minutes(planned, planned.start.astimezone(UTC), planned.end) == 60


@pytest.mark.parametrize(
    ("mark", "arrived", "left", "said"),
    [
        (Mark.EXPECTED, None, None, "expected"),
        (Mark.PRESENT, after(-5), None, "present"),
        (Mark.PRESENT, after(10), None, "present"),
        (Mark.PRESENT, NINE + timedelta(minutes=10, seconds=1), None, "late"),
        (Mark.LEFT, after(0), after(80), "present"),
        (Mark.LEFT, after(0), after(79), "left-early"),
        (Mark.LEFT, after(30), after(85), "late"),
        (Mark.LEFT, after(30), after(40), "left-early"),
        (Mark.EXCUSED, None, None, "excused"),
        (Mark.NO_SHOW, None, None, "no-show"),
    ],
)
def test_late_and_left_early_are_read_off_the_times(mark, arrived, left, said):
    assert reading(mark, GROUP, arrived, left) == said


def test_the_roll_opens_an_hour_before():
    assert opens_at(GROUP) == NINE - timedelta(minutes=60)


def test_presence_is_present_or_left():
    assert {Mark.PRESENT, Mark.LEFT} == HERE


@pytest.mark.parametrize(
    ("hours", "likely", "short"),
    [(Hours(300, 120, 540), 420, 120), (Hours(540, 0, 540), 540, 0), (Hours(600, 60, 540), 660, 0), (Hours(), 0, 0)],
)
def test_the_week_is_short_by_what_nothing_booked_will_deliver(hours, likely, short):
    assert (hours.likely, hours.short) == (likely, short)


@pytest.mark.parametrize(
    ("people", "names"),
    [
        ([("Rosa", "Delgado", "T-1"), ("Sam", "Diaz", "T-2")], ["Rosa D.", "Sam D."]),
        ([("Rosa", "Delgado", "T-1"), ("Rosa", "Diaz", "T-2")], ["Rosa De.", "Rosa Di."]),
        ([("Rosa", "Diaz", "T-00041"), ("Rosa", "Diaz", "T-00042")], ["Rosa D. 041", "Rosa D. 042"]),
        ([("Rosa", "Dia", "T-1"), ("Rosa", "Diaz", "T-2")], ["Rosa Dia", "Rosa Diaz"]),
        ([("Cher", "", "T-1")], ["Cher"]),
    ],
)
def test_names_on_the_board_tell_people_apart_with_as_little_as_needed(people, names):
    assert board_names(people) == names


@given(st.lists(st.tuples(st.sampled_from(["Ana", "Bo"]), st.text("abç", max_size=4)), max_size=6, unique=True))
def test_no_two_names_on_the_board_are_alike(people):
    rows = [(called, family, f"T-{number:05}") for number, (called, family) in enumerate(people)]
    names = board_names(rows)
    assert len(set(names)) == len(names) == len(rows)
