"""The week of one site while it is being placed: who is where, always free of broken rules except group minimums."""

from collections import Counter
from dataclasses import dataclass, field
from typing import NamedTuple

from daybridge.scheduling.solver.index import Index, covers, has_lunch, meet
from daybridge.scheduling.solver.model import Appointment, Requirement, Session, Staff

Span = tuple[int, int]


class Week(NamedTuple):
    """One client's bookings."""

    sessions: tuple[str, ...] = ()
    appointments: tuple[Appointment, ...] = ()
    tests: tuple[int, ...] = ()
    """Days of urine tests; the board itself leaves them to urine.spread()."""


@dataclass(slots=True)
class Board:
    """Bookings of one site. A session is on the board when it has a room and a facilitator, even without clients."""

    ix: Index
    site: str
    people: dict[str, list[str]] = field(default_factory=dict)
    rooms: dict[str, str] = field(default_factory=dict)
    teams: dict[str, tuple[str, ...]] = field(default_factory=dict)
    weeks: dict[str, Week] = field(default_factory=dict)
    room_busy: dict[tuple[str, int], list[Span]] = field(default_factory=dict)
    staff_busy: dict[tuple[str, int], list[Span]] = field(default_factory=dict)
    office_busy: dict[int, list[Span]] = field(default_factory=dict)
    group_minutes: Counter[tuple[str, int]] = field(default_factory=Counter)
    contact_minutes: Counter[tuple[str, int]] = field(default_factory=Counter)

    def size(self, session_id: str) -> int:
        """How many clients are booked into a session."""
        return len(self.people.get(session_id, ()))

    def week(self, client_id: str) -> Week:
        """A client's bookings so far."""
        return self.weeks.get(client_id, Week())


def _overlaps(spans: list[Span], start: int, end: int) -> bool:
    return any(meet(start, end, a, b) for a, b in spans)


def staff_can(board: Board, staff: Staff, day: int, span: Span, group_minutes: int) -> bool:
    """Whether a staff member can take [start, end) as well; `group_minutes` is 0 for an appointment. H04 to H07."""
    start, end = span
    key, busy = (staff.id, day), board.staff_busy.get((staff.id, day), [])
    return (
        staff.site == board.site
        and covers(staff.windows, day, start, end)
        and not _overlaps(busy, start, end)
        and board.group_minutes[key] + group_minutes <= staff.max_group_minutes_day
        and board.contact_minutes[key] + end - start <= staff.max_minutes_day
        and has_lunch(staff, day, [*busy, span], board.ix.problem.slot_minutes)
    )


def office_free(board: Board, day: int, span: Span) -> bool:
    """Whether an office is free all through the span. Source: H20."""
    beside = [s for s in board.office_busy.get(day, []) if meet(*span, *s)]
    moments = [span[0], *(a for a, _ in beside if a > span[0])]
    busiest = max(sum(1 for a, b in beside if a <= moment < b) for moment in moments)
    return busiest < board.ix.sites[board.site].offices


def place_for(board: Board, session: Session) -> tuple[str, str] | None:
    """A free room and a free facilitator for a session, the largest room and first facilitator that fit; or None."""
    span = (session.start, session.end)
    rooms = [
        room
        for room in session.room_options
        if not _overlaps(board.room_busy.get((room, session.day), []), *span)
        and board.ix.rooms[room].capacity >= session.min_size
    ]
    leaders = (
        who
        for who in session.staff_options
        if staff_can(board, board.ix.staff[who], session.day, span, session.minutes)
    )
    leader = next(leaders, None) if session.max_facilitators > 0 else None
    if not rooms or leader is None:
        return None
    return max(rooms, key=lambda room: min(board.ix.rooms[room].capacity, session.max_size)), leader


def open_session(board: Board, session: Session) -> bool:
    """Give a session a room and a facilitator; False if none are free."""
    found = place_for(board, session)
    if found is None:
        return False
    put_session(board, session, found[0], (found[1],))
    return True


