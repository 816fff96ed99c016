"""What is worked out once while a week's problem is posed: its groups, who may lead them, where they fit, who works."""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import datetime
from uuid import UUID

from daybridge.people import rules as people_rules
from daybridge.people.models import Staff
from daybridge.program.models import Room
from daybridge.scheduling import placing, weeks
from daybridge.scheduling.placing import Needs
from daybridge.scheduling.problem.choice import Choice
from daybridge.scheduling.rules import BOOK, BOOKABLE, Local, Service, joined, without
from daybridge.scheduling.solver import model as solver
from daybridge.scheduling.weeks import SiteWeek

QUARTER = 15


class Asking:
    """What is worked out once while a problem is posed."""

    def __init__(self, week: SiteWeek, needs: Mapping[UUID, Needs], at: datetime, choice: Choice):
        self.week, self.needs, self.at, self.is_wide = week, needs, at, choice is Choice.WIDE
        self.groups = sorted(
            (one for one in week.sessions.values() if one.kind == Service.GROUP), key=lambda s: (s.starts_at, str(s.id))
        )
        self.enrolled = Counter(one.track_id for one in needs.values())
        self.people = staff_of(week)
        self.rooms = rooms_of(week)
        self.counselors = tuple(str(who.id) for who in week.counselors)
        self.own = own_sessions(week, needs)
        self.cut = cut_of(week, at)

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
        return solver.Topic(topic_id(session), placing.category(session), span.end - span.start)

    def session(self, session) -> solver.Session:
        """One group: seats that strangers to the problem hold are gone, and count towards its smallest size.

        A track with fewer people than a group's smallest size still meets: nobody is left without a week for that.
        """
        span, others = self.span(session), self._strangers(session)
        least = min(session.group.min_size if session.group else 1, self.enrolled[session.track_id])
        seats = max(0, session.seats - others)
        is_past = session.starts_at < self.at or session.status not in BOOKABLE
        if is_past:
            least, seats = 0, max(seats, len(self.week.booked.get(session.id, ())))
        return solver.Session(
            id=str(session.id), site=placing.SITE, topic=topic_id(session), day=span.weekday, start=span.start,
            minutes=span.end - span.start, population=str(session.track_id), language="all",
            min_size=max(0, min(least - others, seats)), max_size=seats, max_per_facilitator=seats,
            ideal_size=max(1, seats), staff_options=self._leads(session, is_past),
            room_options=self._places(session, is_past),
        )  # fmt: skip

    def _strangers(self, session) -> int:
        return sum(1 for one in self.week.booked.get(session.id, ()) if one not in self.needs)

    def _leads(self, session, is_past: bool) -> tuple[str, ...]:
        own = is_past or leads_then(self.week, session.lead, session)
        if is_past or (own and not self.is_wide):
            return (str(session.lead_id),)
        others = (
            str(who.id) for who in self.people
            if who.id != session.lead_id and leads_then(self.week, who, session) and works_then(self.week, who, session)
        )  # fmt: skip
        return _own_first(session.lead_id, own, others)

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
        return _own_first(session.room_id, own, others)

    def staff(self, who: Staff) -> solver.Staff:
        """A member of staff: working hours without leave, and the groups that are theirs whatever the hours say."""
        works = [Local(h.weekday, h.start_minute, h.end_minute) for h in who.hours.all()]
        leads = [self.week.span(one) for one in self.groups if one.lead_id == who.id]
        own = [self.week.span(one) for one in self.own_of_staff(who.id)]
        away = self.week.away_of(who.id)
        windows = self.windows(
            [*without(joined([*works, *on_quarters(leads)]), away), *on_quarters(self._began(leads, own))]
        )
        most = max((sum(s.end - s.start for s in leads if s.weekday == day) for day in range(7)), default=0)
        return solver.Staff(
            str(who.id), placing.SITE, windows, max(BOOK.number("WEEK-2"), most), max(BOOK.number("WEEK-3"), most),
            lunch=lunch_of([self.span(one) for one in self.groups if one.lead_id == who.id]),
        )  # fmt: skip

    def own_of_staff(self, staff_id: UUID) -> list:
        return [one for rows in self.own.values() for one in rows if one.lead_id == staff_id]

    def _began(self, leads: list[Local], own: list[Local]) -> list[Local]:
        """What took place before `at` keeps its time, whatever hours or leave say now."""
        over = weeks.past(self.week, self.at)
        return [
            span for span in [*leads, *own] if any(cut.weekday == span.weekday and cut.end > span.start for cut in over)
        ]


