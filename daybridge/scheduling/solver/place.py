"""A plain, correct placement of one site: client by client, the best legal week each, until no group is too small.

Deterministic: no clock and no chance; every loop runs over ids in a fixed order.
Source: scheduling design, section 5, step 1.
"""

from collections.abc import Callable, Iterable

from daybridge.scheduling.solver import urine
from daybridge.scheduling.solver.board import (
    Board,
    Week,
    book,
    clear,
    close_session,
    open_session,
    put_session,
)
from daybridge.scheduling.solver.days import QUICK
from daybridge.scheduling.solver.index import Index
from daybridge.scheduling.solver.model import Client, Problem, Schedule, Session, SessionRun, UrineTest
from daybridge.scheduling.solver.offers import COMMITTED, candidates, is_open_for_one_more, past_week, view
from daybridge.scheduling.solver.weeks import best_weeks, cost_of

TRIES = 12
"""Candidate weeks tried before a client is left with what is past."""
ROUNDS = 3
"""Rounds of rebooking everybody once more."""

Stop = Callable[[], bool]


def place_site(ix: Index, site: str, stop: Stop, rest: Stop) -> Board:
    """A week of one site that breaks no hard rule except commitments (H23) that cannot be kept this way.

    `stop` is asked between clients; when it says yes the week so far is made whole and handed back. `rest` is asked
    between improvements only, so that everybody is placed once however little time there is.
    """
    board = Board(ix, site)
    clients = in_order(ix, site)
    _book_the_past(board, clients)
    open_planned(board)
    banned: set[str] = set()
    for client in clients:
        if not stop():
            _place(board, client, banned)
    _dissolve_small_groups(board, clients, banned, stop)
    for _ in range(ROUNDS):
        if rest() or _improve(board, clients, rest) == 0:
            break
    for session_id in [one for one, people in board.people.items() if not people]:
        close_session(board, ix.sessions[session_id])
    return board


def in_order(ix: Index, site: str) -> list[Client]:
    """Commitments first, then priority, then those with a week to keep, waitlist last; ids break ties."""

    def rank(client: Client) -> tuple[object, ...]:
        committed = client.must_reach or bool(client.must_attend) or any(r.mandatory for r in client.requirements)
        keeps = len(client.last_week_sessions)
        return client.waitlist, not committed, -client.priority, not keeps, _freedom(client), client.id

    return sorted((c for c in ix.problem.clients if c.site == site), key=rank)


def _freedom(client: Client) -> int:
    """Available minutes: those with few choices choose first."""
    return sum(window.end - window.start for window in client.windows)


def _book_the_past(board: Board, clients: list[Client]) -> None:
    for client in clients:
        past = past_week(board, client.id)
        for session_id in past.sessions:
            _ensure_past_session(board, board.ix.sessions[session_id])
        if past != Week():
            book(board, client.id, past)


