"""solve(): the interface the scheduling design promises, answered by the plain placement."""

import time
from collections.abc import Callable
from dataclasses import dataclass, replace

from daybridge.scheduling.solver.board import Board
from daybridge.scheduling.solver.check import CheckReport, check
from daybridge.scheduling.solver.index import index
from daybridge.scheduling.solver.model import Problem, Schedule
from daybridge.scheduling.solver.place import place_site, schedule_of
from daybridge.scheduling.solver.validate import validate


@dataclass(frozen=True, slots=True)
class Limits:
    """What a run may use.

    After `seconds` the placement stops improving (everybody is still placed once), unless `deterministic`.
    The other fields are for the solver to come; the placement has no use for them.
    """

    seconds: float = 60
    iterations: int | None = None
    seed: int = 1
    processes: int = 1
    target_gap: float = 0.01
    deterministic: bool = False


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

    `status`: feasible (no hard rule broken), unmet (a commitment of H23 is not kept, or what is past breaks a rule:
    not a proof that nothing better exists; check() says which), cancelled, invalid (validate() found issues; the
    schedule is empty). `lower_bound` is 0 and `reached_upper_bound` the number of clients: true, and of no use until
    the solver proves better ones.
    """

    schedule: Schedule
    objective: int
    terms: dict[str, int]
    lower_bound: int
    reached: int
    reached_upper_bound: int
    status: str
    trace: tuple[TracePoint, ...]


Progress = Callable[[float, int, int, int], None]


def solve(
    problem: Problem,
    limits: Limits = Limits(),
    start: Schedule | None = None,
    on_progress: Progress | None = None,
    cancel: Callable[[], bool] | None = None,
) -> Result:
    """Place the week of every site, one after the other; the same problem always gives the same schedule.

    `start` is handed back instead if it breaks no rule and costs less. `cancel` is asked between clients; `on_progress`
    gets (seconds, objective, bound, reached) after each site. Never raises on a problem that cannot be met.
    """
    if validate(problem):
        empty = Schedule(problem.name)
        return Result(empty, 0, {}, 0, 0, len(problem.clients), "invalid", ())
    clock, ix = time.monotonic, index(problem)
    began, boards, trace = clock(), list[Board](), list[TracePoint]()
    stop = _latched(cancel)

    def rest() -> bool:
        return stop() or (not limits.deterministic and clock() - began > limits.seconds)

    for site in problem.sites:
        boards.append(place_site(ix, site.id, stop, rest))
        report = check(problem, schedule_of(problem, boards))
        trace.append(TracePoint(clock() - began, report.objective, 0, len(report.reached)))
        if on_progress is not None:
            on_progress(trace[-1].seconds, report.objective, 0, len(report.reached))
    schedule = _better(problem, schedule_of(problem, boards), start)
    return _result(problem, schedule, "cancelled" if stop() else "", tuple(trace))


def _latched(cancel: Callable[[], bool] | None) -> Callable[[], bool]:
    """A question that stays answered once the answer was yes."""
    said: list[bool] = []

    def stop() -> bool:
        if cancel is not None and not said and cancel():
            said.append(True)
        return bool(said)

    return stop


def _better(problem: Problem, placed: Schedule, start: Schedule | None) -> Schedule:
    if start is None:
        return placed
    bare = replace(start, objective=None)
    ours, theirs = check(problem, placed), check(problem, bare)
    return bare if theirs.ok and (theirs.objective < ours.objective or not ours.ok) else placed


def _result(problem: Problem, schedule: Schedule, status: str, trace: tuple[TracePoint, ...]) -> Result:
    report: CheckReport = check(problem, schedule)
    return Result(
        schedule=replace(schedule, objective=report.objective),
        objective=report.objective,
        terms=report.terms,
        lower_bound=0,
        reached=len(report.reached),
        reached_upper_bound=len(problem.clients),
        status=status or ("feasible" if report.ok else "unmet"),
        trace=trace,
    )
