"""One problem as its sites, which share nothing, and schedules of sites as one again."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Protocol, TypeVar

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
    return len(problem.sites) == 1 or any(here != there for here, there in _ties(problem))


def _ties(problem: Problem) -> Iterator[tuple[str, str]]:
    """Pairs of sites that something belongs to, mostly the same one twice."""
    home = {one.id: one.site for rows in (problem.clients, problem.staff, problem.rooms) for one in rows}
    yield from ((home[pair.a], home[pair.b]) for pair in problem.conflicts)
    yield from ((site, home[one]) for site, wanted in _wanted(problem) for one in wanted)


def _wanted(problem: Problem) -> Iterator[tuple[str, tuple[str, ...]]]:
    """A site with the rooms and staff that something there could take."""
    for session in problem.sessions:
        yield session.site, (*session.room_options, *session.staff_options)
    for client in problem.clients:
        yield from ((client.site, need.staff) for need in client.requirements)


def of_site(problem: Problem, site_id: str) -> Problem:
    """Everything of one site, the name staying; the problem itself where is_one()."""
    if is_one(problem):
        return problem
    clients = _of(problem.clients, site_id)
    mine, frozen = {c.id for c in clients}, problem.frozen
    if frozen is not None:
        frozen = replace(frozen, bookings=tuple(row for row in frozen.bookings if row[1] in mine))
    return replace(
        problem,
        sites=tuple(s for s in problem.sites if s.id == site_id),
        rooms=_of(problem.rooms, site_id),
        staff=_of(problem.staff, site_id),
        sessions=_of(problem.sessions, site_id),
        clients=clients,
        conflicts=tuple(pair for pair in problem.conflicts if pair.a in mine),
        frozen=frozen,
    )


class _Sited(Protocol):
    @property
    def site(self) -> str: ...


Of = TypeVar("Of", bound=_Sited)


def _of(rows: tuple[Of, ...], site_id: str) -> tuple[Of, ...]:
    return tuple(one for one in rows if one.site == site_id)


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
