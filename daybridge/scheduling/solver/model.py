"""What a weekly problem and a schedule are: frozen values that mirror the instance format (see wire.py)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple


class Window(NamedTuple):
    """A half-open span of one day: day 0 (Monday) to 6, minutes since midnight."""

    day: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Weights:
    """What each unit of each objective term costs. Source: scheduling design, section 4."""

    not_reached: int = 300
    shortfall_slot: int = 10
    severe_slot: int = 10
    mix_missing: int = 40
    udt_missing: int = 30
    continuity: int = 25
    lost_series: int = 8
    moved_appt: int = 4
    extra_day: int = 6
    gap: int = 4
    off_pref: int = 2
    over_ideal: int = 2
    excess_slot: int = 1
    staff_slot: int = 5
    cancel_planned: int = 20


@dataclass(frozen=True, slots=True)
class Rules:
    """Rules of the whole problem: tolerated break in minutes, parts of a day, days between urine tests."""

    gap_tolerance: int = 15
    parts: tuple[tuple[int, int], ...] = ((0, 780), (780, 1020), (1020, 1440))
    udt_min_day_gap: int = 2
    severe_fraction_percent: int = 75


@dataclass(frozen=True, slots=True)
class Topic:
    """A curriculum topic; `prerequisites` are topic ids that come first."""

    id: str
    category: str
    minutes: int
    credentials: tuple[str, ...] = ()
    prerequisites: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Site:
    """A clinic building: identical offices for appointments, urine tests a day."""

    id: str
    open: tuple[Window, ...]
    offices: int
    udt_capacity_per_day: int


@dataclass(frozen=True, slots=True)
class Room:
    """A group room and how many clients it seats."""

    id: str
    site: str
    capacity: int


@dataclass(frozen=True, slots=True)
class Lunch:
    """Some free `minutes` between `earliest` and `latest` on shifts of at least `min_shift` minutes that cover both."""

    earliest: int
    latest: int
    minutes: int
    min_shift: int


@dataclass(frozen=True, slots=True)
class Staff:
    """One member of staff: shifts, daily limits in minutes, lunch."""

    id: str
    site: str
    windows: tuple[Window, ...]
    max_group_minutes_day: int
    max_minutes_day: int
    credentials: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    gender: str | None = None
    lunch: Lunch | None = None


@dataclass(frozen=True, slots=True)
class Session:
    """One possible group session; it need not run. `staff_options` are already filtered for credential and language."""

    id: str
    site: str
    topic: str
    day: int
    start: int
    minutes: int
    population: str
    language: str
    min_size: int
    max_size: int
    max_per_facilitator: int
    ideal_size: int
    staff_options: tuple[str, ...]
    room_options: tuple[str, ...]
    max_facilitators: int = 1
    planned: bool = True
    gender: str | None = None
    tags: tuple[str, ...] = ()
    members: tuple[str, ...] | None = None
    stream: str | None = None
    must_run: bool | None = None

    @property
    def end(self) -> int:
        return self.start + self.minutes


@dataclass(frozen=True, slots=True)
class MixLine:
    """At least `min` (soft) and at most `max` (hard) sessions of a category a week."""

    category: str
    min: int
    max: int


@dataclass(frozen=True, slots=True)
class Requirement:
    """One appointment due this week. `counts`: its minutes are program hours; `grid`: starts are multiples of it."""

    id: str
    service: str
    minutes: int
    staff: tuple[str, ...]
    counts: bool
    weight: int
    preferred: str | None = None
    windows: tuple[Window, ...] | None = None
    mandatory: bool = False
    grid: int = 15


@dataclass(frozen=True, slots=True)
class PastAppointment:
    """Where an appointment was last week."""

    requirement: str
    staff: str
    day: int
    start: int


@dataclass(frozen=True, slots=True)
class Client:
    """One client's prescription and life around it. Targets and limits are minutes a week unless named otherwise."""

    id: str
    site: str
    population: str
    languages: tuple[str, ...]
    windows: tuple[Window, ...]
    target_minutes: int
    max_minutes: int
    days_min: int
    days_max: int
    days_pref: int
    max_minutes_day: int
    per_diem_minutes: int
    mix: tuple[MixLine, ...]
    requirements: tuple[Requirement, ...] = ()
    track: str = ""
    level: str = "2.1"
    gender: str | None = None
    tags: tuple[str, ...] = ()
    priority: int = 1
    waitlist: bool = False
    must_reach: bool = False
    must_attend: tuple[str, ...] | None = None
    pref_windows: tuple[Window, ...] | None = None
    completed_topics: tuple[str, ...] = ()
    udt: int = 0
    last_week_sessions: tuple[str, ...] = ()
    last_week_appts: tuple[PastAppointment, ...] = ()


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two clients who must not share a session (`same_session`) or a part of a day on site (`same_part`)."""

    a: str
    b: str
    kind: str


@dataclass(frozen=True, slots=True)
class Frozen:
    """The past: bookings that start before (day, start) are exactly `bookings`."""

    before_day: int
    before_start: int
    bookings: tuple[tuple[str | int, ...], ...]


@dataclass(frozen=True, slots=True)
class Problem:
    """One week of one or more sites. `extras` carries fields that no rule reads."""

    name: str
    sites: tuple[Site, ...]
    rooms: tuple[Room, ...]
    staff: tuple[Staff, ...]
    topics: tuple[Topic, ...]
    sessions: tuple[Session, ...]
    clients: tuple[Client, ...]
    conflicts: tuple[Conflict, ...] = ()
    rules: Rules = Rules()
    weights: Weights = Weights()
    slot_minutes: int = 15
    seed: int = 0
    schema: str = "iop-schedule-instance/1"
    frozen: Frozen | None = None
    extras: Mapping[str, Any] = field(default_factory=dict)

    @staticmethod
    def from_json(data: Any) -> "Problem":
        from daybridge.scheduling.solver import wire

        return wire.problem_from_json(data)

    def to_json(self) -> dict[str, Any]:
        from daybridge.scheduling.solver import wire

        return wire.problem_to_json(self)


@dataclass(frozen=True, slots=True)
class SessionRun:
    """A session that runs: in which room, led by whom, for whom."""

    id: str
    room: str
    staff: tuple[str, ...]
    clients: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Appointment:
    """One placed requirement."""

    client: str
    requirement: str
    staff: str
    day: int
    start: int


@dataclass(frozen=True, slots=True)
class UrineTest:
    """One urine test on a day of attendance."""

    client: str
    day: int


@dataclass(frozen=True, slots=True)
class Schedule:
    """A week: only the sessions that run. `objective` is a claim; check() recomputes it."""

    instance: str
    sessions: tuple[SessionRun, ...] = ()
    appointments: tuple[Appointment, ...] = ()
    udt: tuple[UrineTest, ...] = ()
    objective: int | None = None
    schema: str = "iop-schedule/1"

    @staticmethod
    def from_json(data: Any) -> "Schedule":
        from daybridge.scheduling.solver import wire

        return wire.schedule_from_json(data)

    def to_json(self) -> dict[str, Any]:
        from daybridge.scheduling.solver import wire

        return wire.schedule_to_json(self)
