"""The federal holidays of a year. Pure. Source: 5 U.S.C. 6103."""

from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True, slots=True)
class Holiday:
    """One holiday: its key, its name, the day itself and the day on which it is kept."""

    key: str
    name: str
    day: date
    kept: date


# key, name, month, weekday (Monday = 0) and which of the month (-1 is the last); or a fixed day
MOVING = (
    ("mlk", "Martin Luther King Jr. Day", 1, 0, 3),
    ("presidents", "Washington’s Birthday", 2, 0, 3),
    ("memorial", "Memorial Day", 5, 0, -1),
    ("labor", "Labor Day", 9, 0, 1),
    ("columbus", "Columbus Day", 10, 0, 2),
    ("thanksgiving", "Thanksgiving", 11, 3, 4),
)
FIXED = (
    ("new-year", "New Year’s Day", 1, 1),
    ("juneteenth", "Juneteenth", 6, 19),
    ("independence", "Independence Day", 7, 4),
    ("veterans", "Veterans Day", 11, 11),
    ("christmas", "Christmas Day", 12, 25),
)


def holidays(year: int) -> tuple[Holiday, ...]:
    """The eleven federal holidays whose own day lies in `year`, in order.

    One on a Saturday is kept the Friday before, one on a Sunday the Monday after.
    Source: 5 U.S.C. 6103(a), (b); Executive Order 11582.
    """
    moving = [(key, name, _nth(year, month, weekday, n)) for key, name, month, weekday, n in MOVING]
    fixed = [(key, name, date(year, month, day)) for key, name, month, day in FIXED]
    every = sorted(moving + fixed, key=lambda one: one[2])
    return tuple(Holiday(key, name, day, _kept(day)) for key, name, day in every)


def _nth(year: int, month: int, weekday: int, n: int) -> date:
    if n < 0:
        last = date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)
        return last - timedelta(days=(last.weekday() - weekday) % 7)
    first = date(year, month, 1)
    return first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (n - 1))


def _kept(day: date) -> date:
    return day + timedelta(days={5: -1, 6: 1}.get(day.weekday(), 0))
