"""A published week may already break a rule somewhere: what is so now may stay so while something else is mended."""

from collections import Counter
from dataclasses import replace

from daybridge.scheduling.solver.index import Index
from daybridge.scheduling.solver.model import Problem, Session
from daybridge.scheduling.solver.roster import Roster, sizes


def tolerant(problem: Problem, ix: Index, roster: Roster) -> Problem:
    """The problem with group sizes, rooms, offices and urine tests wide enough for the roster as it is."""
    count, chairs, tests = sizes(roster), Counter[str](), Counter[tuple[str, int]]()
    for one, run in roster.runs.items():
        if run.room:
            chairs[run.room] = max(chairs[run.room], count[one])
    for who, week in roster.weeks.items():
        tests.update((ix.clients[who].site, day) for day in week.tests)
    most_tests = {
        site.id: max((n for (one, _), n in tests.items() if one == site.id), default=0) for site in problem.sites
    }
    used = _offices_used(ix, roster)
    return replace(
        problem,
        sessions=tuple(_session(s, roster, count) for s in problem.sessions),
        rooms=tuple(replace(r, capacity=max(r.capacity, chairs[r.id])) for r in problem.rooms),
        sites=tuple(
            replace(
                s,
                offices=max(s.offices, used[s.id]),
                udt_capacity_per_day=max(s.udt_capacity_per_day, most_tests[s.id]),
            )
            for s in problem.sites
        ),
    )


def _session(session: Session, roster: Roster, count: dict[str, int]) -> Session:
    run = roster.runs.get(session.id)
    if run is None:
        return session
    size, team = count[session.id], max(1, len(run.team))
    return replace(
        session,
        min_size=min(session.min_size, size),
        max_size=max(session.max_size, size),
        max_per_facilitator=max(session.max_per_facilitator, -(-size // team)),
    )


def _offices_used(ix: Index, roster: Roster) -> Counter[str]:
    """Most appointments at once, by site."""
    spans: dict[tuple[str, int], list[tuple[int, int]]] = {}
    for who, week in roster.weeks.items():
        for appt in week.appointments:
            end = appt.start + ix.needs[who, appt.requirement].minutes
            spans.setdefault((ix.clients[who].site, appt.day), []).append((appt.start, end))
    out: Counter[str] = Counter()
    for (site, _), rows in spans.items():
        out[site] = max(out[site], *(sum(1 for a, b in rows if a <= start < b) for start, _ in rows))
    return out
