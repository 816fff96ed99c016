"""Ranked weeks for one client while nobody else moves: what the desk asks when somebody is admitted."""

from collections import Counter
from collections.abc import Container, Mapping
from dataclasses import dataclass, field, replace

from daybridge.kit.errors import BadInput
from daybridge.scheduling.solver.board import Board, Week, book, clear, close_session, put_appointment, put_session
from daybridge.scheduling.solver.check import check
from daybridge.scheduling.solver.days import THOROUGH
from daybridge.scheduling.solver.index import Index, index
from daybridge.scheduling.solver.model import Appointment, Client, Problem, Schedule, SessionRun, UrineTest
from daybridge.scheduling.solver.offers import view
from daybridge.scheduling.solver.place import held_by, strictly_joinable
from daybridge.scheduling.solver.urine import attendance_days, pick
from daybridge.scheduling.solver.weeks import Candidate, best_weeks

TRIES_PER_WEEK = 8
"""Candidates tried for each week asked for: some clash when booked whole."""


@dataclass(frozen=True, slots=True)
class Placement:
    """One legal week for one client. `objective` is that of the whole schedule with it; `minutes` are counted ones.

    `opens` are sessions nobody attended before, with the room and facilitator found for them. `terms` are those of
    the objective: what two weeks trade against each other, see tradeoffs().
    """

    client: str
    sessions: tuple[str, ...]
    appointments: tuple[Appointment, ...]
    udt: tuple[UrineTest, ...]
    minutes: int
    days: tuple[int, ...]
    reached: bool
    objective: int
    opens: tuple[SessionRun, ...] = ()
    terms: Mapping[str, int] = field(default_factory=dict)


def tradeoffs(one: Placement, other: Placement) -> dict[str, int]:
    """What `one` costs more (or, below 0, less) than `other`, by term of the objective; equal terms left out."""
    more = {name: cost - other.terms.get(name, 0) for name, cost in one.terms.items()}
    return {name: cost for name, cost in more.items() if cost}


def recommend(problem: Problem, schedule: Schedule, client_id: str, k: int = 5) -> list[Placement]:
    """Up to `k` different legal weeks for the client, the best for the whole schedule first; nobody else moves.

    The client's own bookings are thought away first (past ones stay), but no group is left under its minimum; the
    week the client has now is ranked with the others if it breaks no rule. A session is offered if it keeps its
    minimum with the client in it. Empty only when the bookings of `schedule` leave no legal week.
    Raises BadInput for an unknown client or session.
    """
    board, client = _board_for(problem, schedule, client_id)
    held = held_by(board, client_id)
    found = _now(board, schedule, client, clear(board, client_id))
    for candidate in _candidates(board, client, held)[: k * TRIES_PER_WEEK]:
        if len(found) > k:
            break
        placement = _try(board, schedule, client, candidate)
        if placement is not None and not any(_same_week(placement, other) for other in found):
            found.append(placement)
    return sorted(found, key=lambda p: (p.objective, not p.reached, p.sessions, str(p.appointments)))[:k]


def _same_week(one: Placement, other: Placement) -> bool:
    return set(one.sessions) == set(other.sessions) and set(one.appointments) == set(other.appointments)


def _now(board: Board, schedule: Schedule, client: Client, week: Week) -> list[Placement]:
    """The week the client has, if it breaks no rule of the client's own."""
    ix, sessions = board.ix, [board.ix.sessions[one] for one in week.sessions]
    needs = [ix.needs[client.id, appt.requirement] for appt in week.appointments]
    minutes = sum(s.minutes for s in sessions) + sum(need.minutes for need in needs if need.counts)
    days = tuple(sorted({s.day for s in sessions} | {appt.day for appt in week.appointments}))
    reached = minutes >= client.target_minutes and len(days) >= client.days_min
    placement = _try(board, schedule, client, Candidate(0, week, minutes, days, reached))
    if placement is None:
        return []
    broken = check(ix.problem, with_placement(ix.problem, schedule, placement)).violations
    mine = (v for v in broken if v.rule != "H23" and any(part.split("/")[0] == client.id for part in v.about))
    return [] if any(mine) else [placement]


def _board_for(problem: Problem, schedule: Schedule, client_id: str) -> tuple[Board, Client]:
    ix = index(problem)
    if client_id not in ix.clients:
        raise BadInput("The problem has no client {id}.", id=client_id)
    client = ix.clients[client_id]
    return board_of(ix, client.site, schedule), client


