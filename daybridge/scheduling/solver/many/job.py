"""One part from its first legal week to its last improvement: the steps, and the clock that divides time among them."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from daybridge.scheduling.solver.check import check
from daybridge.scheduling.solver.first import last_week_again
from daybridge.scheduling.solver.ground import Ground, survey
from daybridge.scheduling.solver.model import Problem, Schedule
from daybridge.scheduling.solver.place import place_site, schedule_of
from daybridge.scheduling.solver.roster import roster_of
from daybridge.scheduling.solver.roster import schedule_of as as_schedule

if TYPE_CHECKING:
    from daybridge.scheduling.solver.search import Search

NOTHING_PROVED = -1
WARM, GENERATE, CHOOSE = 0.1, 0.6, 0.8
"""Shares of the time at which the first search, column generation and the integer master end."""
SHORT = 1.0
"""With fewer seconds left than this nothing more is begun."""
LONGEST = 12.0
"""Seconds of the first search at most."""
TURN = 15.0
"""Seconds of search between two looks at the integer master."""


@dataclass(frozen=True, slots=True)
class Order:
    """What one part may use. Without `seconds` only `rounds` count and no clock is looked at."""

    seconds: float | None
    rounds: int
    seed: int
    gap: float
    again: bool = False
    """Whether the part was worked on before: no need to place it anew."""


@dataclass(frozen=True, slots=True)
class State:
    """How far a part is. `able` is how many clients could reach their hours alone, -1 while nobody has counted."""

    schedule: Schedule
    cost: int
    broken: int
    """Commitments not kept."""
    reached: int
    bound: int = 0
    able: int = NOTHING_PROVED
    everybody: int = 0

    @property
    def could_reach(self) -> int:
        """How many clients could reach their hours at most, as far as anybody knows."""
        return self.everybody if self.able == NOTHING_PROVED else self.able

    @property
    def rank(self) -> tuple[int, int]:
        """Smaller is better: commitments first."""
        return self.broken, self.cost


Report = Callable[[State], None]


@dataclass(slots=True)
class Job:
    """One part while it is solved. `state` is always legal."""

    problem: Problem
    order: Order
    report: Report
    cancelled: Callable[[], bool]
    state: State
    began: float = field(default_factory=time.monotonic)

    def stop_at(self, share: float) -> Callable[[], bool]:
        """A question that says yes after this share of the time, when cancelled, or when nothing is left to gain."""

        def stop() -> bool:
            late = self.order.seconds is not None and time.monotonic() - self.began > share * self.order.seconds
            return late or self.cancelled() or self.is_good_enough()

        return stop

    def left(self, share: float) -> float:
        """Seconds left of this share of the time; a day where no clock counts."""
        return 86400.0 if self.order.seconds is None else share * self.order.seconds - (time.monotonic() - self.began)

    def is_good_enough(self) -> bool:
        """Whether the proven gap is the one asked for, or none is left."""
        state = self.state
        near = state.able != NOTHING_PROVED and state.cost - state.bound <= self.order.gap * state.cost
        return state.broken == 0 and (near or state.cost <= state.bound)

    def offer(self, schedule: Schedule) -> bool:
        """Take a schedule if it is legal and better; whether it was."""
        judged = judge(self.problem, schedule)
        if judged is None or judged.rank >= self.state.rank:
            return False
        self.state = replace(judged, bound=self.state.bound, able=self.state.able)
        self.report(self.state)
        return True

    def learn(self, bound: int, able: int) -> None:
        """A better proof."""
        self.state = replace(self.state, bound=max(bound, self.state.bound), able=able)
        self.report(self.state)


def judge(problem: Problem, schedule: Schedule) -> State | None:
    """A schedule's worth; None if it breaks a rule other than a commitment (or, where time has passed, of the past)."""
    report = check(problem, schedule)
    broken = [one for one in report.violations if one.rule != "H23"]
    if broken and problem.frozen is None:
        return None
    bare = replace(schedule, objective=None)
    broken_count = len(report.violations)
    return State(bare, report.objective, broken_count, len(report.reached), everybody=len(problem.clients))


