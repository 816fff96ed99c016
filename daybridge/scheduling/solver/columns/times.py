"""Rows of staff: one place at a time, minutes a day, lunch. H04, H06, H07."""

from daybridge.scheduling.solver.columns.cliques import cliques
from daybridge.scheduling.solver.columns.rows import INFINITE, Board
from daybridge.scheduling.solver.index import has_lunch
from daybridge.scheduling.solver.model import Appointment, Session, Staff

Group = tuple[Session, int]
Span = tuple[int, int]


def lay_staff(board: Board) -> None:
    """Every day of everybody."""
    appts, groups = _appointments(board), _groups(board)
    for staff in board.ground.ix.problem.staff:
        for day in range(7):
            mine = groups.get((staff.id, day), []), appts.get((staff.id, day), [])
            if any(mine):
                _day(board, (staff, day), *mine)


def _appointments(board: Board) -> dict[tuple[str, int], list[Appointment]]:
    out: dict[tuple[str, int], list[Appointment]] = {}
    for client in board.ground.ix.problem.clients:
        for appt in board.ground.choices[client.id].appointments:
            out.setdefault((appt.staff, appt.day), []).append(appt)
    return out


def _groups(board: Board) -> dict[tuple[str, int], list[Group]]:
    out: dict[tuple[str, int], list[Group]] = {}
    for (one, who), var in board.lead.items():
        session = board.ground.ix.sessions[one]
        out.setdefault((who, session.day), []).append((session, var))
    return out


def _day(board: Board, at: tuple[Staff, int], groups: list[Group], appts: list[Appointment]) -> None:
    needs = board.ground.ix.needs
    spans = [(a.start, a.start + needs[a.client, a.requirement].minutes) for a in appts]
    _one_place(board, at, groups, list(zip(appts, spans, strict=True)))
    staff, minutes = at[0], [(var, float(s.minutes)) for s, var in groups]
    if sum(weight for _, weight in minutes) > staff.max_group_minutes_day:
        board.row(-INFINITE, staff.max_group_minutes_day, minutes)
    row = board.row(-INFINITE, staff.max_minutes_day, minutes)
    for appt, (a, b) in zip(appts, spans, strict=True):
        board.appointment_rows.setdefault(appt, []).append((row, float(b - a)))


def _one_place(board: Board, at: tuple[Staff, int], groups: list[Group], appts: list[tuple[Appointment, Span]]) -> None:
    """Groups, lunch and appointments, never two at once."""
    own = [(s.start, s.end, var) for s, var in groups]
    own += [(a, b, var) for var, a, b in _breaks(board, at, [*((a, b) for a, b, _ in own), *(s for _, s in appts)])]
    items = [(a, b, number) for number, (a, b, _) in enumerate(own)]
    items += [(a, b, len(own) + number) for number, (_, (a, b)) in enumerate(appts)]
    for _, meeting in cliques(items):
        if len(meeting) > 1:
            row = board.row(-INFINITE, 1, [(own[n][2], 1.0) for n in meeting if n < len(own)])
            for number in meeting:
                if number >= len(own):
                    board.appointment_rows.setdefault(appts[number - len(own)][0], []).append((row, 1.0))


def _breaks(board: Board, at: tuple[Staff, int], busy: list[Span]) -> list[tuple[int, int, int]]:
    """(variable, start, end) of every possible lunch; none where there is always one left."""
    (staff, day), slot = at, board.ground.ix.problem.slot_minutes
    if staff.lunch is None or has_lunch(staff, day, busy, slot):
        return []
    lunch = staff.lunch
    starts = range(lunch.earliest, lunch.latest - lunch.minutes + 1, slot)
    out = [(board.variable(0), start, start + lunch.minutes) for start in starts]
    board.row(1, 1, [(var, 1.0) for var, _, _ in out])
    board.breaks[staff.id, day] = out
    return out
