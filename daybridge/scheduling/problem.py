"""A site's whole week as the solver's Problem, and the way back from its Schedule. Reads, never writes.

Day 0 of the problem is the first day of the program week. Ids are our own as text; no name goes in.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from daybridge.kit.periods import Period
from daybridge.people import rules as people_rules
from daybridge.people.models import Staff
from daybridge.plans import rules as plan_rules
from daybridge.program.models import Room
from daybridge.scheduling import placing, weeks
from daybridge.scheduling.placing import Needs
from daybridge.scheduling.plan import Line, Own, Place, Plan
from daybridge.scheduling.rules import BOOK, BOOKABLE, Local, Service, joined, sessions_wanted, without
from daybridge.scheduling.solver import model as solver
from daybridge.scheduling.solver.check import Booking
from daybridge.scheduling.weeks import SiteWeek, by_day

QUARTER = 15


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
        seats: dict[UUID, set[UUID]] = {}
        own: dict[UUID, set[Own]] = {}
        for run in schedule.sessions:
            session = self.week.sessions.get(UUID(run.id))
            if session is not None and session.starts_at >= self.at:
                for client in run.clients:
                    seats.setdefault(UUID(client), set()).add(session.id)
        for one in schedule.appointments:
            found = self._own(one)
            if found.starts_at >= self.at:
                own.setdefault(UUID(one.client), set()).add(found)
        people = [UUID(client.id) for client in self.problem.clients]
        lines = {
            who: Line(frozenset(seats.get(who, ())), frozenset(own.get(who, ())))
            for who in people
        }  # fmt: skip
        return Plan(lines, self._places(schedule))

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


class Choice(StrEnum):
    """How free groups are: PINNED keeps room and lead where they can be kept, WIDE offers whoever and whatever could."""

    PINNED = "pinned"
    WIDE = "wide"


def site_problem(
    week: SiteWeek, needs: Mapping[UUID, Needs], at: datetime, last: SiteWeek | None = None,
    choice: Choice = Choice.PINNED,
) -> Posed:  # fmt: skip
    """The week from `at` on as a problem: what began before is fixed, everybody of `needs` may move.

    Groups keep their room and lead unless those are away, shut or not allowed; then whoever may lead, and any room
    that is large enough, is an option. `last` is the week before, for what people would like to keep. People who are
    booked and not of `needs` keep their seats: they only make groups smaller.
    """
    asking = _Asking(week, needs, at, choice)
    sessions = tuple(asking.session(one) for one in asking.groups)
    leads = {who.id: who for who in asking.people}
    problem = solver.Problem(
        name=f"week {week.first}", sites=(solver.Site(placing.SITE, (), len(week.offices), 0),),
        rooms=tuple(solver.Room(str(room.id), placing.SITE, room.seats) for room in asking.rooms),
        staff=tuple(asking.staff(who) for who in leads.values()),
        topics=tuple({t.id: t for t in map(asking.topic, asking.groups)}.values()), sessions=sessions,
        clients=tuple(asking.client(one, last) for one in needs.values()),
    )  # fmt: skip
    frozen = asking.frozen()
    return Posed(replace(problem, frozen=frozen), asking.schedule(problem), week, at, asking.cut or (0, 0))


class _Asking:
    """What is worked out once while a problem is posed."""

    def __init__(self, week: SiteWeek, needs: Mapping[UUID, Needs], at: datetime, choice: Choice):
        self.week, self.needs, self.at, self.is_wide = week, needs, at, choice is Choice.WIDE
        self.groups = sorted(
            (one for one in week.sessions.values() if one.kind == Service.GROUP), key=lambda s: (s.starts_at, str(s.id))
        )
        self.people = _people(week)
        self.rooms = _rooms(week)
        self.counselors = tuple(str(who.id) for who in week.counselors)
        self.own = _own_sessions(week, needs)
        self.cut = _cut(week, at)

    def span(self, session) -> Local:
        """A session on the problem's days and quarter hours, never shorter than it is."""
        span = self.week.span(session)
        day = (span.weekday - self.week.first.weekday()) % 7
        return Local(
            day, span.start // QUARTER * QUARTER, max(-(-span.end // QUARTER), span.start // QUARTER + 1) * QUARTER
        )

    def windows(self, spans: Iterable[tuple[int, int, int]]) -> tuple[solver.Window, ...]:
        """Stretches of weekdays as the problem's windows."""
        shift = self.week.first.weekday()
        return tuple(
            solver.Window(*one) for one in joined(((day - shift) % 7, start, end) for day, start, end in spans)
        )

    def topic(self, session) -> solver.Topic:
        span = self.span(session)
        return solver.Topic(_topic_id(session), placing.category(session), span.end - span.start)

    def session(self, session) -> solver.Session:
        """One group: seats that strangers to the problem hold are gone, and count towards its smallest size."""
        span, others = self.span(session), self._strangers(session)
        least = session.group.min_size if session.group else 1
        seats = max(0, session.seats - others)
        is_past = session.starts_at < self.at or session.status not in BOOKABLE
        if is_past:
            least, seats = 0, max(seats, len(self.week.booked.get(session.id, ())))
        return solver.Session(
            id=str(session.id), site=placing.SITE, topic=_topic_id(session), day=span.weekday, start=span.start,
            minutes=span.end - span.start, population=str(session.track_id), language="all",
            min_size=max(0, min(least - others, seats)), max_size=seats, max_per_facilitator=seats,
            ideal_size=max(1, seats), staff_options=self._leads(session, is_past),
            room_options=self._places(session, is_past),
        )  # fmt: skip

    def _strangers(self, session) -> int:
        return sum(1 for one in self.week.booked.get(session.id, ()) if one not in self.needs)

    def _leads(self, session, is_past: bool) -> tuple[str, ...]:
        own = is_past or _may_lead(self.week, session.lead, session)
        if is_past or (own and not self.is_wide):
            return (str(session.lead_id),)
        others = (
            str(who.id) for who in self.people
            if who.id != session.lead_id and _may_lead(self.week, who, session) and _works(self.week, who, session)
        )  # fmt: skip
        return (*((str(session.lead_id),) if own else ()), *others)

    def _places(self, session, is_past: bool) -> tuple[str, ...]:
        own = is_past or not self.week.is_shut(session.room_id, session.starts_at, session.ends_at)
        if is_past or (own and not self.is_wide):
            return (str(session.room_id),)
        taken = max(len(self.week.booked.get(session.id, ())), 2)
        others = (
            str(room.id) for room in self.rooms
            if room.id != session.room_id and not room.is_office and room.seats >= taken
            and not self.week.is_shut(room.id, session.starts_at, session.ends_at)
        )  # fmt: skip
        return (*((str(session.room_id),) if own else ()), *others)

    def staff(self, who: Staff) -> solver.Staff:
        """A member of staff: working hours without leave, and the groups that are theirs whatever the hours say."""
        works = [Local(h.weekday, h.start_minute, h.end_minute) for h in who.hours.all()]
        leads = [self.week.span(one) for one in self.groups if one.lead_id == who.id]
        own = [self.week.span(one) for one in self.own_of_staff(who.id)]
        away = self.week.away_of(who.id)
        windows = self.windows([*without(joined([*works, *_round(leads)]), away), *_round(self._began(leads, own))])
        most = max((sum(s.end - s.start for s in leads if s.weekday == day) for day in range(7)), default=0)
        return solver.Staff(
            str(who.id), placing.SITE, windows, max(BOOK.number("WEEK-2"), most), max(BOOK.number("WEEK-3"), most),
            lunch=_lunch([self.span(one) for one in self.groups if one.lead_id == who.id]),
        )  # fmt: skip

    def own_of_staff(self, staff_id: UUID) -> list:
        return [one for rows in self.own.values() for one in rows if one.lead_id == staff_id]

    def _began(self, leads: list[Local], own: list[Local]) -> list[Local]:
        """What took place before `at` keeps its time, whatever hours or leave say now."""
        over = weeks.past(self.week, self.at)
        return [
            span for span in [*leads, *own] if any(cut.weekday == span.weekday and cut.end > span.start for cut in over)
        ]

    def client(self, needs: Needs, last: SiteWeek | None) -> solver.Client:
        order, who = needs.prescription, needs.episode_id
        fixed = [self.week.span(one) for one in self.week.of(who) if one.starts_at < self.at]
        free = needs.free()
        free = without(free, [Local(day.weekday(), 0, 1440) for day in self.week.closed])
        days = {span.weekday for span in fixed}
        longest = max((sum(s.end - s.start for s in fixed if s.weekday == day) for day in days), default=0)
        before, appts = self._liked(needs, last)
        return solver.Client(
            id=str(who), site=placing.SITE, population=str(needs.track_id), languages=("all",),
            windows=self.windows([*free, *_round(fixed)]), target_minutes=order.weekly_minutes,
            max_minutes=max(plan_rules.BOOK.number("PLAN-3") - QUARTER, order.weekly_minutes),
            days_min=order.days_min, days_max=max(order.days_max, len(days), order.days_min), days_pref=order.days_min,
            max_minutes_day=max(placing.DAY_LIMIT, longest), per_diem_minutes=BOOK.number("WEEK-1"),
            mix=placing.mix(order.mix), requirements=self._requirements(needs), last_week_sessions=before,
            last_week_appts=appts,
        )  # fmt: skip

    def _preferred(self, needs: Needs) -> tuple[solver.Window, ...] | None:
        """When the client likes to come; None when any free time is as good as another."""
        liked = needs.liked()
        return None if liked is None else self.windows(liked)

    def _requirements(self, needs: Needs) -> tuple[solver.Requirement, ...]:
        """The individual and family appointments of the week, those that are booked among them."""
        preferred = str(needs.primary) if str(needs.primary) in self.counselors else None
        has_family_group = any(
            placing.category(one) == "family" and one.track_id == needs.track_id for one in self.groups
        )
        out = []
        for kind in placing.APPOINTMENTS:
            held = [one for one in self.own.get(needs.episode_id, ()) if one.kind == kind]
            wanted = (
                0
                if kind == Service.FAMILY and has_family_group
                else sessions_wanted(needs.prescription.mix, kind, placing.EACH)
            )
            extra = tuple(dict.fromkeys(str(one.lead_id) for one in held))
            staff = (*self.counselors, *(one for one in extra if one not in self.counselors))
            for number in range(max(wanted, len(held))):
                out.append(solver.Requirement(
                    f"{kind}-{number}", kind, placing.EACH, staff, True, 60, preferred=preferred,
                    grid=self._grid(held, number),
                ))  # fmt: skip
        return tuple(out)

    def _grid(self, held: list, number: int) -> int:
        """Appointments begin on the half hour, unless the one that stands begins elsewhere."""
        wide = BOOK.number("WEEK-8")
        return wide if number >= len(held) or self.span(held[number]).start % wide == 0 else QUARTER

    def _liked(self, needs: Needs, last: SiteWeek | None) -> tuple[tuple[str, ...], tuple[solver.PastAppointment, ...]]:
        """What the client has this week, or had last week, as this week's sessions and appointments."""
        now = self.week.of(needs.episode_id)
        if now or last is None:
            own = self.own.get(needs.episode_id, ())
            return tuple(str(one.id) for one in now if one.kind == Service.GROUP), self._past(own, self.week)
        had = last.of(needs.episode_id)
        groups = {one.group_id for one in had if one.group_id}
        same = tuple(str(one.id) for one in self.groups if one.group_id in groups)
        return same, self._past([one for one in had if one.kind in placing.APPOINTMENTS], last)

    def _past(self, own: Iterable, week: SiteWeek) -> tuple[solver.PastAppointment, ...]:
        out, count = [], dict.fromkeys(placing.APPOINTMENTS, 0)
        for one in own:
            span = week.span(one)
            day = (span.weekday - self.week.first.weekday()) % 7
            out.append(
                solver.PastAppointment(
                    f"{one.kind}-{count[one.kind]}", str(one.lead_id), day, span.start // QUARTER * QUARTER
                )
            )
            count[one.kind] += 1
        return tuple(out)

    def schedule(self, problem: solver.Problem) -> solver.Schedule:
        """The week as it is booked now."""
        runs = []
        for one in self.groups:
            people = sorted(str(who) for who in self.week.booked.get(one.id, ()) if who in self.needs)
            if people:
                runs.append(solver.SessionRun(str(one.id), str(one.room_id), (str(one.lead_id),), tuple(people)))
        return solver.Schedule(problem.name, tuple(runs), tuple(self._appointments()))

    def _appointments(self) -> Iterable[solver.Appointment]:
        for episode_id, rows in self.own.items():
            for past in self._past(rows, self.week):
                yield solver.Appointment(str(episode_id), past.requirement, past.staff, past.day, past.start)

    def frozen(self) -> solver.Frozen | None:
        """Bookings that began before `at`; None when the week lies ahead."""
        if self.cut is None:
            return None
        groups: list[Booking] = [
            ("group", str(who), str(one.id))
            for one in self.groups if (self.span(one).weekday, self.span(one).start) < self.cut
            for who in self.week.booked.get(one.id, ()) if who in self.needs
        ]  # fmt: skip
        own: list[Booking] = [
            ("appt", one.client, one.requirement, one.staff, one.day, one.start)
            for one in self._appointments() if (one.day, one.start) < self.cut
        ]  # fmt: skip
        return solver.Frozen(*self.cut, tuple(sorted([*groups, *own], key=str)))


