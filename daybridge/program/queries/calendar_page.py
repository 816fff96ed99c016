"""What the page of days off holds: closures, rooms out of use, windows of the week and holidays."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from daybridge.kit.periods import Period
from daybridge.program.rules import clock


@dataclass(frozen=True, slots=True)
class ClosureRow:
    """Days on which the site is closed, both named."""

    id: UUID
    first: date
    last: date
    why: str
    holiday: str

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1


@dataclass(frozen=True, slots=True)
class RoomClosureRow:
    """A stretch in which a room is out of use."""

    id: UUID
    room_id: UUID
    room: str
    period: Period
    why: str


@dataclass(frozen=True, slots=True)
class WindowRow:
    """A weekly window; minutes after local midnight."""

    id: UUID
    kind: str
    weekday: int
    start_minute: int
    end_minute: int
    capacity: int

    @property
    def time(self) -> str:
        return f"{clock(self.start_minute)} to {clock(self.end_minute)}"


@dataclass(frozen=True, slots=True)
class HolidayRow:
    """A federal holiday: the day it is kept, and the closure that was made of it (None: the site is open)."""

    key: str
    name: str
    day: date
    kept: date
    closure_id: UUID | None


@dataclass(frozen=True, slots=True)
class CalendarPage:
    """Everything about days off and windows of one site."""

    site_id: UUID
    site: str
    timezone: str
    year: int
    holidays: tuple[HolidayRow, ...]
    closures: tuple[ClosureRow, ...]
    rooms: tuple[RoomClosureRow, ...]
    windows: tuple[WindowRow, ...]
    may_write: bool

    @property
    def is_any_holiday_open(self) -> bool:
        return any(one.closure_id is None for one in self.holidays)
