"""Stretches of time: half-open, and right when clocks change."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from daybridge.kit.periods import Period, day_period, local_instant, week_period, week_start

NEW_YORK = ZoneInfo("America/New_York")
instants = st.datetimes(datetime(2020, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001
periods = st.tuples(instants, st.integers(0, 10_000)).map(lambda p: Period(p[0], p[0] + timedelta(minutes=p[1])))


@pytest.mark.parametrize(
    ("day", "hours"), [(date(2026, 3, 8), 23), (date(2026, 11, 1), 25), (date(2026, 6, 1), 24), (date(2026, 3, 9), 24)]
)
def test_a_local_day_is_as_long_as_the_clock_makes_it(day, hours):
    assert day_period(day, NEW_YORK).minutes == hours * 60


def test_a_week_with_a_clock_change_has_an_hour_more_or_less():
    assert week_period(date(2026, 3, 2), NEW_YORK).minutes == 167 * 60
    assert week_period(date(2026, 10, 26), NEW_YORK).minutes == 169 * 60


@pytest.mark.parametrize(
    ("day", "first", "start"),
    [
        (date(2026, 3, 4), 0, date(2026, 3, 2)),
        (date(2026, 3, 2), 0, date(2026, 3, 2)),
        (date(2026, 3, 1), 6, date(2026, 3, 1)),
        (date(2026, 3, 7), 6, date(2026, 3, 1)),
    ],
)
def test_the_week_starts_on_the_sites_weekday(day, first, start):
    assert week_start(day, first) == start


def test_a_minute_of_the_day_is_read_by_the_wall_clock():
    assert local_instant(date(2026, 7, 1), 9 * 60, NEW_YORK) == datetime(2026, 7, 1, 13, tzinfo=UTC)


def test_a_period_needs_aware_instants_in_order():
    with pytest.raises(ValueError, match="aware"):
        Period(datetime(2026, 1, 1), datetime(2026, 1, 2))  # noqa: DTZ001
    with pytest.raises(ValueError, match="before"):
        Period(datetime(2026, 1, 2, tzinfo=UTC), datetime(2026, 1, 1, tzinfo=UTC))


@given(periods, periods)
def test_overlap_is_symmetric_and_never_more_than_either(one, other):
    shared = one.overlap_minutes(other)
    assert shared == other.overlap_minutes(one)
    assert 0 <= shared <= min(one.minutes, other.minutes)
    assert one.overlaps(other) == other.overlaps(one)


@given(periods)
def test_touching_periods_do_not_overlap(one):
    after = Period(one.end, one.end + timedelta(hours=1))
    assert not one.overlaps(after)
    assert one.overlap_minutes(after) == 0
