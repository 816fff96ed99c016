"""One change tried out: people short of hours placed anew, everybody else staying. Loads OR-Tools."""

from collections.abc import Collection, Sequence
from typing import NamedTuple

from ortools.sat.python import cp_model

from daybridge.scheduling.solver import score
from daybridge.scheduling.solver.exact import Effort, Part, build, read
from daybridge.scheduling.solver.exact.model import weighted
from daybridge.scheduling.solver.exact.solving import quiet_solver
from daybridge.scheduling.solver.ground import survey
from daybridge.scheduling.solver.model import Client, Problem
from daybridge.scheduling.solver.roster import Roster

FIRST_OF_ALL = 100_000
"""What one more person who reaches the hours is worth while a change is tried: more than anything else together."""
WORK, WORK_BASE = 0.4, 0.8
"""CP-SAT work of one change, and of the week with nothing changed."""


class Gain(NamedTuple):
    """Who newly reaches the hours, the minutes facilitators lead more, and what the week costs more."""

    people: tuple[str, ...]
    facilitator_minutes: int
    cost: int


class Trial:
    """A site's week with those short of hours placed as well as they can be with nothing changed."""

    def __init__(self, problem: Problem, roster: Roster, short: Sequence[Client]) -> None:
        everybody = [client.id for client in short]
        self.problem = problem
        self.roster = _placed(problem, roster, everybody, WORK_BASE) or roster
        self.reached = _reached(problem, self.roster, everybody)
        self.minutes, self.cost = _led(problem, self.roster), score.total(survey(problem, ()), self.roster)

    def gain(self, problem: Problem, people: Collection[str]) -> Gain:
        """What the changed problem would bring these people."""
        people = [one for one in people if one not in self.reached]
        found = _placed(problem, self.roster, people, WORK) if people else None
        if found is None:
            return Gain((), 0, 0)
        cost = score.total(survey(problem, ()), found) - self.cost
        return Gain(_reached(problem, found, people), max(0, _led(problem, found) - self.minutes), cost)


def _placed(problem: Problem, roster: Roster, people: Sequence[str], work: float) -> Roster | None:
    model = build(survey(problem, people), roster, Part(frozenset(people), loose=_growing(problem, roster)))
    for who in people:
        model.pay_unless(FIRST_OF_ALL, model.reached[who])
    model.cp.minimize(weighted(zip(model.terms, model.prices, strict=True)) + model.constant)
    solver = quiet_solver(Effort(work=work))
    if solver.solve(model.cp) not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return None
    return read(model, solver)


def _growing(problem: Problem, roster: Roster) -> frozenset[str]:
    """Running sessions whose team may grow: those that could have more facilitators than they have."""
    rows = {s.id: s for s in problem.sessions}
    return frozenset(
        one
        for one, run in roster.runs.items()
        if len(run.team) < min(rows[one].max_facilitators, len(rows[one].staff_options))
    )


def _reached(problem: Problem, roster: Roster, people: Collection[str]) -> tuple[str, ...]:
    ground = survey(problem, ())
    wanted = set(people)
    return tuple(c.id for c in problem.clients if c.id in wanted and score.has_reached(ground.ix, c, roster.week(c.id)))


def _led(problem: Problem, roster: Roster) -> int:
    minutes = {s.id: s.minutes for s in problem.sessions}
    return sum(minutes[one] * len(run.team) for one, run in roster.runs.items())
