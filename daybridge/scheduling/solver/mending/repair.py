"""repair(): the published week after an event, with as few changes for other people as it takes."""

import time
from collections.abc import Iterator
from typing import TYPE_CHECKING

from daybridge.kit.errors import BadInput
from daybridge.scheduling.solver import score
from daybridge.scheduling.solver.check import bookings
from daybridge.scheduling.solver.explaining.alone import can_reach_alone
from daybridge.scheduling.solver.ground import Ground, survey
from daybridge.scheduling.solver.index import is_free_for, may_join
from daybridge.scheduling.solver.mending import helpers
from daybridge.scheduling.solver.mending.case import Case, opened
from daybridge.scheduling.solver.mending.damage import refuse_strangers
from daybridge.scheduling.solver.mending.events import Event, Moment
from daybridge.scheduling.solver.mending.result import RepairResult, answer
from daybridge.scheduling.solver.model import Problem, Schedule
from daybridge.scheduling.solver.roster import Roster, schedule_of
from daybridge.scheduling.solver.solve import Limits

if TYPE_CHECKING:
    from daybridge.scheduling.solver.exact import Effort
    from daybridge.scheduling.solver.mending.rings import Ring

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
    best = _first(case, _effort(limits, began))
    short, untouched, ground = _could_reach(case, best), None, None
    yield answer(case, best, 0, None, began)
    for number, more in ((1, helpers.FIRST), (2, helpers.FIRST + helpers.SECOND)):
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


def _first(case: Case, effort: "Effort") -> Roster:
    """The answer that changes only those concerned, and people whose group would fall under its minimum."""
    from daybridge.scheduling.solver.mending.rings import solve_ring

    free = case.own | _starved(case, case.own, possible=True)
    if not free:
        return case.start
    for attempt in _attempts(case, free):
        ground = survey(case.new, attempt.free)
        found = solve_ring(ground, case.start, case.before, attempt, effort)
        if found is not None:
            return found
    raise BadInput("The schedule breaks rules that this event does not touch; it cannot be repaired.")


def _attempts(case: Case, free: frozenset[str]) -> "Iterator[Ring]":
    """Rings to try in turn: as is, with the people of groups that may become too small, and with nothing promised."""
    from daybridge.scheduling.solver.mending.rings import Ring

    keeps = case.reached - case.own
    yield Ring(free, locked=True, keeps=keeps & free)
    more = free | _starved(case, free, possible=False)
    yield Ring(more, locked=True, keeps=keeps & more)
    yield Ring(more, locked=False)
    yield Ring(more, locked=False, capped=False)


def _starved(case: Case, free: frozenset[str], *, possible: bool) -> frozenset[str]:
    """People of running groups that would be too small without the free: with all of them back in, or with none.

    A few people who could join such a group come with them.
    """
    ix, out = case.ix, set[str]()
    members: dict[str, set[str]] = {}
    for who, week in case.start.weeks.items():
        for one in week.sessions:
            members.setdefault(one, set()).add(who)
    for one, people in members.items():
        session = ix.sessions[one]
        stay = people - free
        back = [w for w in free if may_join(ix.clients[w], session) and is_free_for(ix.clients[w], session)]
        held = len(stay) + (len(back) if possible else 0)
        if stay and held < session.min_size and not ix.is_past(session.day, session.start):
            out |= stay
            others = (c for c in case.new.clients if c.id not in people and c.id not in free)
            out |= {c.id for c in others if may_join(c, session) and is_free_for(c, session)}
    return frozenset(sorted(out)[: helpers.FIRST + helpers.SECOND])


def _wider(
    case: Case, ground: Ground, best: Roster, more: tuple[frozenset[str], int], effort: "Effort"
) -> Roster | None:
    """The ring around those who are short; None if it is no better than what there is."""
    from daybridge.scheduling.solver.mending.rings import Ring, solve_ring

    short, most = more
    free = case.own | frozenset(helpers.ranked(ground, best, short, case.own)[:most])
    ring = Ring(free, locked=False, keeps=(case.reached - case.own) & free)
    found = solve_ring(ground, best, case.before, ring, effort)
    if found is None or _cost(case, ground, found) >= _cost(case, ground, best):
        return None
    return found


def _cost(case: Case, ground: Ground, roster: Roster) -> int:
    return score.total(ground, roster) + case.before.cost(bookings(schedule_of(ground.ix, roster)))
