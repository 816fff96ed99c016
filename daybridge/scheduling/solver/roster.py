"""A whole week while it is searched for: each client's bookings, each running session's room and team."""

from dataclasses import dataclass, field
from typing import NamedTuple

from daybridge.scheduling.solver.board import Week
from daybridge.scheduling.solver.index import Index
from daybridge.scheduling.solver.model import Appointment, Schedule, SessionRun, UrineTest

NOTHING = Week()


class Run(NamedTuple):
    """Where a session runs and who leads it."""

    room: str
    team: tuple[str, ...]


@dataclass(slots=True)
class Roster:
    """Bookings by client id, runs by session id. A client without an entry has no bookings."""

    weeks: dict[str, Week] = field(default_factory=dict)
    runs: dict[str, Run] = field(default_factory=dict)

    def week(self, client_id: str) -> Week:
        """A client's bookings."""
        return self.weeks.get(client_id, NOTHING)

    def copy(self) -> "Roster":
        """Another roster with the same bookings; weeks and runs themselves never change."""
        return Roster(dict(self.weeks), dict(self.runs))


def sizes(roster: Roster) -> dict[str, int]:
    """How many clients each running session has."""
    out = dict.fromkeys(roster.runs, 0)
    for week in roster.weeks.values():
        for one in week.sessions:
            out[one] = out.get(one, 0) + 1
    return out


def roster_of(schedule: Schedule) -> Roster:
    """The bookings of a schedule."""
    weeks: dict[str, tuple[list[str], list, list[int]]] = {}  # type: ignore[type-arg]
    for run in schedule.sessions:
        for client in run.clients:
            weeks.setdefault(client, ([], [], []))[0].append(run.id)
    for appt in schedule.appointments:
        weeks.setdefault(appt.client, ([], [], []))[1].append(appt)
    for test in schedule.udt:
        weeks.setdefault(test.client, ([], [], []))[2].append(test.day)
    return Roster(
        {who: Week(tuple(s), tuple(a), tuple(sorted(t))) for who, (s, a, t) in weeks.items()},
        {run.id: Run(run.room, run.staff) for run in schedule.sessions},
    )


def _in_order(appointments: tuple[Appointment, ...]) -> list[Appointment]:
    return sorted(appointments, key=lambda a: (a.day, a.start, a.requirement))


def _people(ix: Index, roster: Roster) -> dict[str, list[str]]:
    """Running session to its clients, in the order of the problem."""
    people: dict[str, list[str]] = {one: [] for one in roster.runs}
    for client in ix.problem.clients:
        for one in roster.week(client.id).sessions:
            people[one].append(client.id)
    return people


def schedule_of(ix: Index, roster: Roster) -> Schedule:
    """The roster as a schedule, in the order of the problem whatever the order of the search."""
    problem, people = ix.problem, _people(ix, roster)
    return Schedule(
        problem.name,
        tuple(
            SessionRun(s.id, roster.runs[s.id].room, roster.runs[s.id].team, tuple(people[s.id]))
            for s in problem.sessions
            if s.id in roster.runs
        ),
        tuple(appt for client in problem.clients for appt in _in_order(roster.week(client.id).appointments)),
        tuple(UrineTest(c.id, day) for c in problem.clients for day in sorted(roster.week(c.id).tests)),
    )
