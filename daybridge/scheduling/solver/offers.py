"""What one client could still be booked into: sessions with a free seat, and free appointment times."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from daybridge.scheduling.solver.board import Board, Span, Week, office_free, place_for, seats, span_of, staff_can
from daybridge.scheduling.solver.index import Index, covers, is_free_for, may_join
from daybridge.scheduling.solver.model import Appointment, Client, Requirement, Session


class Offer(NamedTuple):
    """A session the client may join and what joining changes in the objective (and in the taste of the placement)."""

    session: Session
    cost: int


class Slot(NamedTuple):
    """A free time for an appointment, cheapest first when sorted."""

    cost: int
    start: int
    end: int
    staff: str


@dataclass(slots=True)
class View:
    """One client's choices, by day, with everything of the client that is already past."""

    ix: Index
    client: Client
    past: Week
    offers: dict[int, list[Offer]] = field(default_factory=dict)
    slots: dict[int, dict[int, list[Slot]]] = field(default_factory=dict)

    def days(self) -> list[int]:
        """Days on which anything is or could be booked."""
        past = {self.ix.sessions[one].day for one in self.past.sessions} | {a.day for a in self.past.appointments}
        return sorted(past | set(self.offers) | set(self.slots))


def view(board: Board, client: Client, joinable: dict[str, int]) -> View:
    """The choices of a client who has no bookings now except past ones; `joinable` is session id to extra cost."""
    past = past_week(board, client.id)
    out = View(board.ix, client, past)
    blocked = blocked_parts(board, client)
    for session_id, extra in joinable.items():
        session = board.ix.sessions[session_id]
        out.offers.setdefault(session.day, []).append(Offer(session, extra + _join_cost(board, client, session)))
    booked = {appt.requirement for appt in past.appointments}
    for number, need in enumerate(client.requirements):
        if need.id not in booked:
            for day, slot in free_slots(board, client, need, blocked):
                out.slots.setdefault(day, {}).setdefault(number, []).append(slot)
    for by_need in out.slots.values():
        for slots in by_need.values():
            slots.sort()
    return out


def past_week(board: Board, client_id: str) -> Week:
    """The client's frozen bookings that fit the problem; they are never moved. Source: H24."""
    frozen, ix = board.ix.problem.frozen, board.ix
    rows = [row for row in (frozen.bookings if frozen else ()) if row[1] == client_id]
    sessions = tuple(str(row[2]) for row in rows if row[0] == "group" and row[2] in ix.sessions)
    appts = (
        Appointment(client_id, str(row[2]), str(row[3]), int(row[4]), int(row[5])) for row in rows if row[0] == "appt"
    )
    return Week(sessions, tuple(a for a in appts if (client_id, a.requirement) in ix.needs and a.staff in ix.staff))


def _join_cost(board: Board, client: Client, session: Session) -> int:
    weights = board.ix.problem.weights
    cost = -weights.lost_series if session.id in client.last_week_sessions else 0
    if board.size(session.id) >= session.ideal_size:
        cost += weights.over_ideal
    return cost + _off_pref(board, client, session.day, (session.start, session.end))


def _off_pref(board: Board, client: Client, day: int, span: Span) -> int:
    wanted = client.pref_windows
    return 0 if wanted is None or covers(wanted, day, *span) else board.ix.problem.weights.off_pref


def candidates(board: Board, client: Client) -> Iterator[Session]:
    """Sessions meant for the client, inside the client's windows, not past and not with somebody to keep apart from."""
    blocked = blocked_parts(board, client)
    categories = {line.category for line in client.mix if line.max > 0}
    others = {other for other, _ in board.ix.apart.get(client.id, ())}
    for session in board.ix.problem.sessions:
        if (
            session.site == board.site
            and board.ix.topics[session.topic].category in categories
            and may_join(client, session)
            and is_free_for(client, session)
            and not board.ix.is_past(session.day, session.start)
            and not others.intersection(board.people.get(session.id, ()))
            and not hits(board.ix, blocked, session.day, (session.start, session.end))
        ):
            yield session


def is_open_for_one_more(board: Board, session: Session) -> bool:
    """Whether one more client fits: a seat is left, and it is on the board or could be opened now."""
    if board.size(session.id) >= seats(board, session):
        return False
    return session.id in board.people or place_for(board, session) is not None


def blocked_parts(board: Board, client: Client) -> set[tuple[int, int]]:
    """(day, part) pairs in which somebody the client must not meet is on site. Source: H18."""
    ix, out = board.ix, set()
    for other, kind in ix.apart.get(client.id, ()):
        if kind != "same_part":
            continue
        week = board.week(other)
        spans = [(ix.sessions[s].day, (ix.sessions[s].start, ix.sessions[s].end)) for s in week.sessions]
        spans += [(a.day, span_of(board, a)) for a in week.appointments]
        out |= {(day, part) for day, span in spans for part in ix.parts(*span)}
    return out


def hits(ix: Index, blocked: set[tuple[int, int]], day: int, span: Span) -> bool:
    """Whether the span touches a blocked part."""
    return bool(blocked) and any((day, part) in blocked for part in ix.parts(*span))


def free_slots(
    board: Board, client: Client, need: Requirement, blocked: set[tuple[int, int]]
) -> Iterator[tuple[int, Slot]]:
    """Every (day, slot) at which the client, a qualified staff member and an office are free. Source: H05, H09, H19."""
    for day, start in possible_starts(client, need):
        span = (start, start + need.minutes)
        if board.ix.is_past(day, start) or hits(board.ix, blocked, day, span) or not office_free(board, day, span):
            continue
        for who in need.staff:
            if staff_can(board, board.ix.staff[who], day, span, 0):
                yield day, Slot(_slot_cost(board, client, need, (who, day, span)), *span, who)


def possible_starts(client: Client, need: Requirement) -> Iterator[tuple[int, int]]:
    """(day, start) on the requirement's grid inside the client's windows and the requirement's own."""
    for day, opens, closes in sorted(client.windows):
        first = -(-opens // need.grid) * need.grid
        for start in range(first, closes - need.minutes + 1, need.grid):
            if need.windows is None or covers(need.windows, day, start, start + need.minutes):
                yield day, start


def _slot_cost(board: Board, client: Client, need: Requirement, at: tuple[str, int, Span]) -> int:
    weights, (who, day, span) = board.ix.problem.weights, at
    cost = _off_pref(board, client, day, span) - need.weight
    if need.preferred is not None and who != need.preferred:
        cost += weights.continuity
    kept = any((p.requirement, p.staff, p.day, p.start) == (need.id, who, day, span[0]) for p in client.last_week_appts)
    return cost - (weights.moved_appt if kept else 0) - (COMMITTED if need.mandatory else 0)


COMMITTED = 100_000
"""What keeping a commitment of H23 is worth while choosing: more than any week costs."""
