"""Rows of sessions: room and team, group sizes, what running costs. H01, H02."""

from daybridge.scheduling.solver.columns.living import leaders, rooms_for
from daybridge.scheduling.solver.columns.rows import INFINITE, Board
from daybridge.scheduling.solver.model import Session
from daybridge.scheduling.solver.offers import COMMITTED


def lay_session(board: Board, session: Session) -> None:
    """Own variables and rows of one session; of one that cannot run only its cost."""
    weights = board.ground.ix.problem.weights
    idle = (weights.cancel_planned if session.planned else 0) + (COMMITTED if session.must_run else 0)
    board.constant += idle
    if session.id in board.alive:
        slots = weights.staff_slot * (session.minutes // board.ground.ix.problem.slot_minutes)
        staff, rooms = leaders(board.ground, session), rooms_for(board.ground, session)
        saved = idle + (slots if session.planned else 0)
        board.open[session.id] = board.variable((slots if len(staff) == 1 else 0) - saved)
        _team(board, session, staff, slots)
        _room(board, session, rooms)
        _seats(board, session, staff, rooms)


def _team(board: Board, session: Session, staff: list[str], cost: int) -> None:
    is_open = board.open[session.id]
    if len(staff) == 1:
        board.lead[session.id, staff[0]] = is_open
        return
    leads = [(board.variable(cost), 1.0) for _ in staff]
    board.lead |= {(session.id, who): var for who, (var, _) in zip(staff, leads, strict=True)}
    board.row(0, INFINITE, [*leads, (is_open, -1.0)])
    board.row(-INFINITE, 0, [*leads, (is_open, -float(session.max_facilitators))])
    for var, _ in leads:
        board.row(-INFINITE, 0, [(var, 1.0), (is_open, -1.0)])


def _room(board: Board, session: Session, rooms: list[str]) -> None:
    is_open = board.open[session.id]
    if len(rooms) == 1:
        board.room[session.id, rooms[0]] = is_open
        return
    choices = [(board.variable(0), 1.0) for _ in rooms]
    board.room |= {(session.id, room): var for room, (var, _) in zip(rooms, choices, strict=True)}
    board.row(0, 0, [*choices, (is_open, -1.0)])


def _seats(board: Board, session: Session, staff: list[str], rooms: list[str]) -> None:
    """Minimum and maximum size, people above the ideal. Source: H02."""
    ix, is_open = board.ground.ix, board.open[session.id]
    capacity = [ix.rooms[room].capacity for room in rooms]
    rows = [board.row(0, INFINITE, [(is_open, -float(session.min_size))])]
    most = min(session.max_size, max(capacity), session.max_per_facilitator * min(len(staff), session.max_facilitators))
    rows.append(board.row(-INFINITE, 0, [(is_open, -float(most))]))
    if session.max_per_facilitator < most:
        rows.append(_seats_of_team(board, session, staff))
    if min(capacity) < most:
        rows.append(_seats_of_room(board, session, rooms))
    over = most - session.ideal_size
    if over > 0:
        board.over[session.id] = board.variable(ix.problem.weights.over_ideal, over, is_whole=False)
        rows.append(board.row(-INFINITE, 0, [(board.over[session.id], -1.0), (is_open, -float(session.ideal_size))]))
    board.session_rows[session.id] = [(row, 1.0) for row in rows]


def _seats_of_team(board: Board, session: Session, staff: list[str]) -> int:
    own = [(board.lead[session.id, who], -float(session.max_per_facilitator)) for who in staff]
    return board.row(-INFINITE, 0, own)


def _seats_of_room(board: Board, session: Session, rooms: list[str]) -> int:
    own = [(board.room[session.id, room], -float(board.ground.ix.rooms[room].capacity)) for room in rooms]
    return board.row(-INFINITE, 0, own)
