"""The life of a session, who stands in whose way, and what a placed week says. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from itertools import combinations
from pathlib import Path
from typing import NamedTuple
from uuid import UUID
from zoneinfo import ZoneInfo

from daybridge.kit import rulebook
from daybridge.kit.decisions import Finding
from daybridge.kit.errors import Refused

BOOK = rulebook.load(Path(__file__).with_name("rulebook.toml"))


class SessionState(StrEnum):
    """Where a session stands."""

    PLANNED = "planned"
    OPEN = "open"
    HELD = "held"
    DOCUMENTED = "documented"
    CLOSED = "closed"
    CANCELLED = "cancelled"


MOVES: dict[SessionState, set[SessionState]] = {
    SessionState.PLANNED: {SessionState.OPEN, SessionState.CANCELLED},
    SessionState.OPEN: {SessionState.HELD, SessionState.CANCELLED},
    SessionState.HELD: {SessionState.DOCUMENTED},
    SessionState.DOCUMENTED: {SessionState.CLOSED},
    SessionState.CLOSED: set(),
    SessionState.CANCELLED: {SessionState.PLANNED},  # called off by mistake
}
BOOKABLE = frozenset({SessionState.PLANNED, SessionState.OPEN})


class DraftState(StrEnum):
    """Where a week that was worked out stands."""

    SOLVING = "solving"
    OPEN = "open"
    PUBLISHED = "published"
    DISCARDED = "discarded"
    STALE = "stale"
    UNDONE = "undone"


DRAFT_MOVES: dict[DraftState, set[DraftState]] = {
    DraftState.SOLVING: {DraftState.OPEN, DraftState.DISCARDED},
    DraftState.OPEN: {DraftState.PUBLISHED, DraftState.DISCARDED, DraftState.STALE},
    DraftState.PUBLISHED: {DraftState.UNDONE},
    DraftState.DISCARDED: set(),
    DraftState.STALE: {DraftState.DISCARDED},
    DraftState.UNDONE: set(),
}


class BookingState(StrEnum):
    """Whether a client's seat stands."""

    BOOKED = "booked"
    RELEASED = "released"


class Service(StrEnum):
    """What kind of meeting a session is."""

    GROUP = "group"
    INDIVIDUAL = "individual"
    FAMILY = "family"


class Meeting(NamedTuple):
    """What a session takes: a room and a lead, from one aware instant up to another."""

    id: UUID
    room: UUID
    lead: UUID
    start: datetime
    end: datetime


class Clash(NamedTuple):
    """Two meetings that need the same thing at once; `what` is room or lead."""

    what: str
    one: UUID
    other: UUID


class Local(NamedTuple):
    """A stretch of one local day: weekday from Monday = 0, minutes of the wall clock since midnight, half-open."""

    weekday: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Slot:
    """One meeting of a client's week. `session_id` is None while an appointment is only proposed."""

    session_id: UUID | None
    title: str
    kind: str
    category: str
    starts_at: datetime
    ends_at: datetime
    room: str
    lead_id: UUID
    lead: str
    is_new: bool

    @property
    def minutes(self) -> int:
        return int((self.ends_at - self.starts_at).total_seconds() // 60)


@dataclass(frozen=True, slots=True)
class Proposal:
    """A client's week: what is booked, what would be, and what stands against the rest. Minutes a week."""

    episode_id: UUID
    first: date
    slots: tuple[Slot, ...]
    target_minutes: int
    shortfalls: tuple[Finding, ...]

    @property
    def minutes(self) -> int:
        return sum(slot.minutes for slot in self.slots)

    @property
    def new(self) -> tuple[Slot, ...]:
        return tuple(slot for slot in self.slots if slot.is_new)

    @property
    def is_met(self) -> bool:
        return self.minutes >= self.target_minutes


def overlap(one: Meeting, other: Meeting) -> bool:
    """Whether two meetings share a minute."""
    return one.start < other.end and other.start < one.end


def clashes(meetings: Iterable[Meeting]) -> tuple[Clash, ...]:
    """Every pair that needs one room or one lead at once, in order. Source: scheduling design H03, H04."""
    found: list[Clash] = []
    for one, other in combinations(sorted(meetings, key=lambda m: (m.start, str(m.id))), 2):
        if overlap(one, other):
            found += [Clash("room", one.id, other.id)] if one.room == other.room else []
            found += [Clash("lead", one.id, other.id)] if one.lead == other.lead else []
    return tuple(found)


def check_clear(meeting: Meeting, others: Iterable[Meeting]) -> None:
    """Raise Refused when `meeting` needs a room or a lead that one of `others` has then."""
    for other in others:
        if other.id != meeting.id and overlap(meeting, other):
            if other.room == meeting.room:
                raise Refused("This room is taken at that time.")
            if other.lead == meeting.lead:
                raise Refused("This staff member leads another session at that time.")


def check_seat(taken: int, seats: int) -> None:
    """Raise Refused unless a seat is left. Source: scheduling design H02."""
    if taken >= seats:
        raise Refused("This session has no seat left.")


def check_one_place(start: datetime, end: datetime, booked: Iterable[tuple[datetime, datetime]]) -> None:
    """Raise Refused when the client is booked elsewhere in that time. Source: scheduling design H10."""
    if any(start < until and since < end for since, until in booked):
        raise Refused("The client is booked into another session at that time.")


def local(start: datetime, end: datetime, zone: ZoneInfo) -> Local:
    """Where a meeting lies on the wall clock of `zone`; one that runs past midnight ends there."""
    here, there = start.astimezone(zone), end.astimezone(zone)
    closes = there.hour * 60 + there.minute if there.date() == here.date() else 1440
    return Local(here.weekday(), here.hour * 60 + here.minute, closes)


def joined(spans: Iterable[tuple[int, int, int]]) -> tuple[Local, ...]:
    """Spans in order, those that touch or overlap made one."""
    out: list[Local] = []
    for weekday, start, end in sorted(spans):
        if out and out[-1].weekday == weekday and start <= out[-1].end:
            out[-1] = Local(weekday, out[-1].start, max(out[-1].end, end))
        else:
            out.append(Local(weekday, start, end))
    return tuple(out)


def without(spans: Iterable[tuple[int, int, int]], taken: Iterable[tuple[int, int, int]]) -> tuple[Local, ...]:
    """What is left of `spans` once `taken` is cut out of them; each span by itself, never joined with the next."""
    left: list[Local] = []
    gone = joined(taken)
    for weekday, start, end in spans:
        at = start
        for _, since, until in (cut for cut in gone if cut.weekday == weekday and cut.end > start and cut.start < end):
            if at < since:
                left.append(Local(weekday, at, since))
            at = max(at, until)
        if at < end:
            left.append(Local(weekday, at, end))
    return tuple(left)


def sessions_wanted(mix: Mapping[str, int], kind: str, each: int) -> int:
    """How many sessions of `each` minutes a mix asks for: whole ones, and one more for a rest of half or more."""
    return (mix.get(kind, 0) + each // 2) // each
