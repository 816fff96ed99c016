"""repair(): the published week after an event, with as few changes for other people as it takes."""

import time
from collections.abc import Iterator
from typing import TYPE_CHECKING

from daybridge.scheduling.solver import score
from daybridge.scheduling.solver.explaining.alone import can_reach_alone
from daybridge.scheduling.solver.ground import Ground, survey
from daybridge.scheduling.solver.mending import first, holders
from daybridge.scheduling.solver.mending.case import Case, cost, opened
from daybridge.scheduling.solver.mending.damage import refuse_strangers
from daybridge.scheduling.solver.mending.events import Event, Moment
from daybridge.scheduling.solver.mending.result import RepairResult, answer
from daybridge.scheduling.solver.model import Problem, Schedule
from daybridge.scheduling.solver.roster import Roster
from daybridge.scheduling.solver.solve import Limits

if TYPE_CHECKING:
    from daybridge.scheduling.solver.exact import Effort

RING_SECONDS, RING_WORK = 0.9, 1.5
"""Limits of one ring."""
AT_ONCE = Limits(seconds=4)


def repair(problem: Problem, published: Schedule, event: Event, now: Moment, limits: Limits = AT_ONCE) -> RepairResult:
    """The best answer of repairs(). Raises BadInput when event, schedule and problem do not belong together."""
    *_, last = repairs(problem, published, event, now, limits)
    return last


def repairs(
    problem: Problem, published: Schedule, event: Event, now: Moment, limits: Limits = AT_ONCE
) -> Iterator[RepairResult]:
    """Every answer, each at least as good as the one before; the first touches nobody the event does not concern.

    Only the site of the event is looked at. Nothing that starts before `now` changes.
    """
    began = time.monotonic()
    refuse_strangers(problem, published)
    case = opened(problem, published, event, now)
    best, untouched, ground = case.start, None, None
    for best in first.answers(case, _effort(limits, began)):
        yield answer(case, best, 0, None, began)
    short = _could_reach(case, best)
    if not all(case.alone.values()):
        yield answer(case, best, 0, None, began)  # now it is known who cannot reach the hours at all
    for number, more in ((1, holders.FIRST), (2, holders.FIRST + holders.SECOND)):
        if not short or _spent(limits, began):
            return
        ground = ground or survey(case.new)
        better = _wider(case, ground, best, (short, more), _effort(limits, began))
        if better is not None:
            untouched, best = untouched or best, better
            short = _could_reach(case, best)
            yield answer(case, best, number, untouched, began)


def _effort(limits: Limits, began: float) -> "Effort":
    from daybridge.scheduling.solver.exact import Effort

    if limits.deterministic:
        return Effort(RING_WORK, None, limits.seed)
    left = limits.seconds - (time.monotonic() - began)
    return Effort(RING_WORK, max(0.1, min(RING_SECONDS, left)), limits.seed)


def _spent(limits: Limits, began: float) -> bool:
    return not limits.deterministic and time.monotonic() - began > limits.seconds


def _could_reach(case: Case, roster: Roster) -> frozenset[str]:
    """Those concerned who are short and would not be, had they the clinic to themselves."""
    out = set()
    for who in sorted(case.own):
        client = case.ix.clients[who]
        if not score.has_reached(case.ix, client, roster.week(who)):
            if who not in case.alone:
                case.alone[who] = can_reach_alone(case.new, who)
            if case.alone[who]:
                out.add(who)
    return frozenset(out)


def _wider(
    case: Case, ground: Ground, best: Roster, more: tuple[frozenset[str], int], effort: "Effort"
) -> Roster | None:
    """The ring around those who are short; None if it is no better than what there is."""
    from daybridge.scheduling.solver.mending.rings import Ring, solve_ring

    short, most = more
    free = case.own | frozenset(holders.ranked(ground, best, short, case.own)[:most])
    ring = Ring(free, locked=False, keeps=(case.reached - case.own) & free)
    found = solve_ring(ground, best, case.before, ring, effort)
    return found if found is not None and cost(case, found) < cost(case, best) else None