def _ensure_past_session(board: Board, session: Session) -> None:
    """A past session ran, whatever the calendar of its staff says now, with facilitators enough for those who came."""
    frozen = board.ix.problem.frozen
    came = sum(1 for row in frozen.bookings if row[0] == "group" and row[2] == session.id) if frozen else 0
    team = min(session.max_facilitators, -(-came // max(1, session.max_per_facilitator)))
    if session.id in board.people or (team < 2 and open_session(board, session)):
        return
    room = max(session.room_options, key=lambda one: board.ix.rooms[one].capacity)
    put_session(board, session, room, session.staff_options[: max(1, team)])


def open_planned(board: Board) -> None:
    """Give planned and promised sessions their room and facilitator, promised ones first."""
    mine = [s for s in board.ix.problem.sessions if s.site == board.site and (s.planned or s.must_run)]
    for session in sorted(mine, key=lambda s: (not s.must_run, len(s.staff_options), s.day, s.start, s.id)):
        past = board.ix.is_past(session.day, session.start)
        if session.id not in board.people and not past:
            open_session(board, session)


def _place(board: Board, client: Client, banned: set[str]) -> None:
    """Book the client's best week; sessions still under their minimum may be joined and even opened."""
    clear(board, client.id)
    joinable = {
        s.id: _taste(board, client, s)
        for s in candidates(board, client)
        if s.id not in banned and is_open_for_one_more(board, s)
    }
    _book_first(board, client, (c.week for c in best_weeks(view(board, client, joinable), QUICK)[:TRIES]))


def _book_first(board: Board, client: Client, weeks: Iterable[Week]) -> None:
    if not any(book(board, client.id, week) for week in weeks):
        past = past_week(board, client.id)
        if past != Week():
            book(board, client.id, past)


def _taste(board: Board, client: Client, session: Session) -> int:
    """Extra cost of joining while groups still fill: prefer groups that run, and keep promises."""
    problem, missing = board.ix.problem, session.min_size - board.size(session.id)
    if session.id in (client.must_attend or ()):
        return -COMMITTED
    if session.must_run and missing > 0:
        return -problem.weights.not_reached
    cost = LONELY * max(0, missing - 1)
    if session.id not in board.people:
        slots = session.minutes // problem.slot_minutes
        cost += OPENING + problem.weights.staff_slot * slots // max(1, session.min_size)
    return cost


LONELY = 2
"""Cost of each client a group still lacks: steers towards groups that will run."""
OPENING = 10
"""Cost of opening a session that is not planned."""


def _dissolve_small_groups(board: Board, clients: list[Client], banned: set[str], stop: Stop) -> None:
    """Close the emptiest group under its minimum and rebook the people hit, until no such group is left."""
    while small := _small_groups(board):
        session = board.ix.sessions[small[0]]
        hit = set(board.people[session.id])
        banned.add(session.id)
        for client_id in sorted(hit):
            clear(board, client_id)
        close_session(board, session)
        for client in clients:
            if client.id in hit and not stop():
                _place(board, client, banned)
            elif client.id in hit:
                _book_first(board, client, ())


def _small_groups(board: Board) -> list[str]:
    """Sessions that somebody attends but too few, emptiest first, promised ones last."""

    def lack(session: Session) -> tuple[object, ...]:
        return bool(session.must_run), -(session.min_size - board.size(session.id)), session.id

    attended = (board.ix.sessions[one] for one, people in board.people.items() if people)
    small = [s for s in attended if board.size(s.id) < s.min_size and not board.ix.is_past(s.day, s.start)]
    return [s.id for s in sorted(small, key=lack)]


def _improve(board: Board, clients: list[Client], stop: Stop) -> int:
    """Rebook each client once against the rest, never at a higher cost; how many got a better week."""
    return sum(1 for client in clients if not stop() and _rebook(board, client))


def held_by(board: Board, client_id: str) -> set[str]:
    """Sessions that would fall under their minimum if the client left."""
    sessions = (board.ix.sessions[one] for one in board.week(client_id).sessions)
    return {s.id for s in sessions if board.size(s.id) <= s.min_size and not board.ix.is_past(s.day, s.start)}


def strictly_joinable(board: Board, client: Client, held: set[str]) -> dict[str, int]:
    """Sessions that keep their minimum when the client joins; those in `held` are worth a commitment."""
    promised = held | set(client.must_attend or ())
    return {
        s.id: -COMMITTED if s.id in promised else 0
        for s in candidates(board, client)
        if board.size(s.id) + 1 >= s.min_size and is_open_for_one_more(board, s)
    }


def _rebook(board: Board, client: Client) -> bool:
    held = held_by(board, client.id)
    old = clear(board, client.id)
    choices = view(board, client, strictly_joinable(board, client, held))
    before = cost_of(choices, old)
    for candidate in best_weeks(choices, QUICK)[:TRIES]:
        if before is not None and candidate.cost >= before:
            break
        if held <= set(candidate.week.sessions) and book(board, client.id, candidate.week):
            return True
    book(board, client.id, old)
    return False


def _run_of(board: Board, session_id: str, order: dict[str, int]) -> SessionRun:
    people = sorted(board.people[session_id], key=order.__getitem__)
    return SessionRun(session_id, board.rooms[session_id], board.teams[session_id], tuple(people))


def schedule_of(problem: Problem, boards: Iterable[Board]) -> Schedule:
    """The boards of all sites as one schedule with its urine tests, in the order of the problem."""
    boards = list(boards)
    runs = {one: [board] for board in boards for one, people in board.people.items() if people}
    order = {client.id: number for number, client in enumerate(problem.clients)}
    sessions = tuple(_run_of(board, s.id, order) for s in problem.sessions for board in runs.get(s.id, ()))
    weeks = {who: week for board in boards for who, week in board.weeks.items()}
    appointments = tuple(a for c in problem.clients for a in weeks.get(c.id, Week()).appointments)
    tests: list[UrineTest] = [test for board in boards for test in urine.spread(board)]
    return Schedule(problem.name, sessions, appointments, tuple(sorted(tests, key=lambda t: (order[t.client], t.day))))