def _own_sessions(week: SiteWeek, needs: Mapping[UUID, Needs]) -> dict[UUID, list]:
    """Appointments by episode, in order; only those on the clock's grid that the solver can keep."""
    return {
        who: [one for one in week.of(who) if one.kind in placing.APPOINTMENTS and one.minutes == placing.EACH]
        for who in needs
    }  # fmt: skip


def _people(week: SiteWeek) -> list[Staff]:
    """Everybody who leads or counsels this week, or could."""
    found = {who.id: who for who in week.counselors}
    found |= {one.lead_id: one.lead for one in week.sessions.values() if one.lead_id not in found}
    return sorted(found.values(), key=lambda who: str(who.id))


def _rooms(week: SiteWeek) -> list[Room]:
    found = {room.id: room for room in week.rooms}
    found |= {one.room_id: one.room for one in week.sessions.values() if one.room_id not in found}
    return sorted(found.values(), key=lambda room: str(room.id))


def _may_lead(week: SiteWeek, who: Staff, session) -> bool:
    day = session.starts_at.astimezone(week.zone).date()
    asks = session.topic.credentials if session.topic else ()
    has = people_rules.leads_as(asks, who.held, day)
    return has and not week.is_away(who.id, session.starts_at, session.ends_at)


def _works(week: SiteWeek, who: Staff, session) -> bool:
    span = week.span(session)
    return any(
        h.weekday == span.weekday and h.start_minute <= span.start and span.end <= h.end_minute for h in who.hours.all()
    )


