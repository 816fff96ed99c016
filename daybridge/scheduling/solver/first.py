"""Something legal at once: last week's bookings as far as they still hold, whole days only."""

from daybridge.scheduling.solver.board import Board, Week, book, clear, close_session
from daybridge.scheduling.solver.index import Index, covers, is_free_for, may_join, meet
from daybridge.scheduling.solver.model import Appointment, Client
from daybridge.scheduling.solver.place import in_order, open_planned
from daybridge.scheduling.solver.score import events, has_reached, minutes


def last_week_again(ix: Index, site: str) -> Board:
    """A board of one site without the past in it: use it only where nothing is frozen."""
    board = Board(ix, site)
    open_planned(board)
    for client in in_order(ix, site):
        week = _kept(ix, client)
        if week != Week():
            book(board, client.id, week)
    while small := [s for s in board.people if board.people[s] and board.size(s) < ix.sessions[s].min_size]:
        _without(board, small[0])
    for one in [one for one, people in board.people.items() if not people]:
        close_session(board, ix.sessions[one])
    return board


def _without(board: Board, session_id: str) -> None:
    """Close a group that is too small; those in it keep the rest of their week if that is legal."""
    for client_id in list(board.people[session_id]):
        week = clear(board, client_id)
        rest = Week(tuple(one for one in week.sessions if one != session_id), week.appointments)
        legal = _legal(board.ix, board.ix.clients[client_id], rest)
        if legal != Week():
            book(board, client_id, legal)
    close_session(board, board.ix.sessions[session_id])


def _kept(ix: Index, client: Client) -> Week:
    """Last week's bookings that are still possible for the client alone."""
    sessions = [ix.sessions[one] for one in dict.fromkeys(client.last_week_sessions) if one in ix.sessions]
    held = tuple(s.id for s in sessions if may_join(client, s) and is_free_for(client, s))
    appointments = []
    for past in client.last_week_appts:
        need = ix.needs.get((client.id, past.requirement))
        if need is None or past.staff not in need.staff or past.start % need.grid:
            continue
        span = (past.day, past.start, past.start + need.minutes)
        if covers(client.windows, *span) and (need.windows is None or covers(need.windows, *span)):
            appointments.append(Appointment(client.id, need.id, past.staff, past.day, past.start))
    return _legal(ix, client, Week(held, tuple(appointments)))


def _legal(ix: Index, client: Client, week: Week) -> Week:
    """The days of a week that keep every rule of the client alone; nothing if the week as a whole does not."""
    if _has_unmet_order(ix, client, week):
        return Week()
    days = sorted({day for day, _, _ in events(ix, client, week)})
    good = [day for day in days if _is_legal_day(ix, client, _of_day(ix, week, {day}))][: client.days_max]
    out = _of_day(ix, week, set(good))
    if _has_unmet_order(ix, client, out) or minutes(ix, client, out) > client.max_minutes:
        return Week()
    for category in {ix.category(one) for one in out.sessions}:
        most = max((line.max for line in client.mix if line.category == category), default=0)
        if sum(1 for one in out.sessions if ix.category(one) == category) > most:
            return Week()
    return Week() if client.waitlist and not has_reached(ix, client, out) else out


def _of_day(ix: Index, week: Week, days: set[int]) -> Week:
    sessions = tuple(one for one in week.sessions if ix.sessions[one].day in days)
    return Week(sessions, tuple(appt for appt in week.appointments if appt.day in days))


def _is_legal_day(ix: Index, client: Client, day: Week) -> bool:
    spans, counted = events(ix, client, day), minutes(ix, client, day)
    topics = [ix.sessions[one].topic for one in day.sessions]
    clash = any(meet(a[1], a[2], b[1], b[2]) for n, a in enumerate(spans) for b in spans[n + 1 :])
    short = 0 < counted < client.per_diem_minutes
    return not clash and not short and counted <= client.max_minutes_day and len(set(topics)) == len(topics)


def _has_unmet_order(ix: Index, client: Client, week: Week) -> bool:
    """Whether a topic comes before one it needs. Source: H17."""
    mine = [ix.sessions[one] for one in week.sessions]
    return any(
        not any(s.topic == topic and (s.day, s.end) <= (later.day, later.start) for s in mine)
        for later in mine
        for topic in ix.topics[later.topic].prerequisites
        if topic not in client.completed_topics
    )
