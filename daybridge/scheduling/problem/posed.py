"""The problem of a week, and what an answer to it says."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from daybridge.kit.periods import Period
from daybridge.scheduling import placing
from daybridge.scheduling.placing import Needs
from daybridge.scheduling.plan import Line, Own, Place, Plan
from daybridge.scheduling.problem import people
from daybridge.scheduling.problem.asking import Asking
from daybridge.scheduling.problem.choice import Choice
from daybridge.scheduling.rules import BOOKABLE, Service
from daybridge.scheduling.solver import model as solver
from daybridge.scheduling.weeks import SiteWeek, by_day


@dataclass(frozen=True, slots=True)
class Posed:
    """A week as a problem, the schedule it has now, and what is needed to read an answer."""

    problem: solver.Problem
    now: solver.Schedule
    week: SiteWeek
    at: datetime
    cut: tuple[int, int]

    def plan(self, schedule: solver.Schedule) -> Plan:
        """What the schedule makes of the week from `at` on; what began before is not in it."""
        seats, own = self._seats(schedule), self._appointments(schedule)
        people = [UUID(client.id) for client in self.problem.clients]
        lines = {
            who: Line(frozenset(seats.get(who, ())), frozenset(own.get(who, ())))
            for who in people
        }  # fmt: skip
        places = self._places(schedule)
        return Plan(lines, places, self._in_the_way(schedule, lines, places))

    def _seats(self, schedule: solver.Schedule) -> dict[UUID, set[UUID]]:
        seats: dict[UUID, set[UUID]] = {}
        for run in schedule.sessions:
            session = self.week.sessions.get(UUID(run.id))
            if session is not None and session.starts_at >= self.at:
                for client in run.clients:
                    seats.setdefault(UUID(client), set()).add(session.id)
        return seats

    def _appointments(self, schedule: solver.Schedule) -> dict[UUID, set[Own]]:
        own: dict[UUID, set[Own]] = {}
        for one in schedule.appointments:
            found = self._own(one)
            if found.starts_at >= self.at:
                own.setdefault(UUID(one.client), set()).add(found)
        return own

    def _in_the_way(
        self, schedule: solver.Schedule, lines: Mapping[UUID, Line], places: Mapping[UUID, Place]
    ) -> frozenset[UUID]:
        """Groups nobody is in whose lead or room the plan needs then: they are off. The others stay standing."""
        ran = {run.id for run in schedule.sessions}
        leads = _led(lines.values(), places.values())
        rooms = [(place.room, place.starts_at, place.ends_at) for place in places.values()]
        return frozenset(
            one.id for one in self.week.sessions.values()
            if one.kind == Service.GROUP and str(one.id) not in ran and one.starts_at >= self.at
            and one.status in BOOKABLE
            and not self.week.booked.get(one.id)
            and (_needed(one.lead_id, one, leads) or _needed(one.room_id, one, rooms))
        )  # fmt: skip

    def _own(self, one: solver.Appointment) -> Own:
        return Own(
            one.requirement.partition("-")[0], UUID(one.staff), instant(self.week, one.day, one.start), placing.EACH
        )

    def _places(self, schedule: solver.Schedule) -> dict[UUID, Place]:
        """Sessions that get another lead or room than they have."""
        out = {}
        for run in schedule.sessions:
            session = self.week.sessions.get(UUID(run.id))
            if session is None or session.starts_at < self.at:
                continue
            room, lead = UUID(run.room), UUID(run.staff[0])
            if (room, lead) != (session.room_id, session.lead_id):
                out[session.id] = Place(session.starts_at, session.ends_at, room, lead)
        return out


def _needed(what: UUID, session: Any, uses: Iterable[tuple[UUID, datetime, datetime]]) -> bool:
    return any(one == what and start < session.ends_at and session.starts_at < end for one, start, end in uses)


def windows_of(week: SiteWeek, period: Period) -> list[list[int]]:
    """A stretch of time as windows of the problem's days, clipped to the week; for events."""
    start, end = max(period.start, week.period.start), min(period.end, week.period.end)
    if start >= end:
        return []
    shift = week.first.weekday()
    return [[(one.weekday - shift) % 7, one.start, one.end] for one in by_day(Period(start, end), week.zone)]


def instant(week: SiteWeek, day: int, minute: int) -> datetime:
    """The instant of a minute of the problem's day, by the wall clock."""
    return week.instant((week.first.weekday() + day) % 7, minute)


def _led(lines: Iterable[Line], places: Iterable[Place]) -> list[tuple[UUID, datetime, datetime]]:
    """When the plan needs whom: for appointments, and for groups it leads anew."""
    own = [(one.lead, one.starts_at, one.ends_at) for line in lines for one in line.own]
    return own + [(one.lead, one.starts_at, one.ends_at) for one in places]


def site_problem(
    week: SiteWeek, needs: Mapping[UUID, Needs], at: datetime, last: SiteWeek | None = None,
    choice: Choice = Choice.PINNED,
) -> Posed:  # fmt: skip
    """The week from `at` on as a problem: what began before is fixed, everybody of `needs` may move.

    Groups keep their room and lead unless those are away, shut or not allowed; then whoever may lead, and any room
    that is large enough, is an option. `last` is the week before, for what people would like to keep. People who are
    booked and not of `needs` keep their seats: they only make groups smaller.
    """
    asking = Asking(week, needs, at, choice)
    sessions = tuple(asking.session(one) for one in asking.groups)
    problem = solver.Problem(
        name=f"week {week.first}", sites=(solver.Site(placing.SITE, (), len(week.offices), 0),),
        rooms=tuple(solver.Room(str(room.id), placing.SITE, room.seats) for room in asking.rooms),
        staff=tuple(map(asking.staff, placing.once(asking.people))),
        topics=placing.once(map(asking.topic, asking.groups)), sessions=sessions,
        clients=tuple(people.client(asking, one, last) for one in needs.values()),
    )  # fmt: skip
    frozen = people.frozen(asking)
    return Posed(replace(problem, frozen=frozen), people.schedule(asking, problem), week, at, asking.cut or (0, 0))
