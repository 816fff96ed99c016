"""Whose moving would help: those who hold the seats and the hours that somebody short of hours needs."""

from collections import Counter
from collections.abc import Collection

from daybridge.scheduling.solver.ground import Ground
from daybridge.scheduling.solver.index import meet
from daybridge.scheduling.solver.model import Appointment, Session
from daybridge.scheduling.solver.occupied import Spans, appointments, members, seats, span
from daybridge.scheduling.solver.roster import Roster

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
    people, points = members(roster), Counter[str]()
    for session in _wanted_sessions(ground, short):
        run = roster.runs.get(session.id)
        if run is None:
            points.update(ground.joiners[session.id])
        elif len(people.get(session.id, ())) >= seats(ground.ix, session, run):
            points.update({who: 2 for who in people.get(session.id, ())})
    return points


def _wanted_sessions(ground: Ground, short: Collection[str]) -> list[Session]:
    rows = {s.id: s for who in short for s in ground.choices[who].sessions}
    return [rows[one] for one in sorted(rows) if not ground.ix.is_past(rows[one].day, rows[one].start)]


def _by_hours(ground: Ground, roster: Roster, short: Collection[str]) -> Counter[str]:
    """A point for each appointment in the way of a wanted one that counts."""
    wanted: Spans = {}
    for who in sorted(short):
        for appt in _wanted_hours(ground, roster, who):
            wanted.setdefault((appt.staff, appt.day), []).append(span(ground.ix, appt))
    points = Counter[str]()
    for appt in appointments(roster):
        times = wanted.get((appt.staff, appt.day), ())
        points[appt.client] += any(meet(*span(ground.ix, appt), *one) for one in times)
    return +points


def _wanted_hours(ground: Ground, roster: Roster, who: str) -> list[Appointment]:
    placed = {a.requirement for a in roster.week(who).appointments}
    rows = (a for a in ground.choices[who].appointments if a.requirement not in placed)
    return [a for a in rows if ground.ix.needs[who, a.requirement].counts and not ground.ix.is_past(a.day, a.start)]
