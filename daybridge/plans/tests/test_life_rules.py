"""What the rules of a life promise: painting, travel, wishes, and patterns that follow each other."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from daybridge.kit.errors import Refused
from daybridge.plans import rules
from daybridge.plans.rules import Busy, Life, Painted, Standing, Window

MONDAY = date(2026, 3, 2)
OPEN = rules.open_hours()


def minutes(spans):
    return {(day, minute) for day, start, end in spans for minute in range(start, end)}


cells = st.tuples(
    st.sampled_from(["job", "school", "worship"]), st.sampled_from(["hard", "soft"]), st.integers(0, 6),
    st.integers(0, 95).map(lambda n: n * 15), st.sampled_from([15, 30, 60]),
).map(lambda one: Painted(*one[:4], min(one[3] + one[4], 1440)))  # fmt: skip


@given(st.lists(cells, max_size=15))
def test_painted_cells_become_windows_that_lose_nothing(painted):
    life = rules.life_of(painted)
    hard = minutes(one[2:] for one in painted if one.firmness == "hard")
    soft = minutes(one[2:] for one in painted if one.firmness == "soft")
    assert minutes(one[1:] for one in life.commitments) == hard
    assert minutes(one[1:] for one in life.soft) == soft - hard
    for kind in ("job", "school", "worship"):
        mine = [one[1:] for one in life.commitments if one.kind == kind]
        assert list(rules.merged(mine)) == sorted(Window(*one) for one in mine)
    assert rules.life_of(rules.painted_of(life)) == life


@given(st.lists(cells, max_size=8), st.integers(0, 90))
def test_free_time_leaves_room_for_the_way(painted, travel):
    life = rules.life_of(painted)
    free = minutes(rules.free_windows(life.commitments, OPEN, travel))
    padded = {
        (one.weekday, minute) for one in life.commitments
        for minute in range(max(0, one.start - travel), min(1440, one.end + travel))
    }  # fmt: skip
    assert free == minutes(OPEN) - padded
    assert minutes(rules.soft_windows(life.soft, OPEN)) == minutes(one[1:] for one in life.soft) & minutes(OPEN)


def test_no_way_leads_to_a_missing_ride():
    free = rules.free_windows([Busy("transport", 0, 600, 660)], [Window(0, 480, 900)], 30)
    assert free == (Window(0, 480, 600), Window(0, 660, 900))


@pytest.mark.parametrize("busy", [(), tuple(Busy("job", day, 0, 1440) for day in range(7))])
def test_a_week_may_be_all_free_or_all_taken(busy):
    rules.check_life(Life(busy))
    assert rules.free_windows(busy, OPEN) == (() if busy else OPEN)


@pytest.mark.parametrize(
    "life",
    [Life((Busy("yoga", 0, 0, 60),)), Life((Busy("job", 7, 0, 60),)), Life((Busy("job", 0, 60, 60),)),
     Life((Busy("job", 0, 1380, 1500),)), Life(soft=(Busy("job", -1, 0, 60),)), Life(travel_minutes=181),
     Life(travel_minutes=-5), Life(tuple(Busy("job", 0, n, n + 1) for n in range(0, 282, 2)))],
)  # fmt: skip
def test_a_life_that_makes_no_sense_is_refused(life):
    with pytest.raises(Refused):
        rules.check_life(life)


@pytest.mark.parametrize(("first_weekday", "first"), [(0, MONDAY), (6, date(2026, 3, 1)), (1, date(2026, 2, 24))])
def test_a_new_week_begins_with_a_week_of_the_program(first_weekday, first):
    days = rules.first_days(MONDAY, first_weekday)
    assert days[0] == first
    assert len(days) == 9
    rules.check_since(days[-1], MONDAY, first_weekday)
    with pytest.raises(Refused):
        rules.check_since(days[0] + timedelta(days=1), MONDAY, first_weekday)


days = st.integers(0, 20).map(lambda n: MONDAY + timedelta(days=n))
patterns = st.lists(st.tuples(days, st.sets(st.sampled_from("abcd"), max_size=3)), max_size=6)


def standing(rows, day):
    return {what for what, since, until in rows if since <= day and (until is None or day < until)}


def applied(rows, wanted, first, last):
    change = rules.repainted([Standing(n, *row) for n, row in enumerate(rows)], wanted, first, last)
    left = [
        (what, since, first if n in change.ended else until)
        for n, (what, since, until) in enumerate(rows)
        if n not in change.withdrawn
    ]
    return left + [tuple(one) for one in change.begun]


@given(patterns, days, st.sets(st.sampled_from("abcd")), st.integers(1, 9) | st.none())
def test_a_new_pattern_changes_only_its_own_days(told, first, wanted, length):
    rows = []
    for since, what in told:
        rows = applied(rows, {(one,) for one in what}, since, None)
    last = first + timedelta(days=length) if length else None
    after = applied(rows, {(one,) for one in wanted}, first, last)
    for n in range(40):
        day = MONDAY + timedelta(days=n)
        inside = day >= first and (last is None or day < last)
        assert standing(after, day) == ({(one,) for one in wanted} if inside else standing(rows, day)), day
    assert all(until is None or since < until for _what, since, until in after)


def test_the_next_change_is_a_beginning_or_an_end():
    rows = [Standing(1, ("a",), MONDAY, MONDAY + timedelta(days=7)), Standing(2, ("b",), MONDAY, None)]
    assert rules.next_change(rows, MONDAY) == MONDAY + timedelta(days=7)
    assert rules.next_change(rows[1:], MONDAY) is None
