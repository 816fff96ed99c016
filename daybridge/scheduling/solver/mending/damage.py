"""What a published week may no longer hold once the problem has changed, and what is left of it."""

from collections.abc import Iterator
from dataclasses import dataclass

from daybridge.kit.errors import BadInput
from daybridge.scheduling.solver.board import Week
from daybridge.scheduling.solver.check import Booking
from daybridge.scheduling.solver.index import Index, covers, is_free_for, may_join
from daybridge.scheduling.solver.model import Appointment, Client, Problem, Schedule, Session
from daybridge.scheduling.solver.roster import Roster, Run, roster_of


@dataclass(frozen=True, slots=True)
class Damage:
    """The roster without what is no longer possible; `vacant` sessions lack a room or a team but keep their clients.

    `hit` are the clients who lost a booking by it.
    """

    roster: Roster
    vacant: tuple[str, ...]
    hit: frozenset[str]


def damage(ix: Index, schedule: Schedule, gone: frozenset[Booking]) -> Damage:
    """Look a schedule over against a changed problem. `gone` are past bookings that no longer count."""
    roster = roster_of(schedule)
    _forget(roster, gone)
    vacant = tuple(sorted(_settle_runs(ix, roster)))
    hit = set()
    for who in sorted(roster.weeks):
        kept = _kept(ix, roster, who)
        if (kept.sessions, kept.appointments) != (roster.weeks[who].sessions, roster.weeks[who].appointments):
            hit.add(who)
        roster.weeks[who] = kept
    return Damage(roster, vacant, frozenset(hit))


def _forget(roster: Roster, gone: frozenset[Booking]) -> None:
    for row in gone:
        who = str(row[1])
        week = roster.week(who)
        if row[0] == "group":
            week = week._replace(sessions=tuple(one for one in week.sessions if one != row[2]))
        else:
            week = week._replace(appointments=tuple(a for a in week.appointments if a.requirement != row[2]))
        roster.weeks[who] = week


def _settle_runs(ix: Index, roster: Roster) -> Iterator[str]:
    """Take unfit facilitators off their teams; sessions left without one, or without their room, are vacant."""
    for one, run in sorted(roster.runs.items()):
        session = ix.sessions[one]
        if not ix.is_past(session.day, session.start):
            team = tuple(who for who in run.team if _still_leads(ix, who, session))
            room = run.room if run.room in session.room_options else ""
            roster.runs[one] = Run(room, team)
            if not (team and room):
                yield one


def _still_leads(ix: Index, who: str, session: Session) -> bool:
    works = covers(ix.staff[who].windows, session.day, session.start, session.end)
    return works and who in session.staff_options


def _kept(ix: Index, roster: Roster, who: str) -> Week:
    client, week = ix.clients[who], roster.weeks[who]
    sessions = tuple(one for one in week.sessions if _still_joins(ix, client, ix.sessions[one]))
    appointments = tuple(a for a in week.appointments if ix.is_past(a.day, a.start) or _holds(ix, a))
    days = {ix.sessions[one].day for one in sessions} | {a.day for a in appointments}
    return Week(sessions, appointments, tuple(day for day in week.tests if day in days)[: client.udt])


def _still_joins(ix: Index, client: Client, session: Session) -> bool:
    return ix.is_past(session.day, session.start) or (may_join(client, session) and is_free_for(client, session))


def _holds(ix: Index, appt: Appointment) -> bool:
    """Whether client, requirement and staff member still allow the appointment. Source: H05, H09, H19."""
    need, client = ix.needs.get((appt.client, appt.requirement)), ix.clients[appt.client]
    if need is None or appt.staff not in need.staff:
        return False
    span = (appt.day, appt.start, appt.start + need.minutes)
    theirs = need.windows is None or covers(need.windows, *span)
    return theirs and covers(client.windows, *span) and covers(ix.staff[appt.staff].windows, *span)


def refuse_strangers(problem: Problem, schedule: Schedule) -> None:
    """Raises BadInput when the schedule is of another problem or names what this one does not know."""
    if schedule.instance != problem.name:
        raise BadInput("The schedule is of another problem: {name}.", name=schedule.instance)
    strangers = (_named_by_groups(schedule) | _named_by_people(schedule)) - _known(problem)
    if strangers:
        raise BadInput("The schedule names {id}, which the problem does not know.", id=min(strangers)[-1])


def _named_by_groups(schedule: Schedule) -> set[tuple[str, ...]]:
    out: set[tuple[str, ...]] = set()
    for run in schedule.sessions:
        out |= {("session", run.id), ("room", run.room)}
        out |= {("staff", who) for who in run.staff}
        out |= {("client", who) for who in run.clients}
    return out


def _named_by_people(schedule: Schedule) -> set[tuple[str, ...]]:
    out: set[tuple[str, ...]] = {("client", test.client) for test in schedule.udt}
    for appt in schedule.appointments:
        out |= {("client", appt.client), ("staff", appt.staff), ("need", appt.client, appt.requirement)}
    return out


def _known(problem: Problem) -> set[tuple[str, ...]]:
    kinds = (
        ("session", problem.sessions),
        ("room", problem.rooms),
        ("staff", problem.staff),
        ("client", problem.clients),
    )
    out: set[tuple[str, ...]] = {(kind, one.id) for kind, rows in kinds for one in rows}
    return out | {("need", c.id, need.id) for c in problem.clients for need in c.requirements}
