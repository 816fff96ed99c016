"""Moves, leases and waits."""

from datetime import UTC, datetime, timedelta
from itertools import product

import pytest

from daybridge.jobs.rules import FINISHED, MOVES, JobState, Start, Task, start, wait
from daybridge.kit.errors import IllegalMove
from daybridge.kit.states import check_move

NOW = datetime(2026, 3, 2, 15, tzinfo=UTC)
ALLOWED = {
    ("queued", "running"), ("queued", "failed"), ("running", "running"), ("running", "queued"),
    ("running", "done"), ("running", "failed"), ("failed", "queued"),
}  # fmt: skip


@pytest.mark.parametrize(("old", "new"), list(product(JobState, JobState)))
def test_a_job_moves_as_the_table_says_and_no_other_way(old, new):
    if (old, new) in ALLOWED:
        check_move(MOVES, old, new)
    else:
        with pytest.raises(IllegalMove):
            check_move(MOVES, old, new)


@pytest.mark.parametrize("state", JobState)
@pytest.mark.parametrize(("late", "expected"), [(-1, Start.LATER), (0, Start.GO), (1, Start.GO)])
def test_a_delivery_begins_only_when_the_job_is_due_and_unfinished(state, late, expected):
    found = start(state, NOW - timedelta(seconds=late), NOW)
    assert found is (Start.NEVER if state in FINISHED else expected)


def test_waits_double_and_stay_below_an_hour():
    assert [wait(n).total_seconds() for n in (1, 2, 3, 30)] == [2, 4, 8, 3600]


def test_a_lease_outlasts_the_longest_run():
    assert Task("x", "x", seconds=10).lease > timedelta(seconds=10)
