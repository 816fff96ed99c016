"""Which part of a week is free, and what the rest of it takes: seats, rooms, staff, offices, urine tests."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from daybridge.scheduling.solver.ground import Ground
from daybridge.scheduling.solver.index import has_lunch, meet
from daybridge.scheduling.solver.model import Appointment, Session, Staff
from daybridge.scheduling.solver.roster import Roster, Run

Span = tuple[int, int]
Booking = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """What may change. The weeks of `free` clients, except what is past, and sessions in which nobody else sits.

    `loose` sessions may change room and team although somebody who is not free sits in them. With `locked` no
    session opens and none changes its room or team (one that its last people leave still closes). `toll` is an extra
    cost, or a rebate, of making a booking: ("group", client, session) or ("appt", client, need, staff, day, start).
    """

    free: frozenset[str]
    loose: frozenset[str] = frozenset()
    locked: bool = False
    toll: Callable[[Booking], int] | None = None


@dataclass(slots=True)
class Taken:
    """Everything that stays as it is, by what it takes."""

    seats: Counter[str] = field(default_factory=Counter)
    runs: dict[str, Run] = field(default_factory=dict)
    rooms: dict[tuple[str, int], list[Span]] = field(default_factory=dict)
    staff: dict[tuple[str, int], list[Span]] = field(default_factory=dict)
    offices: dict[tuple[str, int], list[Span]] = field(default_factory=dict)
    group: Counter[tuple[str, int]] = field(default_factory=Counter)
    contact: Counter[tuple[str, int]] = field(default_factory=Counter)
    tests: Counter[tuple[str, int]] = field(default_factory=Counter)


def taken(ground: Ground, roster: Roster, part: Part) -> Taken:
    """What the clients who are not free and the sessions that cannot change take."""
    out, ix = Taken(), ground.ix
    for who, week in roster.weeks.items():
        if who not in part.free:
            out.seats.update(week.sessions)
            site = ix.clients[who].site
            out.tests.update((site, day) for day in week.tests)
            for appt in week.appointments:
                span = (appt.start, appt.start + ix.needs[who, appt.requirement].minutes)
                out.offices.setdefault((site, appt.day), []).append(span)
                _staff(out, appt.staff, appt.day, span)
    for one, run in roster.runs.items():
        session = ix.sessions[one]
        if is_fixed(ground, out, part, session):
            out.runs[one] = run
            out.rooms.setdefault((run.room, session.day), []).append((session.start, session.end))
            for who in run.team:
                _staff(out, who, session.day, (session.start, session.end))
                out.group[who, session.day] += session.minutes
    return out


def is_fixed(ground: Ground, fixed: Taken, part: Part, session: Session) -> bool:
    """Whether a session that runs now keeps its room and team."""
    held = fixed.seats[session.id] > 0 and session.id not in part.loose
    return held or ground.ix.is_past(session.day, session.start)


def _staff(out: Taken, who: str, day: int, span: Span) -> None:
    out.staff.setdefault((who, day), []).append(span)
    out.contact[who, day] += span[1] - span[0]


def clashes(spans: Iterable[Span] | None, start: int, end: int) -> bool:
    """Whether one of the spans meets [start, end)."""
    return spans is not None and any(a < end and start < b for a, b in spans)


def staff_can(ground: Ground, fixed: Taken, staff: Staff, session: Session) -> bool:
    """Whether a staff member could lead the session next to everything that stays. H04 to H07."""
    key, span = (staff.id, session.day), (session.start, session.end)
    busy = fixed.staff.get(key, [])
    return (
        staff.site == session.site
        and any(d == session.day and a <= span[0] and span[1] <= b for d, a, b in staff.windows)
        and not clashes(busy, *span)
        and fixed.group[key] + session.minutes <= staff.max_group_minutes_day
        and fixed.contact[key] + session.minutes <= staff.max_minutes_day
        and has_lunch(staff, session.day, [*busy, span], ground.ix.problem.slot_minutes)
    )


def is_possible(ground: Ground, fixed: Taken, appt: Appointment) -> bool:
    """Whether an appointment fits next to everything that stays."""
    ix, key = ground.ix, (appt.staff, appt.day)
    minutes = ix.needs[appt.client, appt.requirement].minutes
    end = appt.start + minutes
    busy = fixed.staff.get(key)
    if busy is not None:
        staff = ix.staff[appt.staff]
        if clashes(busy, appt.start, end) or fixed.contact[key] + minutes > staff.max_minutes_day:
            return False
        if not has_lunch(staff, appt.day, [*busy, (appt.start, end)], ix.problem.slot_minutes):
            return False
    return _has_office(ground, fixed, appt, end)


def _has_office(ground: Ground, fixed: Taken, appt: Appointment, end: int) -> bool:
    site = ground.ix.clients[appt.client].site
    beside = [s for s in fixed.offices.get((site, appt.day), ()) if meet(appt.start, end, *s)]
    offices = ground.ix.sites[site].offices
    if len(beside) < offices:
        return True
    moments = [appt.start, *(a for a, _ in beside if a > appt.start)]
    return all(sum(1 for a, b in beside if a <= moment < b) < offices for moment in moments)


def blocked(ground: Ground, roster: Roster, part: Part, who: str) -> tuple[set[str], set[tuple[int, int]]]:
    """Sessions and (day, part of day) closed to a client by people to keep apart from who are not free. Source: H18."""
    ix, sessions, parts = ground.ix, set[str](), set[tuple[int, int]]()
    for other, kind in ix.apart.get(who, ()):
        if other in part.free:
            continue
        week = roster.week(other)
        sessions.update(week.sessions)
        if kind == "same_part":
            for session in (ix.sessions[one] for one in week.sessions):
                parts |= {(session.day, n) for n in ix.parts(session.start, session.end)}
            for appt in week.appointments:
                end = appt.start + ix.needs[other, appt.requirement].minutes
                parts |= {(appt.day, n) for n in ix.parts(appt.start, end)}
    return sessions, parts
