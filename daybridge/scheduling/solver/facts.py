"""A schedule laid out as events by room, staff, client and office: what the rules and the objective are judged on."""

from collections import Counter
from dataclasses import dataclass, field
from typing import NamedTuple

from daybridge.scheduling.solver.index import Index, covers, index, may_join
from daybridge.scheduling.solver.model import Appointment, Client, Problem, Requirement, Schedule, Session, SessionRun


class Event(NamedTuple):
    """Something that takes [start, end) of a day."""

    day: int
    start: int
    end: int
    what: str


class Violation(NamedTuple):
    """One broken hard rule: its number and the ids and numbers concerned."""

    rule: str
    about: tuple[str, ...]


@dataclass(slots=True)
class Facts:
    """Everything read off one schedule; `found` are the faults seen while reading."""

    ix: Index
    schedule: Schedule
    found: list[Violation] = field(default_factory=list)
    rooms: dict[str, list[Event]] = field(default_factory=dict)
    staff: dict[str, list[Event]] = field(default_factory=dict)
    clients: dict[str, list[Event]] = field(default_factory=dict)
    offices: dict[str, list[Event]] = field(default_factory=dict)
    group_minutes: Counter[tuple[str, int]] = field(default_factory=Counter)
    contact_minutes: Counter[tuple[str, int]] = field(default_factory=Counter)
    attends: dict[str, list[str]] = field(default_factory=dict)
    appts: dict[str, dict[str, Appointment]] = field(default_factory=dict)
    tests: dict[str, list[int]] = field(default_factory=dict)
    ran: set[str] = field(default_factory=set)

    def bad(self, rule: str, *about: object) -> None:
        """Note a broken rule."""
        self.found.append(Violation(rule, tuple(str(one) for one in about)))

    def days(self, client_id: str) -> set[int]:
        """Days on site."""
        return {event.day for event in self.clients.get(client_id, ())}

    def counted(self, client: Client) -> Counter[int]:
        """Counted program minutes by day."""
        out: Counter[int] = Counter()
        for session_id in self.attends.get(client.id, ()):
            session = self.ix.sessions[session_id]
            out[session.day] += session.minutes
        for need_id, appt in self.appts.get(client.id, {}).items():
            need = self.ix.needs[client.id, need_id]
            out[appt.day] += need.minutes if need.counts else 0
        return out

    def reached(self, client: Client) -> bool:
        """Whether the prescription is met: minutes and days."""
        total = sum(self.counted(client).values())
        return total >= client.target_minutes and len(self.days(client.id)) >= client.days_min


def read(problem: Problem, schedule: Schedule) -> Facts:
    """Lay a schedule out, noting faults of H01, H02, H05, H08, H09, H19 and unknown ids on the way."""
    facts = Facts(index(problem), schedule)
    if schedule.instance != problem.name:
        facts.bad("H01", "instance", schedule.instance)
    for run in schedule.sessions:
        _run(facts, run)
    for appt in schedule.appointments:
        _appointment(facts, appt)
    for test in schedule.udt:
        if test.client in facts.ix.clients:
            facts.tests.setdefault(test.client, []).append(test.day)
        else:
            facts.bad("H21", test.client)
    return facts


def _run(facts: Facts, run: SessionRun) -> None:
    session = facts.ix.sessions.get(run.id)
    if session is None or run.id in facts.ran:
        facts.bad("H01", run.id)
        return
    facts.ran.add(run.id)
    if run.room not in session.room_options:
        facts.bad("H01", run.id, run.room)
    _team(facts, run)
    event = Event(session.day, session.start, session.end, run.id)
    facts.rooms.setdefault(run.room, []).append(event)
    _size(facts, run, session)
    for client_id in run.clients:
        _participant(facts, client_id, event)


def _size(facts: Facts, run: SessionRun, session: Session) -> None:
    """Nobody twice, and neither too few nor too many. Source: H02."""
    room = facts.ix.rooms.get(run.room)
    seats = min(session.max_size, session.max_per_facilitator * len(run.staff), room.capacity if room else 0)
    size = len(run.clients)
    if len(set(run.clients)) != size:
        facts.bad("H02", run.id)
    if size > seats or (size < session.min_size and not facts.ix.is_past(session.day, session.start)):
        facts.bad("H02", run.id, size, session.min_size, seats)


def _team(facts: Facts, run: SessionRun) -> None:
    session = facts.ix.sessions[run.id]
    if not 1 <= len(run.staff) <= session.max_facilitators or len(set(run.staff)) != len(run.staff):
        facts.bad("H01", run.id, len(run.staff))
    for staff_id in run.staff:
        if staff_id not in session.staff_options:
            facts.bad("H01", run.id, staff_id)
            continue
        staff = facts.ix.staff[staff_id]
        facts.staff.setdefault(staff_id, []).append(Event(session.day, session.start, session.end, run.id))
        facts.group_minutes[staff_id, session.day] += session.minutes
        facts.contact_minutes[staff_id, session.day] += session.minutes
        if staff.site != session.site or not covers(staff.windows, session.day, session.start, session.end):
            facts.bad("H05", staff_id, run.id)


def _participant(facts: Facts, client_id: str, event: Event) -> None:
    client, session = facts.ix.clients.get(client_id), facts.ix.sessions[event.what]
    if client is None:
        facts.bad("H08", client_id, event.what)
        return
    facts.attends.setdefault(client_id, []).append(event.what)
    facts.clients.setdefault(client_id, []).append(event)
    if not may_join(client, session):
        facts.bad("H08", client_id, event.what)
    if not covers(client.windows, event.day, event.start, event.end):
        facts.bad("H09", client_id, event.what)


def _appointment(facts: Facts, appt: Appointment) -> None:
    need = facts.ix.needs.get((appt.client, appt.requirement))
    mine = facts.appts.setdefault(appt.client, {})
    if need is None or appt.requirement in mine:
        facts.bad("H19", appt.client, appt.requirement)
        return
    mine[appt.requirement] = appt
    if appt.staff not in need.staff or appt.start % need.grid or not 0 <= appt.day <= 6:
        facts.bad("H19", appt.client, appt.requirement, appt.staff, appt.start)
        return
    _meeting(facts, appt, need)


def _meeting(facts: Facts, appt: Appointment, need: Requirement) -> None:
    """Lay an appointment out that the client needs, with the right person. H05, H09."""
    client, staff = facts.ix.clients[appt.client], facts.ix.staff[appt.staff]
    event = Event(appt.day, appt.start, appt.start + need.minutes, f"{appt.client}/{appt.requirement}")
    span = (event.day, event.start, event.end)
    if staff.site != client.site or not covers(staff.windows, *span):
        facts.bad("H05", appt.staff, event.what)
    if not covers(client.windows, *span) or (need.windows is not None and not covers(need.windows, *span)):
        facts.bad("H09", event.what)
    facts.staff.setdefault(appt.staff, []).append(event)
    facts.clients.setdefault(appt.client, []).append(event)
    facts.offices.setdefault(client.site, []).append(event)
    facts.contact_minutes[appt.staff, appt.day] += need.minutes