def own_sessions(week: SiteWeek, needs: Mapping[UUID, Needs]) -> dict[UUID, list]:
    """Appointments by episode, in order; only those on the clock's grid that the solver can keep."""
    return {
        who: [one for one in week.of(who) if one.kind in placing.APPOINTMENTS and one.minutes == placing.EACH]
        for who in needs
    }  # fmt: skip


def staff_of(week: SiteWeek) -> list[Staff]:
    """Everybody who leads or counsels this week, or could."""
    found = {who.id: who for who in week.counselors}
    found |= {one.lead_id: one.lead for one in week.sessions.values() if one.lead_id not in found}
    return sorted(found.values(), key=lambda who: str(who.id))


def rooms_of(week: SiteWeek) -> list[Room]:
    found = {room.id: room for room in week.rooms}
    found |= {one.room_id: one.room for one in week.sessions.values() if one.room_id not in found}
    return sorted(found.values(), key=lambda room: str(room.id))


def leads_then(week: SiteWeek, who: Staff, session) -> bool:
    day = session.starts_at.astimezone(week.zone).date()
    asks = session.topic.credentials if session.topic else ()
    has = people_rules.leads_as(asks, who.held, day)
    return has and not week.is_away(who.id, session.starts_at, session.ends_at)


def works_then(week: SiteWeek, who: Staff, session) -> bool:
    span = week.span(session)
    return any(
        h.weekday == span.weekday and h.start_minute <= span.start and span.end <= h.end_minute for h in who.hours.all()
    )


def on_quarters(spans: Iterable[Local]) -> list[Local]:
    return [
        Local(
            one.weekday, one.start // QUARTER * QUARTER, min(1440, max(-(-one.end // QUARTER) * QUARTER, one.start + 1))
        )
        for one in spans
    ]


def topic_id(session) -> str:
    return f"{session.topic_id or session.id}:{session.minutes}"


def _has_gap(busy: list[tuple[int, int]], starts: Iterable[int], minutes: int) -> bool:
    return any(all(end <= at or at + minutes <= start for start, end in busy) for at in starts)


def _own_first(mine: UUID, may_stay: bool, others: Iterable[str]) -> tuple[str, ...]:
    return (str(mine), *others) if may_stay else tuple(others)


def lunch_of(leads: list[Local]) -> solver.Lunch | None:
    """The break of a long shift, unless the groups that are set leave none."""
    earliest, latest, minutes = (BOOK.number(row) for row in ("WEEK-5", "WEEK-6", "WEEK-4"))
    for day in {span.weekday for span in leads}:
        busy = [(span.start, span.end) for span in leads if span.weekday == day]
        if not _has_gap(busy, range(earliest, latest - minutes + 1, QUARTER), minutes):
            return None
    return solver.Lunch(earliest, latest, minutes, BOOK.number("WEEK-7"))


def cut_of(week: SiteWeek, at: datetime) -> tuple[int, int] | None:
    """The problem's day and quarter hour of `at`; None before the week, its end after it."""
    if at <= week.period.start:
        return None
    if at >= week.period.end:
        return 7, 0
    here = at.astimezone(week.zone)
    day = (here.date() - week.first).days
    return day, -(-(here.hour * 60 + here.minute) // QUARTER) * QUARTER