def _round(spans: Iterable[Local]) -> list[Local]:
    return [
        Local(
            one.weekday, one.start // QUARTER * QUARTER, min(1440, max(-(-one.end // QUARTER) * QUARTER, one.start + 1))
        )
        for one in spans
    ]


def _topic_id(session) -> str:
    return f"{session.topic_id or session.id}:{session.minutes}"


def _lunch(leads: list[Local]) -> solver.Lunch | None:
    """The break of a long shift, unless the groups that are set leave none."""
    earliest, latest, minutes = (BOOK.number(row) for row in ("WEEK-5", "WEEK-6", "WEEK-4"))
    for day in {span.weekday for span in leads}:
        busy = [(span.start, span.end) for span in leads if span.weekday == day]
        starts = range(earliest, latest - minutes + 1, QUARTER)
        if not any(all(end <= at or at + minutes <= start for start, end in busy) for at in starts):
            return None
    return solver.Lunch(earliest, latest, minutes, BOOK.number("WEEK-7"))


def _cut(week: SiteWeek, at: datetime) -> tuple[int, int] | None:
    """The problem's day and quarter hour of `at`; None before the week, its end after it."""
    if at <= week.period.start:
        return None
    if at >= week.period.end:
        return 7, 0
    here = at.astimezone(week.zone)
    day = (here.date() - week.first).days
    return day, -(-(here.hour * 60 + here.minute) // QUARTER) * QUARTER