def _candidates(board: Board, client: Client, held: set[str]) -> list[Candidate]:
    choices = view(board, client, strictly_joinable(board, client, held))
    return [one for one in best_weeks(choices, THOROUGH) if held <= set(one.week.sessions)]


def _try(board: Board, schedule: Schedule, client: Client, candidate: Candidate) -> Placement | None:
    before = set(board.people)
    if not book(board, client.id, candidate.week):
        return None
    opened = [one for one in candidate.week.sessions if one not in before]
    placement = Placement(
        client=client.id,
        sessions=candidate.week.sessions,
        appointments=candidate.week.appointments,
        udt=_tests(board, schedule, client),
        minutes=candidate.minutes,
        days=candidate.days,
        reached=candidate.reached,
        objective=0,
        opens=tuple(SessionRun(one, board.rooms[one], board.teams[one], (client.id,)) for one in opened),
    )
    clear(board, client.id)
    for one in opened:
        close_session(board, board.ix.sessions[one])  # the next week tried opens it itself
    after = with_placement(board.ix.problem, schedule, placement)
    report = check(board.ix.problem, after)
    return replace(placement, objective=report.objective, terms=report.terms)


def _tests(board: Board, schedule: Schedule, client: Client) -> tuple[UrineTest, ...]:
    ix = board.ix
    used = Counter(t.day for t in schedule.udt if t.client != client.id and ix.clients[t.client].site == board.site)
    room = {day: ix.sites[board.site].udt_capacity_per_day - used[day] for day in range(7)}
    days = pick(attendance_days(board, client.id), client.udt, room, ix.problem.rules.udt_min_day_gap)
    return tuple(UrineTest(client.id, day) for day in days)


def with_placement(problem: Problem, schedule: Schedule, placement: Placement) -> Schedule:
    """The schedule with the client's whole week replaced by the placement; a session nobody attends any more goes."""
    who = placement.client
    runs = {run.id: tuple(one for one in run.clients if one != who) for run in schedule.sessions}
    kept = [
        replace(run, clients=(*runs[run.id], who) if run.id in placement.sessions else runs[run.id])
        for run in schedule.sessions
    ]
    sessions = {run.id: run for run in (*kept, *placement.opens) if run.clients}
    return replace(
        schedule,
        sessions=tuple(sessions[s.id] for s in problem.sessions if s.id in sessions),
        appointments=(*(a for a in schedule.appointments if a.client != who), *placement.appointments),
        udt=(*(t for t in schedule.udt if t.client != who), *placement.udt),
        objective=None,
    )


def board_of(ix: Index, site: str, schedule: Schedule) -> Board:
    """A site's board as the schedule has it. Raises BadInput when the schedule names what the problem does not know."""
    _refuse_strangers(ix, schedule)
    board = Board(ix, site)
    sessions: dict[str, list[str]] = {}
    appointments: dict[str, list[Appointment]] = {}
    for run in schedule.sessions:
        if ix.sessions[run.id].site == site and run.id not in board.people:
            put_session(board, ix.sessions[run.id], run.room, run.staff)
            board.people[run.id] = list(run.clients)
            for client_id in run.clients:
                sessions.setdefault(client_id, []).append(run.id)
    for appt in schedule.appointments:
        if ix.clients[appt.client].site == site:
            put_appointment(board, appt)
            appointments.setdefault(appt.client, []).append(appt)
    for client_id in sorted(set(sessions) | set(appointments)):
        board.weeks[client_id] = Week(tuple(sessions.get(client_id, ())), tuple(appointments.get(client_id, ())))
    return board


def _refuse_strangers(ix: Index, schedule: Schedule) -> None:
    named: list[tuple[str, Container[str]]] = [(run.id, ix.sessions) for run in schedule.sessions]
    named += [(run.room, ix.rooms) for run in schedule.sessions]
    named += [(who, ix.staff) for run in schedule.sessions for who in run.staff]
    named += [(who, ix.clients) for run in schedule.sessions for who in run.clients]
    named += [(appt.staff, ix.staff) for appt in schedule.appointments]
    named += [(test.client, ix.clients) for test in schedule.udt]
    strangers = [one for one, known in named if one not in known]
    strangers += [a.requirement for a in schedule.appointments if (a.client, a.requirement) not in ix.needs]
    if strangers:
        raise BadInput("The schedule names {id}, which the problem does not know.", id=strangers[0])
