"""Rows of rooms, offices and tests, and of people who must not meet. H03, H18, H20, H21."""

from daybridge.scheduling.solver.columns.cliques import cliques
from daybridge.scheduling.solver.columns.rows import INFINITE, Board
from daybridge.scheduling.solver.model import Appointment, Conflict

Meeting = tuple[int, int, Appointment]


def lay_rooms(board: Board) -> None:
    """One group at a time in a room."""
    by_room: dict[tuple[str, int], list[tuple[int, int, int]]] = {}
    for (one, room), var in board.room.items():
        session = board.ground.ix.sessions[one]
        by_room.setdefault((room, session.day), []).append((session.start, session.end, var))
    for items in by_room.values():
        for _, meeting in cliques(items):
            if len(meeting) > 1:
                board.row(-INFINITE, 1, [(var, 1.0) for var in meeting])


def lay_offices(board: Board) -> None:
    """Offices at every start of an appointment."""
    for (site, _), items in _meetings(board).items():
        numbered = [(a, b, number) for number, (a, b, _) in enumerate(items)]
        offices = board.ground.ix.sites[site].offices
        for _, meeting in cliques(numbered):
            if len(meeting) > offices:
                row = board.row(-INFINITE, offices, [])
                for number in meeting:
                    board.appointment_rows.setdefault(items[number][2], []).append((row, 1.0))


def _meetings(board: Board) -> dict[tuple[str, int], list[Meeting]]:
    """Every possible appointment by site and day."""
    ix, out = board.ground.ix, dict[tuple[str, int], list[Meeting]]()
    for client in ix.problem.clients:
        for appt in board.ground.choices[client.id].appointments:
            end = appt.start + ix.needs[client.id, appt.requirement].minutes
            out.setdefault((client.site, appt.day), []).append((appt.start, end, appt))
    return out


def lay_tests(board: Board) -> None:
    """Urine tests a day."""
    for site in board.ground.ix.problem.sites:
        for day in range(7):
            board.test_rows[site.id, day] = [(board.row(-INFINITE, site.udt_capacity_per_day, []), 1.0)]


def lay_apart(board: Board) -> None:
    """People who must not meet."""
    for pair in board.ground.ix.problem.conflicts:
        for one in sorted(_joinable(board, pair.a) & _joinable(board, pair.b)):
            row = board.row(-INFINITE, 1, [])
            for who in (pair.a, pair.b):
                board.pair_rows.setdefault((who, one), []).append((row, 1.0))
        if pair.kind == "same_part":
            _parts(board, pair)


def _joinable(board: Board, client_id: str) -> set[str]:
    return {s.id for s in board.ground.choices[client_id].sessions} & board.alive


def _parts(board: Board, pair: Conflict) -> None:
    for day in range(7):
        for part in range(len(board.ground.ix.problem.rules.parts)):
            row = board.row(-INFINITE, 1, [])
            for who in (pair.a, pair.b):
                board.part_rows.setdefault((who, day, part), []).append((row, 1.0))
