"""The search itself: pick clients, solve their part, keep what is not worse; the parts grow while they are easy."""

import random
from collections.abc import Callable
from dataclasses import dataclass, field

from daybridge.scheduling.solver.exact import Effort, Part, solve_part
from daybridge.scheduling.solver.ground import Ground
from daybridge.scheduling.solver.roster import Roster, sizes
from daybridge.scheduling.solver.score import client_cost, session_cost
from daybridge.scheduling.solver.search.neighbours import PICKS, scene

WORK, EASY = 0.3, 0.12
"""Deterministic time of one part; below EASY a proved part was easy."""
FIRST, LEAST, MOST = 4.0, 3.0, 24.0
"""How many clients are freed: at first, at least, at most."""
LOOSE = 0.3
"""How often sessions that others sit in may change room and team too."""


@dataclass(slots=True)
class Search:
    """A search that can be taken up again. The same seed and rounds give the same roster."""

    ground: Ground
    roster: Roster
    seed: int
    size: float = FIRST
    rounds: int = 0
    dice: random.Random = field(init=False)
    costs: dict[str, int] = field(init=False)

    def __post_init__(self) -> None:
        self.dice = random.Random(self.seed)
        self.adopt(self.roster)

    def adopt(self, roster: Roster) -> None:
        """Go on from another roster."""
        self.roster = roster
        ix = self.ground.ix
        self.costs = {c.id: client_cost(ix, c, roster.week(c.id)) for c in ix.problem.clients}

    @property
    def cost(self) -> int:
        """The cost of the roster."""
        return sum(self.costs.values()) + timetable_cost(self.ground, self.roster)


def timetable_cost(ground: Ground, roster: Roster) -> int:
    """The part of the cost that is no client's own."""
    count, cost = sizes(roster), 0
    for session in ground.ix.problem.sessions:
        run = roster.runs.get(session.id)
        cost += session_cost(ground.ix, session, len(run.team) if run else 0, count.get(session.id, 0))
    return cost


def improve(search: Search, stop: Callable[[], bool], rounds: int | None = None) -> int:
    """Search until stopped, or for so many rounds; by how much the cost fell."""
    before = search.cost
    last = None if rounds is None else search.rounds + rounds
    while search.ground.ix.problem.clients and not stop() and (last is None or search.rounds < last):
        search.rounds += 1
        _round(search)
    return before - search.cost


def _round(search: Search) -> None:
    look = scene(search.ground, search.roster, search.costs, search.dice)
    free = search.dice.choice(PICKS)(look, max(1, round(search.size)))
    loose = _loose(search) if search.dice.random() < LOOSE else frozenset[str]()
    part = Part(frozenset(free), loose)
    answer = solve_part(search.ground, search.roster, part, Effort(WORK, seed=search.rounds))
    if answer is None:
        search.size = max(LEAST, search.size * 0.95)
        return
    if answer.proved and answer.work < EASY:
        search.size = min(MOST, search.size * 1.04)
    elif not answer.proved:
        search.size = max(LEAST, search.size * 0.95)
    _keep_if_not_worse(search, answer.roster, free)


def _keep_if_not_worse(search: Search, roster: Roster, free: list[str]) -> None:
    ix = search.ground.ix
    costs = {who: client_cost(ix, ix.clients[who], roster.week(who)) for who in free}
    change = sum(costs[who] - search.costs[who] for who in free)
    change += timetable_cost(search.ground, roster) - timetable_cost(search.ground, search.roster)
    if change <= 0:
        search.roster = roster
        search.costs.update(costs)


def _loose(search: Search) -> frozenset[str]:
    """The running sessions of one day that have a choice of room or team."""
    day = search.dice.randrange(7)
    return frozenset(
        s.id
        for s in search.ground.ix.problem.sessions
        if s.day == day and s.id in search.roster.runs and (len(s.staff_options) > 1 or len(s.room_options) > 1)
    )
