"""A program as it is and as it would be, side by side, both weeks solved with the same limits."""

from dataclasses import dataclass, replace
from typing import NamedTuple

from daybridge.kit.errors import BadInput
from daybridge.scheduling.solver.check import check
from daybridge.scheduling.solver.explaining.changes import Change, changed
from daybridge.scheduling.solver.index import index
from daybridge.scheduling.solver.mending.damage import refuse_strangers
from daybridge.scheduling.solver.model import Problem, Schedule
from daybridge.scheduling.solver.occupied import seats
from daybridge.scheduling.solver.roster import Run
from daybridge.scheduling.solver.solve import Limits, solve
from daybridge.scheduling.solver.validate import validate


@dataclass(frozen=True, slots=True)
class Figures:
    """What a week comes to. Minutes are a week's.

    `waiting` have no booking at all; `seats` are those of the groups that run; `staff_minutes` are spent with clients;
    `overtime_minutes` are those of appointments that are due and found no staff time: what would have to be worked on
    top; `missed_appointments` is how many of them.
    """

    clients: int
    reached: int
    waiting: int
    sessions: int
    seats: int
    seats_taken: int
    group_minutes: int
    staff_minutes: int
    overtime_minutes: int
    missed_appointments: int
    objective: int


@dataclass(frozen=True, slots=True)
class Comparison:
    """The figures before and after a change, and the weeks they are of."""

    before: Figures
    after: Figures
    schedule_before: Schedule
    schedule_after: Schedule


AT_THE_DESK = Limits(seconds=5)


def compare(problem: Problem, schedule: Schedule, change: Change, limits: Limits = AT_THE_DESK) -> Comparison:
    """What the change would do. Both weeks are solved anew from `schedule`, each with half of the seconds.

    Raises BadInput when change, schedule and problem do not belong together.
    """
    refuse_strangers(problem, schedule)
    new = changed(problem, change)
    issues = validate(new)
    if issues:
        raise BadInput("The changed problem is not whole: {path} ({code}).", path=issues[0].path, code=issues[0].code)
    half = replace(limits, seconds=limits.seconds / 2)
    was = solve(problem, half, start=schedule).schedule
    then = solve(new, half, start=_still(new, was)).schedule
    return Comparison(figures(problem, was), figures(new, then), was, then)


def _still(problem: Problem, schedule: Schedule) -> Schedule | None:
    """The schedule as a start for the changed problem, if it breaks no rule of it."""
    bare = replace(schedule, objective=None)
    try:
        refuse_strangers(problem, bare)
    except BadInput:
        return None
    return bare if check(problem, bare).ok else None


def figures(problem: Problem, schedule: Schedule) -> Figures:
    """What this week comes to."""
    report = check(problem, replace(schedule, objective=None))
    needs = {(c.id, need.id): need for c in problem.clients for need in c.requirements}
    placed = {(a.client, a.requirement) for a in schedule.appointments}
    missed = [need.minutes for key, need in needs.items() if key not in placed]
    group = _groups(problem, schedule)
    whole = _Group(*map(sum, zip(*group, strict=True))) if group else _Group(0, 0, 0, 0)
    return Figures(
        clients=len(problem.clients),
        reached=len(report.reached),
        waiting=len(problem.clients) - len(_booked(schedule)),
        sessions=len(group),
        seats=whole.seats,
        seats_taken=whole.taken,
        group_minutes=whole.minutes,
        staff_minutes=whole.led + sum(needs[key].minutes for key in placed),
        overtime_minutes=sum(missed),
        missed_appointments=len(missed),
        objective=report.objective,
    )


def _booked(schedule: Schedule) -> set[str]:
    """Everybody with a booking."""
    return {who for run in schedule.sessions for who in run.clients} | {a.client for a in schedule.appointments}


class _Group(NamedTuple):
    minutes: int
    led: int
    seats: int
    taken: int


def _groups(problem: Problem, schedule: Schedule) -> list[_Group]:
    ix, out = index(problem), []
    for run in schedule.sessions:
        session, team = ix.sessions[run.id], len(run.staff)
        chairs = seats(ix, session, Run(run.room, run.staff))
        out.append(_Group(session.minutes, session.minutes * team, chairs, len(run.clients)))
    return out
