"""Whose moving would help: those who hold the seats and the hours that somebody short of hours needs."""

from collections import Counter
from collections.abc import Collection

from daybridge.scheduling.solver.ground import Ground
from daybridge.scheduling.solver.index import meet
from daybridge.scheduling.solver.roster import Roster, sizes

FIRST, SECOND = 8, 16
"""People added by the first and by the second ring."""


def ranked(ground: Ground, roster: Roster, short: Collection[str], but: Collection[str]) -> list[str]:
    """Everybody who could help the `short`, most helpful first; `but` are left out."""
    points = _by_seats(ground, roster, short)
    points.update(_by_hours(ground, roster, short))
    rows = [(who, count) for who, count in points.items() if who not in but]
    rows.sort(key=lambda row: (-row[1], -len(ground.choices[row[0]].sessions), row[0]))
    return [who for who, _ in rows]


def _by_seats(ground: Ground, roster: Roster, short: Collection[str]) -> Counter[str]:
    """Points for sitting in a full session that is wanted, and for being able to join one that does not run."""
    ix, count, points = ground.ix, sizes(roster), Counter[str]()
    wanted = sorted({s.id for who in short for s in ground.choices[who].sessions if not ix.is_past(s.day, s.start)})
    members: dict[str, list[str]] = {}
    for who, week in roster.weeks.items():
        for one in week.sessions:
            members.setdefault(one, []).append(who)
    for one in wanted:
        session, run = ix.sessions[one], roster.runs.get(one)
        if run is None:
            points.update(ground.joiners[one])
            continue
        seats = min(session.max_size, session.max_per_facilitator * len(run.team), ix.rooms[run.room].capacity)
        if count[one] >= seats:
            points.update({who: 2 for who in members.get(one, ())})
    return points


def _by_hours(ground: Ground, roster: Roster, short: Collection[str]) -> Counter[str]:
    """A point for each appointment in the way of a wanted one that counts."""
    ix, points = ground.ix, Counter[str]()
    wanted: dict[tuple[str, int], list[tuple[int, int]]] = {}
    for who in sorted(short):
        placed = {a.requirement for a in roster.week(who).appointments}
        for appt in ground.choices[who].appointments:
            need = ix.needs[who, appt.requirement]
            if need.counts and need.id not in placed and not ix.is_past(appt.day, appt.start):
                wanted.setdefault((appt.staff, appt.day), []).append((appt.start, appt.start + need.minutes))
    for who, week in roster.weeks.items():
        for appt in week.appointments:
            end = appt.start + ix.needs[who, appt.requirement].minutes
            if any(meet(appt.start, end, a, b) for a, b in wanted.get((appt.staff, appt.day), ())):
                points[who] += 1
    return points
