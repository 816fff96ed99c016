"""Who leads, and where, what was left without a team or a room: a tiny assignment, day by day.

Source: scheduling design, section 8: a substitute who is free of other sessions, 100 for each own appointment
displaced, else the session is cancelled.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from daybridge.scheduling.solver.index import Index, covers, has_lunch, meet
from daybridge.scheduling.solver.model import Appointment, Session, Staff
from daybridge.scheduling.solver.occupied import held, led, members, span
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
        hit = members(roster).get(session_id, set())
        for who in hit:
            week = roster.weeks[who]
            roster.weeks[who] = week._replace(sessions=tuple(one for one in week.sessions if one != session_id))
        return hit
    roster.runs[session_id] = choice.run
    for appt in choice.displaced:
        week = roster.weeks[appt.client]
        roster.weeks[appt.client] = week._replace(appointments=tuple(a for a in week.appointments if a != appt))
    return {appt.client for appt in choice.displaced}


def _best(ix: Index, roster: Roster, sessions: list[Session], count: dict[str, int]) -> list[Choice]:
    """The cheapest choices for the sessions of one day that go together."""
    options = [sorted(_choices(ix, roster, s, count[s.id]), key=lambda c: c.cost) for s in sessions]
    search = _Search(ix, sessions, options, [rows[-1] for rows in options])
    search.extend([], 0)
    return search.best


@dataclass(slots=True)
class _Search:
    """The best combination so far, and how many were looked at."""

    ix: Index
    sessions: list[Session]
    options: list[list[Choice]]
    best: list[Choice]
    looks: int = 0

    def extend(self, chosen: list[Choice], cost: int) -> None:
        """Every combination that begins so and may become the best one."""
        if len(chosen) == len(self.sessions):
            self.best = list(chosen)
            return
        for choice in self.options[len(chosen)]:
            self.looks += 1
            if self.looks > LOOKS or not self._may_win(len(chosen), cost + choice.cost):
                return
            if _goes_with(self.ix, self.sessions, chosen, choice):
                self.extend([*chosen, choice], cost + choice.cost)

    def _may_win(self, number: int, cost: int) -> bool:
        rest = sum(rows[0].cost for rows in self.options[number + 1 :])
        return cost + rest < sum(one.cost for one in self.best)


def _goes_with(ix: Index, sessions: list[Session], chosen: list[Choice], choice: Choice) -> bool:
    """Whether no room and no facilitator is used twice at once or beyond the day's group minutes."""
    session = sessions[len(chosen)]
    rows = [(other, taken.run) for other, taken in zip(sessions, chosen, strict=False) if taken.run]
    run = choice.run
    return run is None or (
        not any(_clash(session, run, other, taken) for other, taken in rows)
        and all(_minutes(who, session, rows) <= ix.staff[who].max_group_minutes_day for who in run.team)
    )


def _clash(session: Session, run: Run, other: Session, taken: Run) -> bool:
    shares = bool(set(run.team) & set(taken.team)) or run.room == taken.room
    return shares and meet(session.start, session.end, other.start, other.end)


def _minutes(who: str, session: Session, rows: list[tuple[Session, Run]]) -> int:
    """Group minutes added by these choices; 0 where the session is the only one, which was looked at before."""
    extra = sum(other.minutes for other, taken in rows if who in taken.team)
    return extra + session.minutes if extra else 0


def _choices(ix: Index, roster: Roster, session: Session, size: int) -> Iterator[Choice]:
    yield Choice(LOST * size + CANCELLED, None)
    old = roster.runs[session.id]
    teams = [(old.team, ())] if old.team else list(_leaders(ix, roster, session))
    teams = [one for one in teams if len(one[0]) * session.max_per_facilitator >= size]
    for room in [old.room] if old.room else _rooms(ix, roster, session, size):
        for team, displaced in teams:
            yield Choice(DISPLACED * len(displaced) + SWAPPED * (room != old.room), Run(room, team), displaced)


def _rooms(ix: Index, roster: Roster, session: Session, size: int) -> list[str]:
    large = [one for one in session.room_options if ix.rooms[one].capacity >= size]
    return [one for one in large if _room_free(ix, roster, one, session)]


def _room_free(ix: Index, roster: Roster, room: str, session: Session) -> bool:
    others = (ix.sessions[one] for one, run in roster.runs.items() if run.room == room and one != session.id)
    return not any(o.day == session.day and meet(o.start, o.end, session.start, session.end) for o in others)


def _leaders(ix: Index, roster: Roster, session: Session) -> Iterator[tuple[tuple[str, ...], tuple[Appointment, ...]]]:
    """Who could lead the session, alone, and which own appointments would have to move. Source: H04 to H07."""
    for who in session.staff_options:
        groups = [g for g in led(ix, roster, who, session.day) if g.id != session.id]
        if _is_free_of_groups(ix.staff[who], session, groups):
            kept, displaced = _moved(ix, session, held(roster, who, session.day))
            times = _times(ix, [session, *groups], kept)
            if _has_day_for(ix, ix.staff[who], session.day, times) and _is_ahead(ix, displaced):
                yield (who,), tuple(displaced)


def _is_free_of_groups(staff: Staff, session: Session, groups: list[Session]) -> bool:
    minutes = sum(g.minutes for g in groups) + session.minutes
    return (
        covers(staff.windows, session.day, session.start, session.end)
        and minutes <= staff.max_group_minutes_day
        and not any(meet(g.start, g.end, session.start, session.end) for g in groups)
    )


def _times(ix: Index, groups: list[Session], kept: list[Appointment]) -> list[tuple[int, int]]:
    return [(g.start, g.end) for g in groups] + [span(ix, appt) for appt in kept]


def _has_day_for(ix: Index, staff: Staff, day: int, times: list[tuple[int, int]]) -> bool:
    contact = sum(end - start for start, end in times)
    return contact <= staff.max_minutes_day and has_lunch(staff, day, times, ix.problem.slot_minutes)


def _is_ahead(ix: Index, displaced: list[Appointment]) -> bool:
    return not any(ix.is_past(appt.day, appt.start) for appt in displaced)


def _moved(ix: Index, session: Session, mine: list[Appointment]) -> tuple[list[Appointment], list[Appointment]]:
    kept: list[Appointment] = []
    displaced: list[Appointment] = []
    for appt in sorted(mine, key=lambda a: a.start):
        clash = meet(*span(ix, appt), session.start, session.end)
        (displaced if clash else kept).append(appt)
    return kept, displaced
