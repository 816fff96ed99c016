"""Look-ups over a roster: its appointments, who sits where, who is busy when, how many seats there are."""

from collections.abc import Iterator

from daybridge.scheduling.solver.index import Index
from daybridge.scheduling.solver.model import Appointment, Session
from daybridge.scheduling.solver.roster import Roster, Run

Spans = dict[tuple[str, int], list[tuple[int, int]]]
"""Busy times by id and day."""


def appointments(roster: Roster) -> Iterator[Appointment]:
    """Every appointment of everybody."""
    for week in roster.weeks.values():
        yield from week.appointments


def span(ix: Index, appt: Appointment) -> tuple[int, int]:
    """From when to when an appointment is."""
    return appt.start, appt.start + ix.needs[appt.client, appt.requirement].minutes


def members(roster: Roster) -> dict[str, set[str]]:
    """Clients by session id."""
    out: dict[str, set[str]] = {}
    for who, week in roster.weeks.items():
        for one in week.sessions:
            out.setdefault(one, set()).add(who)
    return out


def seats(ix: Index, session: Session, run: Run) -> int:
    """Seats of a session in this room with this team. Source: H02."""
    return min(session.max_size, session.max_per_facilitator * len(run.team), ix.rooms[run.room].capacity)


def led(ix: Index, roster: Roster, who: str, day: int) -> list[Session]:
    """The groups somebody leads on a day."""
    mine = (ix.sessions[one] for one, run in roster.runs.items() if who in run.team)
    return [session for session in mine if session.day == day]


def held(roster: Roster, who: str, day: int) -> list[Appointment]:
    """The appointments a member of staff has on a day."""
    return [appt for appt in appointments(roster) if (appt.staff, appt.day) == (who, day)]


def busy(ix: Index, roster: Roster, but: str = "") -> Spans:
    """When staff are busy with groups and with appointments, but not those of one client."""
    out: Spans = {}
    for one, run in roster.runs.items():
        for who in run.team:
            out.setdefault((who, ix.sessions[one].day), []).append((ix.sessions[one].start, ix.sessions[one].end))
    for appt in appointments(roster):
        if appt.client != but:
            out.setdefault((appt.staff, appt.day), []).append(span(ix, appt))
    return out
