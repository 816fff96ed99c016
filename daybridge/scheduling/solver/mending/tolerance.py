"""A published week may already break a rule somewhere: what is so now may stay so while something else is mended."""

from collections import Counter
from dataclasses import replace

from daybridge.scheduling.solver.index import Index
from daybridge.scheduling.solver.model import Problem, Session
from daybridge.scheduling.solver.occupied import Spans, appointments, span
from daybridge.scheduling.solver.roster import Roster, sizes


def tolerant(problem: Problem, ix: Index, roster: Roster) -> Problem:
    """The problem with group sizes, rooms, offices and urine tests wide enough for the roster as it is."""
    used, tests, chairs = _offices_used(ix, roster), _tests_used(ix, roster), _chairs_used(roster)
    sites = tuple(
        replace(s, offices=max(s.offices, used[s.id]), udt_capacity_per_day=max(s.udt_capacity_per_day, tests[s.id]))
        for s in problem.sites
    )
    count = sizes(roster)
    return replace(
        problem,
        sessions=tuple(_session(s, roster, count) for s in problem.sessions),
        rooms=tuple(replace(r, capacity=max(r.capacity, chairs[r.id])) for r in problem.rooms),
        sites=sites,
    )


def _chairs_used(roster: Roster) -> Counter[str]:
    """Most people at once, by room."""
    count, out = sizes(roster), Counter[str]()
    for one, run in roster.runs.items():
        out[run.room] = max(out[run.room], count[one])
    return out


def _tests_used(ix: Index, roster: Roster) -> Counter[str]:
    """Most urine tests on a day, by site."""
    per_day, out = Counter[tuple[str, int]](), Counter[str]()
    for who, week in roster.weeks.items():
        per_day.update((ix.clients[who].site, day) for day in week.tests)
    for (site, _), count in per_day.items():
        out[site] = max(out[site], count)
    return out


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
    spans: Spans = {}
    for appt in appointments(roster):
        spans.setdefault((ix.clients[appt.client].site, appt.day), []).append(span(ix, appt))
    out: Counter[str] = Counter()
    for (site, _), rows in spans.items():
        out[site] = max(out[site], *(sum(1 for a, b in rows if a <= start < b) for start, _ in rows))
    return out
