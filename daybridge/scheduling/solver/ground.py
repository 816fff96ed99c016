"""What never changes while a problem is solved: who could join which session, which appointment times exist."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from daybridge.scheduling.solver.board import Week
from daybridge.scheduling.solver.index import Index, covers, has_lunch, index, is_free_for, may_join
from daybridge.scheduling.solver.model import Appointment, Client, Problem, Requirement, Session, Staff
from daybridge.scheduling.solver.offers import possible_starts


@dataclass(frozen=True, slots=True)
class Choices:
    """One client's: sessions and appointments that keep every rule about the client and the staff member alone."""

    sessions: tuple[Session, ...]
    appointments: tuple[Appointment, ...]
    past: Week


@dataclass(frozen=True, slots=True)
class Ground:
    """A problem, its index, and the choices of all its clients."""

    ix: Index
    choices: dict[str, Choices]
    joiners: dict[str, tuple[str, ...]]
    """Session id to the clients who could join it."""
    numbers: dict[str, int]
    """Client id to its place in the problem."""


def survey(problem: Problem, only: Collection[str] | None = None) -> Ground:
    """Look the whole problem over once; or `only` these clients, when nobody else will be free."""
    ix = index(problem)
    past = _past(ix)
    clients = [c for c in problem.clients if only is None or c.id in only]
    choices = {c.id: _choices(ix, c, past.get(c.id, Week())) for c in clients}
    joiners: dict[str, list[str]] = {s.id: [] for s in problem.sessions}
    for client in clients:
        for session in choices[client.id].sessions:
            joiners[session.id].append(client.id)
    return Ground(
        ix,
        choices,
        {one: tuple(who) for one, who in joiners.items()},
        {client.id: number for number, client in enumerate(problem.clients)},
    )


def _past(ix: Index) -> dict[str, Week]:
    """Frozen bookings by client. Source: H24."""
    out: dict[str, Week] = {}
    for row in ix.problem.frozen.bookings if ix.problem.frozen else ():
        who = str(row[1])
        week = out.get(who, Week())
        if row[0] == "group" and row[2] in ix.sessions:
            out[who] = week._replace(sessions=(*week.sessions, str(row[2])))
        elif row[0] == "appt" and (who, row[2]) in ix.needs and row[3] in ix.staff:
            appt = Appointment(who, str(row[2]), str(row[3]), int(row[4]), int(row[5]))
            out[who] = week._replace(appointments=(*week.appointments, appt))
    return out


def _choices(ix: Index, client: Client, past: Week) -> Choices:
    most = {line.category: line.max for line in client.mix}
    sessions = [ix.sessions[one] for one in past.sessions]
    sessions += [
        session
        for session in ix.problem.sessions
        if client.site == session.site
        and may_join(client, session)
        and is_free_for(client, session)
        and most.get(ix.topics[session.topic].category, 0) > 0
        and session.minutes <= client.max_minutes_day
        and not ix.is_past(session.day, session.start)
    ]
    booked = {appt.requirement for appt in past.appointments}
    due = [need for need in client.requirements if need.id not in booked]
    added = [appt for need in due for appt in _appointments(ix, client, need)]
    return Choices(tuple(sessions), (*past.appointments, *added), past)


def _appointments(ix: Index, client: Client, need: Requirement) -> Iterator[Appointment]:
    staff = [ix.staff[one] for one in dict.fromkeys(need.staff) if ix.staff[one].site == client.site]
    for day, start in possible_starts(client, need):
        if not ix.is_past(day, start) and not (need.counts and need.minutes > client.max_minutes_day):
            for who in staff:
                if _works(ix, who, day, (start, start + need.minutes)):
                    yield Appointment(client.id, need.id, who.id, day, start)


def _works(ix: Index, staff: Staff, day: int, span: tuple[int, int]) -> bool:
    return (
        covers(staff.windows, day, *span)
        and span[1] - span[0] <= staff.max_minutes_day
        and has_lunch(staff, day, [span], ix.problem.slot_minutes)
    )
