"""The first answers: only those the event concerns change, and people whose group falls under its minimum."""

from collections.abc import Collection, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from daybridge.kit.errors import BadInput
from daybridge.scheduling.solver.ground import survey
from daybridge.scheduling.solver.mending import groups, holders
from daybridge.scheduling.solver.mending.case import Case, cost
from daybridge.scheduling.solver.model import Problem
from daybridge.scheduling.solver.roster import Roster, sizes

if TYPE_CHECKING:
    from daybridge.scheduling.solver.exact import Effort

FEW = 8
"""So many people are solved together at once; more are placed one by one first."""


def answers(case: Case, effort: "Effort") -> Iterator[Roster]:
    """One or two rosters without a broken rule, the better one last.

    Raises BadInput when the published week breaks rules the event does not touch.
    """
    if not case.own:
        yield case.start
        return
    doomed = groups.too_small(case, case.own)
    free = case.own | groups.people(case.start, doomed) | groups.recruits(case, doomed, holders.FIRST)
    if len(free) <= FEW:
        found = _together(case, case.start, free, effort)
        if found is not None:
            yield found
            return
    placed, touched = _one_by_one(case, effort)
    yield placed
    start = Roster(placed.weeks, case.start.runs | placed.runs)
    found = _together(case, start, free | touched, effort)
    if found is not None and cost(case, found) < cost(case, placed):
        yield found


def _together(case: Case, start: Roster, free: frozenset[str], effort: "Effort") -> Roster | None:
    """Everybody free at once, the timetable locked; those who had their hours keep them."""
    from daybridge.scheduling.solver.mending.rings import Ring, solve_ring

    ring = Ring(free, locked=True, keeps=(case.reached - case.own) & free)
    return solve_ring(survey(case.new, free), start, case.before, ring, effort)


def _one_by_one(case: Case, effort: "Effort") -> tuple[Roster, frozenset[str]]:
    """Each of those concerned alone; then groups left too small close, and their people likewise."""
    from daybridge.scheduling.solver.mending.rings import Ring, solve_ring

    roster, waiting, touched = case.start.copy(), case.own, frozenset[str]()
    effort = replace(effort, seconds=None)  # one client is quick, and there must be an answer
    while waiting:
        touched |= waiting
        ground = survey(_lenient(case, roster, waiting), waiting)
        for who in sorted(waiting, key=lambda one: (-case.ix.clients[one].priority, one)):
            found = solve_ring(ground, roster, case.before, Ring(frozenset({who}), locked=True, capped=False), effort)
            if found is None:
                raise BadInput("The schedule breaks rules that this event does not touch; it cannot be repaired.")
            roster = found
        small = [one for one in _small(case, roster) if one in roster.runs]
        waiting = groups.people(roster, small)
        for one in small:
            del roster.runs[one]
        for who in waiting:
            week = roster.weeks[who]
            roster.weeks[who] = week._replace(sessions=tuple(one for one in week.sessions if one not in small))
    return roster, touched


def _small(case: Case, roster: Roster) -> list[str]:
    """Groups still to come under their minimum."""
    rows = ((case.ix.sessions[one], count) for one, count in sizes(roster).items())
    return sorted(s.id for s, count in rows if count < s.min_size and not case.ix.is_past(s.day, s.start))


def _lenient(case: Case, roster: Roster, waiting: Collection[str]) -> Problem:
    """The problem with group minimums that let any of those waiting leave any group."""
    stay = sizes(Roster({who: week for who, week in roster.weeks.items() if who not in waiting}, roster.runs))
    rows = tuple(replace(s, min_size=min(s.min_size, stay.get(s.id, s.min_size))) for s in case.new.sessions)
    return replace(case.new, sessions=rows)
