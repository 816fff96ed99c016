"""All rows that client weeks share, laid at once."""

from daybridge.scheduling.solver.columns.places import lay_apart, lay_offices, lay_rooms, lay_tests
from daybridge.scheduling.solver.columns.rows import Board
from daybridge.scheduling.solver.columns.seats import lay_session
from daybridge.scheduling.solver.columns.times import lay_staff
from daybridge.scheduling.solver.ground import Ground


def lay_rows(ground: Ground, alive: frozenset[str]) -> Board:
    """Everything the clients of the problem share."""
    board = Board(ground, alive)
    for session in ground.ix.problem.sessions:
        lay_session(board, session)
    lay_rooms(board)
    lay_staff(board)
    lay_offices(board)
    lay_tests(board)
    lay_apart(board)
    return board
