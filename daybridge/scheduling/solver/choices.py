"""What one client could be booked into, as far as rules about the client and the staff member alone go."""

from collections.abc import Iterator
from dataclasses import dataclass

from daybridge.scheduling.solver.board import Week
from daybridge.scheduling.solver.index import Index, covers, has_lunch, is_free_for, may_join
from daybridge.scheduling.solver.model import Appointment, Client, Requirement, Session, Staff
from daybridge.scheduling.solver.offers import possible_starts


@dataclass(frozen=True, slots=True)
class Choices:
    """One client's: sessions and appointments that keep every rule about the client and the staff member alone."""

    sessions: tuple[Session, ...]
    appointments: tuple[Appointment, ...]
    past: Week


def choices_of(ix: Index, client: Client, past: Week) -> Choices:
    """The client's choices; what is past stays among them."""
    sessions = [ix.sessions[one] for one in past.sessions]
    sessions += _sessions(ix, client)
    booked = {appt.requirement for appt in past.appointments}
    due = [need for need in client.requirements if need.id not in booked]
    added = [appt for need in due for appt in _appointments(ix, client, need)]
    return Choices(tuple(sessions), (*past.appointments, *added), past)


def _sessions(ix: Index, client: Client) -> Iterator[Session]:
    most = {line.category: line.max for line in client.mix}
    for session in ix.problem.sessions:
        if (
            may_join(client, session)
            and is_free_for(client, session)
            and most.get(ix.topics[session.topic].category, 0) > 0
            and session.minutes <= client.max_minutes_day
            and not ix.is_past(session.day, session.start)
        ):
            yield session


def _appointments(ix: Index, client: Client, need: Requirement) -> Iterator[Appointment]:
    if need.counts and need.minutes > client.max_minutes_day:
        return
    staff = [ix.staff[one] for one in dict.fromkeys(need.staff) if ix.staff[one].site == client.site]
    for day, start in possible_starts(client, need):
        if not ix.is_past(day, start):
            able = (who for who in staff if _works(ix, who, day, (start, start + need.minutes)))
            yield from (Appointment(client.id, need.id, who.id, day, start) for who in able)


def _works(ix: Index, staff: Staff, day: int, span: tuple[int, int]) -> bool:
    return (
        covers(staff.windows, day, *span)
        and span[1] - span[0] <= staff.max_minutes_day
        and has_lunch(staff, day, [span], ix.problem.slot_minutes)
    )
