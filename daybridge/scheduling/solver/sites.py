"""One problem as its sites, which share nothing, and schedules of sites as one again."""

from collections.abc import Iterator
from dataclasses import replace

from daybridge.scheduling.solver.model import Problem, Schedule


def by_site(problem: Problem) -> Iterator[Problem]:
    """The problem of each site alone, in order; the whole problem where something couples sites."""
    if is_one(problem):
        yield problem
        return
    for site in problem.sites:
        yield of_site(problem, site.id)


def is_one(problem: Problem) -> bool:
    """Whether there is one site, or rooms, staff or people to be kept apart tie sites together."""
    if len(problem.sites) == 1:
        return True
    home = {one.id: one.site for rows in (problem.clients, problem.staff, problem.rooms) for one in rows}
    return (
        any(home[pair.a] != home[pair.b] for pair in problem.conflicts)
        or any(home[one] != s.site for s in problem.sessions for one in (*s.room_options, *s.staff_options))
        or any(home[one] != c.site for c in problem.clients for need in c.requirements for one in need.staff)
    )


def of_site(problem: Problem, site_id: str) -> Problem:
    """Everything of one site, the name staying; the problem itself where is_one()."""
    if is_one(problem):
        return problem
    clients = tuple(c for c in problem.clients if c.site == site_id)
    mine, frozen = {c.id for c in clients}, problem.frozen
    if frozen is not None:
        frozen = replace(frozen, bookings=tuple(row for row in frozen.bookings if row[1] in mine))
    return replace(
        problem,
        sites=tuple(s for s in problem.sites if s.id == site_id),
        rooms=tuple(r for r in problem.rooms if r.site == site_id),
        staff=tuple(f for f in problem.staff if f.site == site_id),
        sessions=tuple(s for s in problem.sessions if s.site == site_id),
        clients=clients,
        conflicts=tuple(pair for pair in problem.conflicts if pair.a in mine),
        frozen=frozen,
    )


def schedule_of_site(problem: Problem, schedule: Schedule) -> Schedule:
    """What of a schedule belongs to the problem of a site."""
    sessions, clients = {s.id for s in problem.sessions}, {c.id for c in problem.clients}
    return replace(
        schedule,
        sessions=tuple(run for run in schedule.sessions if run.id in sessions),
        appointments=tuple(a for a in schedule.appointments if a.client in clients),
        udt=tuple(t for t in schedule.udt if t.client in clients),
        objective=None,
    )


def with_site(problem: Problem, schedule: Schedule, part: Schedule) -> Schedule:
    """The schedule with the part of one site replaced; `problem` is that of the site."""
    old = schedule_of_site(problem, schedule)
    gone, away, left = set(old.sessions), set(old.appointments), set(old.udt)
    return replace(
        schedule,
        sessions=(*(run for run in schedule.sessions if run not in gone), *part.sessions),
        appointments=(*(a for a in schedule.appointments if a not in away), *part.appointments),
        udt=(*(t for t in schedule.udt if t not in left), *part.udt),
        objective=None,
    )
