"""What stands between a client and a week that would do, when others are where they are. Loads OR-Tools."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from ortools.sat.python import cp_model

from daybridge.scheduling.solver import score
from daybridge.scheduling.solver.board import Week
from daybridge.scheduling.solver.check import Booking
from daybridge.scheduling.solver.exact import Effort, Part, build, read, solve_part
from daybridge.scheduling.solver.exact.solving import quiet_solver
from daybridge.scheduling.solver.explaining.alone import alone
from daybridge.scheduling.solver.explaining.client import ClientExplanation
from daybridge.scheduling.solver.ground import Ground, survey
from daybridge.scheduling.solver.index import Index, index, meet
from daybridge.scheduling.solver.model import Problem, Schedule
from daybridge.scheduling.solver.occupied import Spans, busy, members, seats, span
from daybridge.scheduling.solver.roster import Roster, roster_of

PRICE = 1_000
"""What using something that others hold costs while the least of it is looked for."""
MOST_ASKED = 40
"""People in full sessions who are asked whether they could move."""


@dataclass(frozen=True, slots=True)
class _Held:
    """What others hold: sessions without a seat, that do not run, with somebody to be kept apart from; busy staff."""

    full: frozenset[str]
    closed: frozenset[str]
    apart: frozenset[str]
    busy: Spans

    def toll(self, ix: Index) -> Callable[[Booking], int]:
        """The price of a booking that takes what others hold."""

        def of(booking: Booking) -> int:
            if booking[0] == "group":
                return PRICE if booking[2] in self.full | self.closed | self.apart else 0
            start = int(booking[5])
            end = start + ix.needs[str(booking[1]), str(booking[2])].minutes
            spans = self.busy.get((str(booking[3]), int(booking[4])), ())
            return PRICE if any(meet(start, end, *span) for span in spans) else 0

        return of


def among_others(problem: Problem, schedule: Schedule, client_id: str, known: ClientExplanation) -> ClientExplanation:
    """The explanation completed for a client who could reach the hours alone."""
    ix, roster = index(problem), roster_of(schedule)
    held = _held(ix, roster, client_id)
    week = _least(problem, ix, held, client_id)
    full = tuple(one for one in week.sessions if one in held.full)
    return replace(
        known,
        full_sessions=full,
        closed_sessions=tuple(one for one in week.sessions if one in held.closed),
        apart=sum(1 for one in week.sessions if one in held.apart),
        busy_staff=tuple(_taken(ix, held, week)),
        could_move=_could_move(problem, ix, roster, full),
    )


def _held(ix: Index, roster: Roster, client_id: str) -> _Held:
    mine, people = set(roster.week(client_id).sessions), members(roster)
    runs = {one: run for one, run in roster.runs.items() if one not in mine}
    full = {one for one, run in runs.items() if len(people.get(one, ())) >= seats(ix, ix.sessions[one], run)}
    closed = set(ix.sessions) - set(roster.runs)
    apart = {one for other, _ in ix.apart.get(client_id, ()) for one in roster.week(other).sessions}
    return _Held(frozenset(full), frozenset(closed), frozenset(apart - full - closed), busy(ix, roster, but=client_id))


def _least(problem: Problem, ix: Index, held: _Held, client_id: str) -> Week:
    """The week that reaches the hours and takes least of what others hold."""
    lonely = alone(problem, client_id)
    model = build(survey(lonely), Roster(), Part(frozenset({client_id}), toll=held.toll(ix)))
    model.cp.add(model.reached[client_id] == 1)
    solver = quiet_solver(Effort(work=3.0))
    if solver.solve(model.cp) not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return Week()
    return read(model, solver).week(client_id)


def _taken(ix: Index, held: _Held, week: Week) -> list[tuple[str, int, int, int]]:
    toll, out = held.toll(ix), []
    for appt in week.appointments:
        if toll(("appt", appt.client, appt.requirement, appt.staff, appt.day, appt.start)):
            out.append((appt.staff, appt.day, *span(ix, appt)))
    return out


def _could_move(problem: Problem, ix: Index, roster: Roster, full: tuple[str, ...]) -> int:
    """How many people in the full sessions reach their hours without them, everybody else staying."""
    people = sorted({who for one, rows in members(roster).items() if one in full for who in rows})
    people = [who for who in people if score.has_reached(ix, ix.clients[who], roster.week(who))][:MOST_ASKED]
    if not people:
        return 0
    left = tuple(s for s in problem.sessions if s.id not in full or ix.is_past(s.day, s.start))
    kept = _emptied(roster, full)
    ground = survey(replace(problem, sessions=left), people)
    return sum(1 for who in people if _reaches(ground, kept, who))


def _emptied(roster: Roster, full: tuple[str, ...]) -> Roster:
    weeks = {who: _without(week, full) for who, week in roster.weeks.items()}
    return Roster(weeks, {one: run for one, run in roster.runs.items() if one not in full})


def _reaches(ground: Ground, roster: Roster, who: str) -> bool:
    found = solve_part(ground, roster, Part(frozenset({who}), locked=True), Effort(work=0.3))
    return found is not None and score.has_reached(ground.ix, ground.ix.clients[who], found.roster.week(who))


def _without(week: Week, sessions: tuple[str, ...]) -> Week:
    return week._replace(sessions=tuple(one for one in week.sessions if one not in sessions))