def begin(problem: Problem, start: Schedule | None) -> State:
    """Something legal within a moment: what was given, last week again, or nothing at all."""
    nothing = judge(problem, Schedule(problem.name))
    options = [start] if start is not None else []
    if problem.frozen is None and len(problem.sites) == 1:
        ground = survey(problem)
        options.append(schedule_of(problem, [last_week_again(ground.ix, site.id) for site in problem.sites]))
    judged = [state for state in (judge(problem, one) for one in options) if state is not None]
    return min([*([nothing] if nothing else []), *judged], key=lambda state: state.rank)


def run(job: Job) -> State:
    """Every step in turn, as far as time goes."""
    ground, stop = survey(job.problem), job.stop_at(1.0)
    if not job.cancelled() and not job.order.again:
        _greedy(job, ground)
    if stop() or job.left(1.0) < SHORT:
        return job.state
    from daybridge.scheduling.solver.search import Search  # loads OR-Tools: after the first good week

    search = Search(ground, roster_of(job.state.schedule), job.order.seed)
    if not job.order.again:
        _search(job, search, min(WARM, LONGEST / job.order.seconds) if job.order.seconds else WARM)
    if job.problem.frozen is None and not stop():
        _prove(job, ground, search)
    while not stop() and job.order.seconds is not None:
        _search(job, search, 1.0)
    return job.state


def _greedy(job: Job, ground: Ground) -> None:
    """Everybody placed once, however little time there is; better while there is some."""
    late = job.stop_at(1.0)
    if len(job.problem.sites) == 1:
        boards = [place_site(ground.ix, site.id, job.cancelled, late) for site in job.problem.sites]
        job.offer(schedule_of(job.problem, boards))


def _search(job: Job, search: "Search", share: float) -> None:
    """Search for a turn and offer what comes of it."""
    from daybridge.scheduling.solver.search import improve

    stop, turn = job.stop_at(share), time.monotonic()

    def pause() -> bool:
        return stop() or (job.order.seconds is not None and time.monotonic() - turn > 2.0)

    while not stop():
        turn = time.monotonic()
        before = search.cost
        improve(search, pause, job.order.rounds if job.order.seconds is None else None)
        if search.cost < before:
            job.offer(as_schedule(search.ground.ix, search.roster))
        if job.order.seconds is None:
            return


def _prove(job: Job, ground: Ground, search: "Search") -> None:
    """Column generation, the integer master, and turns of search and master until the time is up."""
    from daybridge.scheduling.solver.columns.generate import enrich, feed, generate, prepare, reachable, settle
    from daybridge.scheduling.solver.columns.integer import Limit, choose

    stop = job.stop_at(1.0)
    hunt = prepare(ground, stop)
    if hunt is None:
        return
    job.learn(settle(hunt), reachable(hunt))
    feed(hunt, [search.roster])
    generate(hunt, job.stop_at(GENERATE))
    job.learn(hunt.lower, reachable(hunt))
    share, turns = CHOOSE, 0
    while not stop() and (job.order.seconds is not None or turns < 2):
        turns += 1
        feed(hunt, [search.roster])
        among = enrich(hunt, job.state.cost)
        chosen = choose(hunt.master, search.roster, among, Limit(*_limits(job, share), stop))
        if chosen is not None and job.offer(as_schedule(ground.ix, chosen)):
            search.adopt(chosen)
        share = 1.0
        begun = time.monotonic()
        _turn(job, search, begun)
    hunt.master.forget()


def _limits(job: Job, share: float) -> tuple[float, int | None]:
    """(seconds, nodes) of the integer master."""
    if job.order.seconds is None:
        return 86400.0, NODES
    return max(1.0, min(60.0, job.left(share))), None


NODES = 30
"""Nodes of the integer master where no clock counts."""


def _turn(job: Job, search: "Search", begun: float) -> None:
    if job.order.seconds is None:
        _search(job, search, 1.0)
        return
    share = (begun - job.began + TURN) / job.order.seconds
    _search(job, search, min(1.0, share))
