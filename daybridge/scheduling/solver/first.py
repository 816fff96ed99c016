"""Something legal at once: last week's bookings as far as they still hold, whole days only."""

from collections.abc import Iterator

from daybridge.scheduling.solver.board import Board, Week, book, clear, close_session
from daybridge.scheduling.solver.index import Index, covers, is_free_for, may_join
from daybridge.scheduling.solver.legal import legal_part
from daybridge.scheduling.solver.model import Appointment, Client, PastAppointment
from daybridge.scheduling.solver.place import in_order, open_planned


def last_week_again(ix: Index, site: str) -> Board:
    """A board of one site without the past in it: use it only where nothing is frozen."""
    board = Board(ix, site)
    open_planned(board)
    for client in in_order(ix, site):
        week = _kept(ix, client)
        if week != Week():
            book(board, client.id, week)
    while small := next(_too_small(board), None):
        _without(board, small)
    for one in [one for one, people in board.people.items() if not people]:
        close_session(board, ix.sessions[one])
    return board


def _too_small(board: Board) -> Iterator[str]:
    """Sessions that somebody attends, but fewer than they need."""
    return (one for one, people in board.people.items() if 0 < len(people) < board.ix.sessions[one].min_size)


def _without(board: Board, session_id: str) -> None:
    """Close a group that is too small; those in it keep the rest of their week if that is legal."""
    for client_id in list(board.people[session_id]):
        week = clear(board, client_id)
        rest = Week(tuple(one for one in week.sessions if one != session_id), week.appointments)
        legal = legal_part(board.ix, board.ix.clients[client_id], rest)
        if legal != Week():
            book(board, client_id, legal)
    close_session(board, board.ix.sessions[session_id])


def _kept(ix: Index, client: Client) -> Week:
    """Last week's bookings that are still possible for the client alone."""
    sessions = [ix.sessions[one] for one in dict.fromkeys(client.last_week_sessions) if one in ix.sessions]
    held = tuple(s.id for s in sessions if may_join(client, s) and is_free_for(client, s))
    appointments = tuple(
        Appointment(client.id, past.requirement, past.staff, past.day, past.start)
        for past in client.last_week_appts
        if _is_still_possible(ix, client, past)
    )
    return legal_part(ix, client, Week(held, appointments))


def _is_still_possible(ix: Index, client: Client, past: PastAppointment) -> bool:
    """Whether last week's appointment is still needed, with that staff member and at that time."""
    need = ix.needs.get((client.id, past.requirement))
    if need is None or past.staff not in need.staff or past.start % need.grid:
        return False
    span = (past.day, past.start, past.start + need.minutes)
    return covers(client.windows, *span) and (need.windows is None or covers(need.windows, *span))
