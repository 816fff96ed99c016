"""What the rules of the week promise."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise, product
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from daybridge.kit.errors import IllegalMove, Refused
from daybridge.kit.states import check_move
from daybridge.scheduling import rules, shortfalls
from daybridge.scheduling.rules import Local, Meeting, SessionState
from daybridge.scheduling.solver.shortfall import Reason

NINE = datetime(2026, 3, 2, 14, tzinfo=UTC)
NEW_YORK = ZoneInfo("America/New_York")


def meeting(n: int, start: int = 0, minutes: int = 60, room: int = 1, lead: int = 1) -> Meeting:
    begins = NINE + timedelta(minutes=start)
    return Meeting(UUID(int=n), UUID(int=room), UUID(int=lead), begins, begins + timedelta(minutes=minutes))


@pytest.mark.parametrize(("old", "new"), list(product(SessionState, SessionState)))
def test_every_pair_of_states_is_decided(old, new):
    if new in rules.MOVES[old]:
        check_move(rules.MOVES, old, new)
    else:
        with pytest.raises(IllegalMove):
            check_move(rules.MOVES, old, new)


def test_what_touches_does_not_clash():
    assert rules.clashes([meeting(1), meeting(2, 60)]) == ()


@pytest.mark.parametrize(("room", "lead", "found"), [(1, 2, ["room"]), (2, 1, ["lead"]), (1, 1, ["room", "lead"]), (2, 2, [])])  # fmt: skip # noqa: E501
def test_clashes_say_what_is_needed_twice(room, lead, found):
    assert [clash.what for clash in rules.clashes([meeting(1), meeting(2, 30, room=room, lead=lead)])] == found


def test_a_meeting_does_not_stand_in_its_own_way():
    rules.check_clear(meeting(1), [meeting(1), meeting(2, 60), meeting(3, room=2, lead=2)])
    with pytest.raises(Refused, match="room"):
        rules.check_clear(meeting(1), [meeting(2, 59, lead=2)])
    with pytest.raises(Refused, match="leads"):
        rules.check_clear(meeting(1), [meeting(2, 59, room=2)])


def test_the_last_seat_is_a_seat():
    rules.check_seat(2, 3)
    with pytest.raises(Refused):
        rules.check_seat(3, 3)


@pytest.mark.parametrize(("month", "day"), [(3, 6), (3, 9), (10, 30), (11, 2)])
def test_the_wall_clock_is_told_whatever_the_season(month, day):
    starts = datetime(2026, month, day, 17, 30, tzinfo=NEW_YORK).astimezone(UTC)
    assert rules.local(starts, starts + timedelta(minutes=90), NEW_YORK)[1:] == (1050, 1140)


def test_a_meeting_past_midnight_ends_with_its_day():
    starts = datetime(2026, 3, 2, 23, 30, tzinfo=NEW_YORK)
    assert rules.local(starts, starts + timedelta(minutes=90), NEW_YORK) == Local(0, 1410, 1440)


spans = st.tuples(st.integers(0, 6), st.integers(0, 1300), st.integers(1, 140)).map(lambda s: (s[0], s[1], s[1] + s[2]))


def minutes(some):
    return {(day, minute) for day, start, end in some for minute in range(start, end)}


@given(st.lists(spans, max_size=8), st.lists(spans, max_size=8))
def test_what_is_left_is_exactly_what_was_not_taken(some, taken):
    assert minutes(rules.without(some, taken)) == minutes(some) - minutes(taken)


@given(st.lists(spans, max_size=8))
def test_joined_spans_say_the_same_and_do_not_touch(some):
    joined = rules.joined(some)
    assert minutes(joined) == minutes(some)
    assert all(a.weekday < b.weekday or a.end < b.start for a, b in pairwise(joined))


def test_two_free_offices_are_not_one_long_one():
    assert rules.without([(0, 540, 600), (0, 600, 660)], []) == (Local(0, 540, 600), Local(0, 600, 660))


@pytest.mark.parametrize(("minutes_", "count"), [(0, 0), (29, 0), (30, 1), (50, 1), (60, 1), (90, 2), (120, 2)])
def test_how_many_appointments_a_mix_asks_for(minutes_, count):
    assert rules.sessions_wanted({"individual": minutes_}, "individual", 60) == count


LIFE = shortfalls.Life(
    {"a": ("Process", Local(1, 1050, 1140)), "b": ("Skills", Local(1, 1140, 1230))},
    [("job", 1, 1020, 1260), ("school", 3, 540, 600)],
)


@pytest.mark.parametrize(
    ("reason", "said"),
    [
        (Reason("short", {"minutes": 390, "target_minutes": 540, "days": 2, "days_min": 3}),
         ["Only 6.5 of 9 hours fit.", "The plan asks for 3 days a week; 2 fit."]),
        (Reason("short", {"minutes": 540, "target_minutes": 540, "days": 2, "days_min": 3}),
         ["The plan asks for 3 days a week; 2 fit."]),
        (Reason("not-available", {"sessions": ("a", "b")}),
         ["Job on Tue from 5 pm to 9 pm stands against Process, Skills."]),
        (Reason("full", {"sessions": ("a",)}), ["No seat is left in Process Tue 5:30 pm."]),
        (Reason("days-maximum", {"days_max": 3}), ["The plan allows 3 days a week."]),
        (Reason("appointment-staff-busy", {"requirement": "individual-0"}),
         ["The individual session is not placed: counselors are taken whenever the client can come."]),
        (Reason("a-week-exists", {"minutes": 540}), []),
    ],
)  # fmt: skip
def test_reasons_become_sentences(reason, said):
    assert [finding.text for finding in shortfalls.findings([reason], LIFE)] == said
