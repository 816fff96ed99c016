"""Half-open stretches of time and the program week."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """From `start` up to, not including, `end`; both aware instants, kept in UTC.

    Python subtracts and compares two instants of one zone by their wall clocks, which is wrong when clocks change.
    """

    start: datetime
    end: datetime

    def __post_init__(self) -> None:
        if self.start.tzinfo is None or self.end.tzinfo is None:
            raise ValueError("a period needs aware instants")
        object.__setattr__(self, "start", self.start.astimezone(UTC))
        object.__setattr__(self, "end", self.end.astimezone(UTC))
        if self.end < self.start:
            raise ValueError("a period cannot end before it starts")

    @property
    def minutes(self) -> int:
        """Whole minutes, rounded down."""
        return int((self.end - self.start).total_seconds() // 60)

    def overlaps(self, other: "Period") -> bool:
        return self.start < other.end and other.start < self.end

    def overlap_minutes(self, other: "Period") -> int:
        """Whole minutes both periods share; 0 when they do not touch."""
        start, end = max(self.start, other.start), min(self.end, other.end)
        return max(0, int((end - start).total_seconds() // 60))


def week_start(day: date, first_weekday: int = 0) -> date:
    """The first day of the program week that holds `day`; weekdays count from Monday = 0."""
    return day - timedelta(days=(day.weekday() - first_weekday) % 7)


def local_instant(day: date, minute: int, zone: ZoneInfo) -> datetime:
    """The instant `minute` minutes after local midnight of `day`, by the wall clock of `zone`."""
    return datetime.combine(day, time(minute // 60, minute % 60), tzinfo=zone)


def day_period(day: date, zone: ZoneInfo) -> Period:
    """All of a local day; 23 or 25 hours long when clocks change."""
    return Period(local_instant(day, 0, zone), local_instant(day + timedelta(days=1), 0, zone))


def week_period(first: date, zone: ZoneInfo) -> Period:
    """Seven local days from `first`."""
    return Period(local_instant(first, 0, zone), local_instant(first + timedelta(days=7), 0, zone))
