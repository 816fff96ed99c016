"""A program as it is and as it would be, side by side, both weeks solved with the same limits."""

from dataclasses import dataclass, replace

from daybridge.kit.errors import BadInput
from daybridge.scheduling.solver.check import check
from daybridge.scheduling.solver.explaining.changes import Change, changed
from daybridge.scheduling.solver.mending.damage import refuse_strangers
from daybridge.scheduling.solver.model import Problem, Schedule
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
    room_minutes: int
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
    sessions, rooms = {s.id: s for s in problem.sessions}, {r.id: r for r in problem.rooms}
    needs = {(c.id, need.id): need for c in problem.clients for need in c.requirements}
    placed = {(a.client, a.requirement) for a in schedule.appointments}
    booked = {who for run in schedule.sessions for who in run.clients} | {who for who, _ in placed}
    group = sum(sessions[run.id].minutes for run in schedule.sessions)
    led = sum(sessions[run.id].minutes * len(run.staff) for run in schedule.sessions)
    seats = sum(
        min(sessions[r.id].max_size, sessions[r.id].max_per_facilitator * len(r.staff), rooms[r.room].capacity)
        for r in schedule.sessions
    )
    missed = [need for key, need in needs.items() if key not in placed]
    return Figures(
        clients=len(problem.clients),
        reached=len(report.reached),
        waiting=sum(1 for c in problem.clients if c.id not in booked),
        sessions=len(schedule.sessions),
        seats=seats,
        seats_taken=sum(len(run.clients) for run in schedule.sessions),
        group_minutes=group,
        room_minutes=group,
        staff_minutes=led + sum(needs[key].minutes for key in placed),
        overtime_minutes=sum(need.minutes for need in missed),
        missed_appointments=len(missed),
        objective=report.objective,
    )
