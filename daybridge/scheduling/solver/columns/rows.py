"""The rows that client weeks share: seats, rooms, staff, offices, tests, people kept apart. Plain data, no solver.

A row is low <= sum(own variables) + sum(items of the chosen weeks) <= high. Items are what a week is made of: a
session, an appointment, a day of a urine test, a part of a day on site.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from daybridge.scheduling.solver.board import Week
from daybridge.scheduling.solver.ground import Ground
from daybridge.scheduling.solver.index import covers, has_lunch
from daybridge.scheduling.solver.model import Appointment, Client, Session, Staff
from daybridge.scheduling.solver.offers import COMMITTED

INFINITE = float("inf")
Entries = list[tuple[int, float]]


@dataclass(slots=True)
class Own:
    """A variable of the timetable itself."""

    cost: float
    high: float
    is_whole: bool = True


@dataclass(slots=True)
class Row:
    """Bounds and own variables of one row."""

    low: float
    high: float
    own: Entries


@dataclass(slots=True)
class Board:
    """Own variables, rows, and which rows each item of each client counts in."""

    ground: Ground
    alive: frozenset[str]
    own: list[Own] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    constant: int = 0
    open: dict[str, int] = field(default_factory=dict)
    lead: dict[tuple[str, str], int] = field(default_factory=dict)
    room: dict[tuple[str, str], int] = field(default_factory=dict)
    over: dict[str, int] = field(default_factory=dict)
    breaks: dict[tuple[str, int], list[tuple[int, int, int]]] = field(default_factory=dict)
    """(staff, day) to (variable, start, end) of each possible lunch."""
    session_rows: dict[str, Entries] = field(default_factory=dict)
    appointment_rows: dict[Appointment, Entries] = field(default_factory=dict)
    test_rows: dict[tuple[str, int], Entries] = field(default_factory=dict)
    """(site, day) to rows."""
    pair_rows: dict[tuple[str, str], Entries] = field(default_factory=dict)
    """(client, session) to rows of that client alone."""
    part_rows: dict[tuple[str, int, int], Entries] = field(default_factory=dict)
    """(client, day, part) to rows."""

    def variable(self, cost: float, high: float = 1, is_whole: bool = True) -> int:
        """A new own variable from 0 to `high`."""
        self.own.append(Own(cost, high, is_whole))
        return len(self.own) - 1

    def row(self, low: float, high: float, own: Entries) -> int:
        """A new row."""
        self.rows.append(Row(low, high, own))
        return len(self.rows) - 1

    def entries(self, client: Client, week: Week) -> dict[int, float]:
        """The rows a week counts in."""
        out: dict[int, float] = {}
        lists = [self.session_rows.get(one, ()) for one in week.sessions]
        lists += [self.pair_rows.get((client.id, one), ()) for one in week.sessions]
        lists += [self.appointment_rows.get(appt, ()) for appt in week.appointments]
        lists += [self.test_rows.get((client.site, day), ()) for day in week.tests]
        if self.part_rows:
            lists += [self.part_rows.get((client.id, *part), ()) for part in parts_of(self.ground, client, week)]
        for rows in lists:
            for row, weight in rows:
                out[row] = out.get(row, 0.0) + weight
        return out


def parts_of(ground: Ground, client: Client, week: Week) -> list[tuple[int, int]]:
    """(day, part) pairs on which the week has the client on site."""
    ix = ground.ix
    found = {(s.day, n) for s in (ix.sessions[one] for one in week.sessions) for n in ix.parts(s.start, s.end)}
    for appt in week.appointments:
        end = appt.start + ix.needs[client.id, appt.requirement].minutes
        found |= {(appt.day, n) for n in ix.parts(appt.start, end)}
    return sorted(found)


def lay_rows(ground: Ground, alive: frozenset[str]) -> Board:
    """Everything the clients of the problem share."""
    board = Board(ground, alive)
    for session in ground.ix.problem.sessions:
        _session(board, session)
    _rooms(board)
    for staff in ground.ix.problem.staff:
        _staff(board, staff)
    _offices(board)
    for site in ground.ix.problem.sites:
        for day in range(7):
            board.test_rows[site.id, day] = [(board.row(-INFINITE, site.udt_capacity_per_day, []), 1.0)]
    _apart(board)
    return board


def leaders(ground: Ground, session: Session) -> list[str]:
    """Staff who could lead the session if they did nothing else. H05 to H07."""
    ix = ground.ix
    return [
        one.id
        for one in (ix.staff[who] for who in dict.fromkeys(session.staff_options))
        if one.site == session.site
        and covers(one.windows, session.day, session.start, session.end)
        and session.minutes <= min(one.max_group_minutes_day, one.max_minutes_day)
        and has_lunch(one, session.day, [(session.start, session.end)], ix.problem.slot_minutes)
    ]


def rooms_for(ground: Ground, session: Session) -> list[str]:
    """Rooms that seat the smallest group."""
    return [r for r in dict.fromkeys(session.room_options) if ground.ix.rooms[r].capacity >= session.min_size]


def living(ground: Ground) -> frozenset[str]:
    """Sessions that could run: people enough, a room, somebody to lead."""
    return frozenset(
        s.id
        for s in ground.ix.problem.sessions
        if len(ground.joiners[s.id]) >= max(1, s.min_size)
        and s.max_facilitators > 0
        and rooms_for(ground, s)
        and leaders(ground, s)
    )


def _session(board: Board, session: Session) -> None:
    weights = board.ground.ix.problem.weights
    idle = (weights.cancel_planned if session.planned else 0) + (COMMITTED if session.must_run else 0)
    board.constant += idle
    if session.id not in board.alive:
        return
    slots = weights.staff_slot * (session.minutes // board.ground.ix.problem.slot_minutes)
    staff, rooms = leaders(board.ground, session), rooms_for(board.ground, session)
    saved = idle + (slots if session.planned else 0)
    is_open = board.open[session.id] = board.variable((slots if len(staff) == 1 else 0) - saved)
    for who in staff:
        board.lead[session.id, who] = is_open if len(staff) == 1 else board.variable(slots)
    for room in rooms:
        board.room[session.id, room] = is_open if len(rooms) == 1 else board.variable(0)
    leads = [(board.lead[session.id, who], 1.0) for who in staff]
    if len(staff) > 1:
        board.row(0, INFINITE, [*leads, (is_open, -1.0)])
        board.row(-INFINITE, 0, [*leads, (is_open, -float(session.max_facilitators))])
        for var, _ in leads:
            board.row(-INFINITE, 0, [(var, 1.0), (is_open, -1.0)])
    if len(rooms) > 1:
        board.row(0, 0, [*((board.room[session.id, room], 1.0) for room in rooms), (is_open, -1.0)])
    _seats(board, session, staff, rooms)


def _seats(board: Board, session: Session, staff: list[str], rooms: list[str]) -> None:
    """Minimum and maximum size, people above the ideal. Source: H02."""
    ix, is_open = board.ground.ix, board.open[session.id]
    capacity = [ix.rooms[room].capacity for room in rooms]
    rows = [board.row(0, INFINITE, [(is_open, -float(session.min_size))])]
    most = min(session.max_size, max(capacity), session.max_per_facilitator * min(len(staff), session.max_facilitators))
    rows.append(board.row(-INFINITE, 0, [(is_open, -float(most))]))
    if len(staff) > 1 and session.max_per_facilitator < most:
        own = [(board.lead[session.id, who], -float(session.max_per_facilitator)) for who in staff]
        rows.append(board.row(-INFINITE, 0, own))
    if len(rooms) > 1 and min(capacity) < most:
        own = [(board.room[session.id, room], -float(ix.rooms[room].capacity)) for room in rooms]
        rows.append(board.row(-INFINITE, 0, own))
    over = most - session.ideal_size
    if over > 0:
        board.over[session.id] = board.variable(ix.problem.weights.over_ideal, over, is_whole=False)
        rows.append(board.row(-INFINITE, 0, [(board.over[session.id], -1.0), (is_open, -float(session.ideal_size))]))
    board.session_rows[session.id] = [(row, 1.0) for row in rows]


def _rooms(board: Board) -> None:
    by_room: dict[tuple[str, int], list[tuple[int, int, int]]] = {}
    for (one, room), var in board.room.items():
        session = board.ground.ix.sessions[one]
        by_room.setdefault((room, session.day), []).append((session.start, session.end, var))
    for items in by_room.values():
        for _, meeting in _cliques([(a, b, var) for a, b, var in items]):
            if len(meeting) > 1:
                board.row(-INFINITE, 1, [(var, 1.0) for var in meeting])


def _cliques(items: Iterable[tuple[int, int, int]]) -> list[tuple[int, list[int]]]:
    """At every start, who is there; sets inside others left out."""
    rows = list(items)
    out: list[tuple[int, list[int]]] = []
    for start in sorted({a for a, _, _ in rows}):
        meeting = [one for a, b, one in rows if a <= start < b]
        if out and set(out[-1][1]) <= set(meeting):
            out.pop()
        out.append((start, meeting))
    return out


def _staff(board: Board, staff: Staff) -> None:
    """One place at a time, minutes a day, lunch. H04, H06, H07."""
    ix = board.ground.ix
    appts: dict[int, list[Appointment]] = {}
    for client in ix.problem.clients:
        for appt in board.ground.choices[client.id].appointments:
            if appt.staff == staff.id:
                appts.setdefault(appt.day, []).append(appt)
    groups = [(ix.sessions[one], var) for (one, who), var in board.lead.items() if who == staff.id]
    for day in sorted(set(appts) | {s.day for s, _ in groups}):
        _staff_day(board, staff, [(s, v) for s, v in groups if s.day == day], appts.get(day, []))


def _staff_day(board: Board, staff: Staff, groups: list[tuple[Session, int]], appts: list[Appointment]) -> None:
    ix = board.ground.ix
    day = groups[0][0].day if groups else appts[0].day
    spans = [(a.start, a.start + ix.needs[a.client, a.requirement].minutes) for a in appts]
    breaks = _breaks(board, staff, day, [*spans, *((s.start, s.end) for s, _ in groups)])
    items = [(s.start, s.end, number) for number, (s, _) in enumerate(groups)]
    items += [(a, b, len(groups) + number) for number, (_, a, b) in enumerate(breaks)]
    first = len(items)
    items += [(a, b, first + number) for number, (a, b) in enumerate(spans)]
    own = [var for _, var in groups] + [var for var, _, _ in breaks]
    for _, meeting in _cliques(items):
        if len(meeting) > 1:
            row = board.row(-INFINITE, 1, [(own[n], 1.0) for n in meeting if n < first])
            for number in (n - first for n in meeting if n >= first):
                board.appointment_rows.setdefault(appts[number], []).append((row, 1.0))
    if sum(s.minutes for s, _ in groups) > staff.max_group_minutes_day:
        board.row(-INFINITE, staff.max_group_minutes_day, [(var, float(s.minutes)) for s, var in groups])
    row = board.row(-INFINITE, staff.max_minutes_day, [(var, float(s.minutes)) for s, var in groups])
    for appt, (a, b) in zip(appts, spans, strict=True):
        board.appointment_rows.setdefault(appt, []).append((row, float(b - a)))


def _breaks(board: Board, staff: Staff, day: int, busy: list[tuple[int, int]]) -> list[tuple[int, int, int]]:
    slot = board.ground.ix.problem.slot_minutes
    if staff.lunch is None or has_lunch(staff, day, busy, slot):
        return []
    lunch = staff.lunch
    out = [
        (board.variable(0), start, start + lunch.minutes)
        for start in range(lunch.earliest, lunch.latest - lunch.minutes + 1, slot)
    ]
    board.row(1, 1, [(var, 1.0) for var, _, _ in out])
    board.breaks[staff.id, day] = out
    return out


def _offices(board: Board) -> None:
    """Offices at every start of an appointment. Source: H20."""
    ix = board.ground.ix
    spans: dict[tuple[str, int], list[tuple[int, int, Appointment]]] = {}
    for client in ix.problem.clients:
        for appt in board.ground.choices[client.id].appointments:
            end = appt.start + ix.needs[client.id, appt.requirement].minutes
            spans.setdefault((client.site, appt.day), []).append((appt.start, end, appt))
    for (site, _), items in spans.items():
        numbered = [(a, b, number) for number, (a, b, _) in enumerate(items)]
        for _, meeting in _cliques(numbered):
            if len(meeting) > ix.sites[site].offices:
                row = board.row(-INFINITE, ix.sites[site].offices, [])
                for number in meeting:
                    board.appointment_rows.setdefault(items[number][2], []).append((row, 1.0))


def _apart(board: Board) -> None:
    """People who must not meet. Source: H18."""
    ground = board.ground
    for pair in ground.ix.problem.conflicts:
        mine = {s.id for s in ground.choices[pair.a].sessions} & board.alive
        for one in sorted(mine & {s.id for s in ground.choices[pair.b].sessions}):
            row = board.row(-INFINITE, 1, [])
            for who in (pair.a, pair.b):
                board.pair_rows.setdefault((who, one), []).append((row, 1.0))
        if pair.kind == "same_part":
            for day in range(7):
                for part in range(len(ground.ix.problem.rules.parts)):
                    row = board.row(-INFINITE, 1, [])
                    for who in (pair.a, pair.b):
                        board.part_rows.setdefault((who, day, part), []).append((row, 1.0))
