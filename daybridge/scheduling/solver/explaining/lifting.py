"""A problem with one family of rules lifted: what remains impossible then had another cause."""

from collections.abc import Callable
from dataclasses import replace

from daybridge.scheduling.solver.model import Client, Problem, Session, Staff, Window

Lift = Callable[[Problem], Problem]
WHOLE_WEEK = tuple(Window(day, 0, 1440) for day in range(7))
ENOUGH = 10_000


def clients(change: Callable[[Client], Client]) -> Lift:
    """Every client changed."""
    return lambda problem: replace(problem, clients=tuple(change(c) for c in problem.clients))


def sessions(change: Callable[[Session], Session]) -> Lift:
    """Every session changed."""
    return lambda problem: replace(problem, sessions=tuple(change(s) for s in problem.sessions))


def staff(change: Callable[[Staff], Staff]) -> Lift:
    """Every staff member changed."""
    return lambda problem: replace(problem, staff=tuple(change(f) for f in problem.staff))


def more_staff(problem: Problem) -> Problem:
    """For every session and appointment somebody more who could do it and does nothing else."""
    new: list[Staff] = []

    def another(site: str, minutes: int) -> str:
        one = Staff(f"+{len(new)}", site, WHOLE_WEEK, ENOUGH, ENOUGH)
        new.append(one)
        return one.id

    led = tuple(
        replace(
            s, staff_options=(*s.staff_options, another(s.site, s.minutes)), max_facilitators=s.max_facilitators + 1
        )
        for s in problem.sessions
    )
    seen = tuple(
        replace(c, requirements=tuple(replace(n, staff=(*n.staff, another(c.site, n.minutes))) for n in c.requirements))
        for c in problem.clients
    )
    return replace(problem, sessions=led, clients=seen, staff=(*problem.staff, *new))


def more_rooms(problem: Problem) -> Problem:
    """For every session a room more."""
    from daybridge.scheduling.solver.model import Room

    new = tuple(Room(f"+{s.id}", s.site, ENOUGH) for s in problem.sessions)
    grown = tuple(replace(s, room_options=(*s.room_options, f"+{s.id}")) for s in problem.sessions)
    return replace(problem, sessions=grown, rooms=(*problem.rooms, *new))


def _welcome(problem: Problem) -> Problem:
    """Everybody may join every session of the site."""
    languages = tuple(
        sorted({s.language for s in problem.sessions} | {x for c in problem.clients for x in c.languages})
    )
    return replace(
        sessions(lambda s: replace(s, gender=None, tags=(), members=None, population=""))(problem),
        clients=tuple(replace(c, languages=languages, population="") for c in problem.clients),
    )


def _first(problem: Problem) -> Problem:
    topics = tuple(t.id for t in problem.topics)
    return clients(lambda c: replace(c, completed_topics=topics))(problem)


FAMILIES: dict[str, Lift] = {
    "lunch": staff(lambda f: replace(f, lunch=None)),
    "staff-day-limits": staff(lambda f: replace(f, max_group_minutes_day=ENOUGH, max_minutes_day=ENOUGH)),
    "staff": more_staff,
    "rooms": more_rooms,
    "offices": lambda p: replace(p, sites=tuple(replace(s, offices=ENOUGH) for s in p.sites)),
    "kept-apart": lambda p: replace(p, conflicts=()),
    "group-minimum": sessions(lambda s: replace(s, min_size=1)),
    "seats": lambda p: more_rooms(sessions(lambda s: replace(s, max_size=ENOUGH, max_per_facilitator=ENOUGH))(p)),
    "availability": clients(
        lambda c: replace(
            c, windows=WHOLE_WEEK, requirements=tuple(replace(need, windows=None) for need in c.requirements)
        )
    ),
    "meant-for-others": _welcome,
    "daily-minimum": clients(lambda c: replace(c, per_diem_minutes=0)),
    "daily-maximum": clients(lambda c: replace(c, max_minutes_day=ENOUGH)),
    "weekly-maximum": clients(lambda c: replace(c, max_minutes=ENOUGH)),
    "days-minimum": clients(lambda c: replace(c, days_min=0)),
    "days-maximum": clients(lambda c: replace(c, days_max=7)),
    "category-maximum": clients(lambda c: replace(c, mix=tuple(replace(line, max=99) for line in c.mix))),
    "prerequisites": _first,
}
"""Families of rules that can stand in the way, and the problem without each."""