def put_session(board: Board, session: Session, room: str, team: tuple[str, ...]) -> None:
    """Put a session on the board in this room with this team, unasked."""
    span = (session.start, session.end)
    board.rooms[session.id], board.teams[session.id], board.people[session.id] = room, team, []
    board.room_busy.setdefault((room, session.day), []).append(span)
    for who in team:
        _take(board, who, session.day, span)
        board.group_minutes[who, session.day] += session.minutes


def close_session(board: Board, session: Session) -> None:
    """Take an empty session off the board and free its room and team."""
    span = (session.start, session.end)
    del board.people[session.id]
    board.room_busy[board.rooms.pop(session.id), session.day].remove(span)
    for who in board.teams.pop(session.id):
        _give(board, who, session.day, span)
        board.group_minutes[who, session.day] -= session.minutes


def _take(board: Board, who: str, day: int, span: Span) -> None:
    board.staff_busy.setdefault((who, day), []).append(span)
    board.contact_minutes[who, day] += span[1] - span[0]


def _give(board: Board, who: str, day: int, span: Span) -> None:
    board.staff_busy[who, day].remove(span)
    board.contact_minutes[who, day] -= span[1] - span[0]


def seats(board: Board, session: Session) -> int:
    """How many clients the session seats in its room and with its team, or could if it were opened. Source: H02."""
    if session.id in board.rooms:
        capacity = board.ix.rooms[board.rooms[session.id]].capacity
        return min(session.max_size, session.max_per_facilitator * len(board.teams[session.id]), capacity)
    capacity = max((board.ix.rooms[room].capacity for room in session.room_options), default=0)
    return min(session.max_size, session.max_per_facilitator, capacity)


def book(board: Board, client_id: str, week: Week) -> bool:
    """Book a whole week for a client who has none, opening sessions as needed; on any clash nothing changes."""
    done: list[str] = []
    opened: list[str] = []
    for session_id in week.sessions:
        session = board.ix.sessions[session_id]
        if session_id not in board.people and open_session(board, session):
            opened.append(session_id)
        if session_id not in board.people or board.size(session_id) >= seats(board, session):
            break
        board.people[session_id].append(client_id)
        done.append(session_id)
    kept = _book_appointments(board, week) if len(done) == len(week.sessions) else 0
    if kept == len(week.appointments) and len(done) == len(week.sessions):
        board.weeks[client_id] = week
        return True
    _leave(board, client_id, Week(tuple(done), week.appointments[:kept]))
    for session_id in opened:
        close_session(board, board.ix.sessions[session_id])
    return False


def _book_appointments(board: Board, week: Week) -> int:
    """Book appointments in order until one clashes; how many were booked."""
    for number, appt in enumerate(week.appointments):
        span = span_of(board, appt)
        staff = board.ix.staff[appt.staff]
        if not staff_can(board, staff, appt.day, span, 0) or not office_free(board, appt.day, span):
            return number
        put_appointment(board, appt)
    return len(week.appointments)


def put_appointment(board: Board, appt: Appointment) -> None:
    """Take the staff member's time and an office for an appointment, unasked."""
    span = span_of(board, appt)
    _take(board, appt.staff, appt.day, span)
    board.office_busy.setdefault(appt.day, []).append(span)


def span_of(board: Board, appt: Appointment) -> Span:
    """Start and end of an appointment."""
    need: Requirement = board.ix.needs[appt.client, appt.requirement]
    return appt.start, appt.start + need.minutes


def _leave(board: Board, client_id: str, week: Week) -> None:
    for session_id in week.sessions:
        board.people[session_id].remove(client_id)
    for appt in week.appointments:
        _give(board, appt.staff, appt.day, span_of(board, appt))
        board.office_busy[appt.day].remove(span_of(board, appt))


def clear(board: Board, client_id: str) -> Week:
    """Take all of a client's bookings off the board and hand them back."""
    week = board.weeks.pop(client_id, Week())
    _leave(board, client_id, week)
    return week
