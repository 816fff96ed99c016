"""solve(): the best week within the limits, with a proof of how much better one could be."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from importlib.metadata import version

from daybridge.scheduling.solver.check import check
from daybridge.scheduling.solver.many.job import Order, State, begin
from daybridge.scheduling.solver.many.pool import Field, solve_parts
from daybridge.scheduling.solver.many.split import split
from daybridge.scheduling.solver.model import Problem, Schedule
from daybridge.scheduling.solver.validate import validate

ROUNDS = 40
"""Rounds of search where no clock counts and no number of iterations is given."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What a run may use.

    `deterministic`, or `iterations` (rounds of search), leave the clock out: the same problem, seed and iterations
    give the same schedule byte for byte, whatever the machine and however many processes. `target_gap` is the proven
    gap at which a run may stop early; 0 goes on to the end of `seconds`. `processes` above 1 solves sites side by
    side in processes of their own.
    """

    seconds: float = 60
    iterations: int | None = None
    seed: int = 1
    processes: int = 1
    target_gap: float = 0.01
    deterministic: bool = False

    @property
    def has_clock(self) -> bool:
        """Whether seconds count."""
        return not self.deterministic and self.iterations is None


@dataclass(frozen=True, slots=True)
class TracePoint:
    """The state of a run at one moment."""

    seconds: float
    objective: int
    bound: int
    reached: int


@dataclass(frozen=True, slots=True)
class Result:
    """The best schedule found.

    `status`: optimal (objective == lower_bound), feasible (no rule broken), infeasible (the commitments of H23
    contradict each other: proven, explain_infeasible() says which; the schedule keeps every other rule), unmet (a
    commitment is not kept, or what is past breaks a rule, and nothing is proven), cancelled, invalid (validate() found
    issues; the schedule is empty). `lower_bound` is proven. `reached_upper_bound` counts the clients who could reach
    their hours alone in an empty clinic: exact once a run had the time to look, else everybody.
    """

    schedule: Schedule
    objective: int
    terms: dict[str, int]
    lower_bound: int
    reached: int
    reached_upper_bound: int
    status: str
    trace: tuple[TracePoint, ...]
    versions: dict[str, str] = field(default_factory=dict)


Progress = Callable[[float, int, int, int], None]


def solve(
    problem: Problem,
    limits: Limits = Limits(),
    start: Schedule | None = None,
    on_progress: Progress | None = None,
    cancel: Callable[[], bool] | None = None,
) -> Result:
    """Solve the week of every site and hand back the best schedule that breaks no hard rule; at any time there is one.

    `start` is where the search begins if it is legal. `cancel` is asked between steps; `on_progress` gets (seconds,
    objective, bound, reached) whenever one of them gets better. Never raises on a problem that cannot be met.
    """
    if validate(problem):
        empty = Schedule(problem.name)
        return Result(empty, 0, {}, 0, 0, len(problem.clients), "invalid", ())
    run = _Run(on_progress)
    parts, stop = split(problem), _latched(cancel)
    states = [begin(part, _piece(part, start, len(parts))) for part in parts]
    run.tell(states, parts)
    order = Order(
        limits.seconds if limits.has_clock else None, limits.iterations or ROUNDS, limits.seed, limits.target_gap
    )
    everything = Field(parts, states, order, limits.processes, lambda *_: run.tell(states, parts), stop, run.began)
    solve_parts(everything)
    return _result(problem, states, run, "cancelled" if stop() else "")


@dataclass(slots=True)
class _Run:
    """The clock and the trace."""

    on_progress: Progress | None
    began: float = field(default_factory=time.monotonic)
    trace: list[TracePoint] = field(default_factory=list)

    def tell(self, states: list[State], parts: list[Problem]) -> None:
        """Note where everything stands, if anything got better."""
        point = TracePoint(
            round(time.monotonic() - self.began, 3),
            sum(state.cost for state in states),
            sum(state.bound for state in states),
            sum(state.reached for state in states),
        )
        last = self.trace[-1] if self.trace else None
        if last is None or (point.objective, point.bound) != (last.objective, last.bound):
            self.trace.append(point)
            if self.on_progress is not None:
                self.on_progress(point.seconds, point.objective, point.bound, point.reached)


def _piece(part: Problem, start: Schedule | None, parts: int) -> Schedule | None:
    """What of a start belongs to a part."""
    if start is None or parts == 1:
        return start
    sessions, clients = {s.id for s in part.sessions}, {c.id for c in part.clients}
    return Schedule(
        start.instance,
        tuple(one for one in start.sessions if one.id in sessions),
        tuple(one for one in start.appointments if one.client in clients),
        tuple(one for one in start.udt if one.client in clients),
    )


def _latched(cancel: Callable[[], bool] | None) -> Callable[[], bool]:
    """A question that stays answered once the answer was yes."""
    said: list[bool] = []

    def stop() -> bool:
        if cancel is not None and not said and cancel():
            said.append(True)
        return bool(said)

    return stop


def _whole(problem: Problem, states: list[State]) -> Schedule:
    """The parts as one schedule, in the order of the problem."""
    runs = {run.id: run for state in states for run in state.schedule.sessions}
    order = {client.id: number for number, client in enumerate(problem.clients)}
    appointments = [appt for state in states for appt in state.schedule.appointments]
    tests = [test for state in states for test in state.schedule.udt]
    return Schedule(
        problem.name,
        tuple(runs[s.id] for s in problem.sessions if s.id in runs),
        tuple(sorted(appointments, key=lambda a: (order[a.client], a.day, a.start, a.requirement))),
        tuple(sorted(tests, key=lambda t: (order[t.client], t.day))),
    )


def _result(problem: Problem, states: list[State], run: _Run, status: str) -> Result:
    schedule = _whole(problem, states)
    report = check(problem, schedule)
    bound = min(report.objective, sum(state.bound for state in states))
    return Result(
        schedule=replace(schedule, objective=report.objective),
        objective=report.objective,
        terms=report.terms,
        lower_bound=bound,
        reached=len(report.reached),
        reached_upper_bound=sum(state.could_reach for state in states),
        status=status or _status(problem, report.ok, report.objective <= bound),
        trace=tuple(run.trace),
        versions={name: version(name) for name in ("ortools", "highspy")},
    )


def _status(problem: Problem, is_whole: bool, is_proven: bool) -> str:
    if is_whole:
        return "optimal" if is_proven else "feasible"
    from daybridge.scheduling.solver.explaining.clash import explain_infeasible

    try:
        proven = problem.frozen is None and explain_infeasible(problem) is not None
    except RuntimeError:  # undecided within its limits
        proven = False
    return "infeasible" if proven else "unmet"
