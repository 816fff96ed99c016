"""Who leads, and where, what was left without a team or a room: a tiny assignment, day by day.

Source: scheduling design, section 8: a substitute who is free of other sessions, 100 for each own appointment
displaced, else the session is cancelled.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from daybridge.scheduling.solver.index import Index, covers, has_lunch, meet
from daybridge.scheduling.solver.model import Appointment, Session
from daybridge.scheduling.solver.roster import Roster, Run, sizes

DISPLACED, LOST, CANCELLED, SWAPPED = 100, 60, 20, 1
"""Costs: an appointment displaced, a client's booking lost, a session cancelled, another room than before."""
LOOKS = 4_000
"""Combinations looked at for one day at most; the best of them is taken."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One way to keep a session (or not: no room), what it costs and whose appointments it displaces."""

    cost: int
    run: Run | None
    displaced: tuple[Appointment, ...] = ()


def fill(ix: Index, roster: Roster, vacant: tuple[str, ...]) -> tuple[Roster, frozenset[str]]:
    """The roster with every vacant session led and housed, or cancelled; and the clients who lost a booking by it."""
    count, out, hit = sizes(roster), roster.copy(), set[str]()
    for day in sorted({ix.sessions[one].day for one in vacant}):
        todays = [ix.sessions[one] for one in vacant if ix.sessions[one].day == day]
        for session, choice in zip(todays, _best(ix, out, todays, count), strict=True):
            hit |= _apply(out, session.id, choice)
    return out, frozenset(hit)


def _apply(roster: Roster, session_id: str, choice: Choice) -> set[str]:
    if choice.run is None:
        del roster.runs[session_id]
        hit = {who for who, week in roster.weeks.items() if session_id in week.sessions}
        for who in hit:
            week = roster.weeks[who]
            roster.weeks[who] = week._replace(sessions=tuple(one for one in week.sessions if one != session_id))
        return hit
    roster.runs[session_id] = choice.run
    for appt in choice.displaced:
        week = roster.weeks[appt.client]
        kept = tuple(a for a in week.appointments if a != appt)
        roster.weeks[appt.client] = week._replace(appointments=kept)
    return {appt.client for appt in choice.displaced}


def _best(ix: Index, roster: Roster, sessions: list[Session], count: dict[str, int]) -> list[Choice]:
    """The cheapest choices for the sessions of one day that go together."""
    options = [sorted(_choices(ix, roster, s, count[s.id]), key=lambda c: c.cost) for s in sessions]
    least = [rows[0].cost for rows in options]
    best: list[Choice] = [rows[-1] for rows in options]
    found, looks = sum(one.cost for one in best), 0

    def extend(chosen: list[Choice], cost: int) -> None:
        nonlocal best, found, looks
        number = len(chosen)
        if number == len(sessions):
            best, found = list(chosen), cost
            return
        for choice in options[number]:
            looks += 1
            if looks > LOOKS or cost + choice.cost + sum(least[number + 1 :]) >= found:
                return
            if _goes_with(ix, sessions, chosen, choice):
                extend([*chosen, choice], cost + choice.cost)

    extend([], 0)
    return best


def _goes_with(ix: Index, sessions: list[Session], chosen: list[Choice], choice: Choice) -> bool:
    """Whether no room and no facilitator is used twice at once or beyond the day's group minutes."""
    if choice.run is None:
        return True
    session, minutes = sessions[len(chosen)], dict.fromkeys(choice.run.team, 0)
    for other, taken in zip(sessions, chosen, strict=False):
        if taken.run is None:
            continue
        shared = set(taken.run.team) & set(choice.run.team)
        for who in shared:
            minutes[who] += other.minutes
        if (shared or taken.run.room == choice.run.room) and meet(session.start, session.end, other.start, other.end):
            return False
    return all(
        extra == 0 or extra + session.minutes <= ix.staff[who].max_group_minutes_day for who, extra in minutes.items()
    )


def _choices(ix: Index, roster: Roster, session: Session, size: int) -> Iterator[Choice]:
    yield Choice(LOST * size + CANCELLED, None)
    old = roster.runs[session.id]
    teams = [(old.team, ())] if old.team else list(_leaders(ix, roster, session))
    for room in [old.room] if old.room else session.room_options:
        seats = ix.rooms[room].capacity
        if old.room or (seats >= size and _room_free(ix, roster, room, session)):
            for team, displaced in teams:
                if len(team) * session.max_per_facilitator >= size:
                    cost = DISPLACED * len(displaced) + (0 if old.room else SWAPPED)
                    yield Choice(cost, Run(room, team), displaced)


def _room_free(ix: Index, roster: Roster, room: str, session: Session) -> bool:
    others = (ix.sessions[one] for one, run in roster.runs.items() if run.room == room and one != session.id)
    return not any(o.day == session.day and meet(o.start, o.end, session.start, session.end) for o in others)


def _leaders(ix: Index, roster: Roster, session: Session) -> Iterator[tuple[tuple[str, ...], tuple[Appointment, ...]]]:
    """Who could lead the session, alone, and which own appointments would have to move. Source: H04 to H07."""
    for who in session.staff_options:
        staff = ix.staff[who]
        if not covers(staff.windows, session.day, session.start, session.end):
            continue
        groups = [
            ix.sessions[one]
            for one, run in roster.runs.items()
            if who in run.team and ix.sessions[one].day == session.day and one != session.id
        ]
        if any(meet(g.start, g.end, session.start, session.end) for g in groups):
            continue
        led = sum(g.minutes for g in groups) + session.minutes
        if led > staff.max_group_minutes_day:
            continue
        mine = [
            a for week in roster.weeks.values() for a in week.appointments if (a.staff, a.day) == (who, session.day)
        ]
        kept, displaced = _moved(ix, session, mine)
        busy = [(g.start, g.end) for g in groups] + [_span(ix, a) for a in kept] + [(session.start, session.end)]
        contact = sum(b - a for a, b in busy)
        past = any(ix.is_past(a.day, a.start) for a in displaced)
        if (
            not past
            and contact <= staff.max_minutes_day
            and has_lunch(staff, session.day, busy, ix.problem.slot_minutes)
        ):
            yield (who,), tuple(displaced)


def _moved(ix: Index, session: Session, mine: list[Appointment]) -> tuple[list[Appointment], list[Appointment]]:
    kept: list[Appointment] = []
    displaced: list[Appointment] = []
    for appt in sorted(mine, key=lambda a: a.start):
        clash = meet(*_span(ix, appt), session.start, session.end)
        (displaced if clash else kept).append(appt)
    return kept, displaced


def _span(ix: Index, appt: Appointment) -> tuple[int, int]:
    return appt.start, appt.start + ix.needs[appt.client, appt.requirement].minutes
