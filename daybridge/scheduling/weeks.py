"""One site's week read once: its sessions and seats, its counselors and offices. Actions and queries place upon it."""

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Count

from daybridge.access import rowlock
from daybridge.access.models import Site
from daybridge.kit.periods import Period, local_instant, week_period
from daybridge.people import queries as people
from daybridge.people.models import Staff
from daybridge.program import queries as program
from daybridge.program.models import Room
from daybridge.scheduling.models import Booking, Session
from daybridge.scheduling.rules import BookingState, Local, Meeting, local, without

COUNSELORS = ("counselor", "director")


@dataclass(slots=True)
class SiteWeek:
    """A site's standing sessions of one week with their bookings, and who and what could take appointments."""

    site: Site
    zone: ZoneInfo
    period: Period
    first: date
    sessions: dict[UUID, Session]
    booked: dict[UUID, set[UUID]] = field(default_factory=dict)
    counselors: list[Staff] = field(default_factory=list)
    offices: list[Room] = field(default_factory=list)
    rooms: list[Room] = field(default_factory=list)
    away: dict[UUID, list[Period]] = field(default_factory=dict)
    shut: dict[UUID, list[Period]] = field(default_factory=dict)
    closed: Mapping[date, str] = field(default_factory=dict)

    def taken(self, session_id: UUID) -> int:
        """Seats taken in a session."""
        return len(self.booked.get(session_id, ()))

    def of(self, episode_id: UUID) -> list[Session]:
        """The sessions an episode is booked into, in order."""
        mine = [one for one in self.sessions.values() if episode_id in self.booked.get(one.id, ())]
        return sorted(mine, key=lambda one: one.starts_at)

    def span(self, session: Session) -> Local:
        return local(session.starts_at, session.ends_at, self.zone)

    def instant(self, weekday: int, minute: int) -> datetime:
        """The instant of a minute of one of the week's days, by the wall clock."""
        day = next(one for one in days_of(self.first) if one.weekday() == weekday)
        return local_instant(day, minute, self.zone)

    def add(self, session: Session) -> None:
        self.sessions[session.id] = session

    def is_away(self, staff_id: UUID, start: datetime, end: datetime) -> bool:
        """Whether a staff member is on leave in a part of that time."""
        return any(one.start < end and start < one.end for one in self.away.get(staff_id, ()))

    def away_of(self, staff_id: UUID) -> list[Local]:
        """When a staff member is on leave, day by day."""
        return [span for one in self.away.get(staff_id, ()) for span in by_day(one, self.zone)]

    def is_shut(self, room_id: UUID, start: datetime, end: datetime) -> bool:
        """Whether a room, or the whole site that day, is closed in a part of that time."""
        if start.astimezone(self.zone).date() in self.closed:
            return True
        return any(one.start < end and start < one.end for one in self.shut.get(room_id, ()))

    def fingerprint(self) -> str:
        """A mark of everything a draft is worked out from: it differs once a session or a seat has changed."""
        rows = [
            (str(one.id), one.status, one.starts_at.astimezone(UTC).isoformat(), one.minutes, str(one.room_id),
             str(one.lead_id), one.seats, sorted(str(who) for who in self.booked.get(one.id, ())))
            for one in sorted(self.sessions.values(), key=lambda one: str(one.id))
        ]  # fmt: skip
        return hashlib.sha256(repr(rows).encode()).hexdigest()

    def meetings(self) -> Iterable[Meeting]:
        return (meeting(one) for one in self.sessions.values())


def zone_of(site: Site) -> ZoneInfo:
    return ZoneInfo(site.timezone)


def period_of(site: Site, first: date) -> Period:
    """The seven local days from `first`."""
    return week_period(first, ZoneInfo(site.timezone))


def ends(site: Site, first: date) -> datetime:
    """When the week that begins on `first` is over."""
    return week_period(first, ZoneInfo(site.timezone)).end


def meeting(session: Session) -> Meeting:
    return Meeting(session.id, session.room_id, session.lead_id, session.starts_at, session.ends_at)


def by_day(period: Period, zone: ZoneInfo) -> list[Local]:
    """A stretch of time as pieces of local days."""
    start, end = period.start.astimezone(zone), period.end.astimezone(zone)
    out, day = [], start.date()
    while day <= end.date():
        since = start.hour * 60 + start.minute if day == start.date() else 0
        until = end.hour * 60 + end.minute if day == end.date() else 1440
        if since < until:
            out.append(Local(day.weekday(), since, until))
        day += timedelta(days=1)
    return out


def days_of(first: date) -> list[date]:
    return [date.fromordinal(first.toordinal() + n) for n in range(7)]


@rowlock.as_system("seats are counted over everybody")
def read(site: Site, first: date) -> SiteWeek:
    """The week of `site` that begins on `first`, in ten queries whatever its size."""
    zone = ZoneInfo(site.timezone)
    period = week_period(first, zone)
    standing = Session.objects.standing().filter(site=site, starts_at__gte=period.start, starts_at__lt=period.end)
    known = standing.select_related("topic", "room", "lead__user", "track", "group").prefetch_related(
        "lead__hours", "lead__credentials"
    )
    rooms = list(Room.objects.filter(site=site).order_by("name"))
    found = SiteWeek(
        site, zone, period, first,
        sessions={one.id: one for one in known},
        counselors=_counselors(site), rooms=rooms, offices=[room for room in rooms if room.is_office],
        shut={one: list(spans) for one, spans in program.room_closures(site_id=site.id, period=period).items()},
        closed=program.closed_days(site_id=site.id, first=first, until=first + timedelta(days=7)),
    )  # fmt: skip
    staff = {who.id for who in found.counselors} | {one.lead_id for one in found.sessions.values()}
    found.away = people.away(staff_ids=sorted(staff), period=period)
    rows = Booking.objects.filter(session__in=standing.order_by().values("id"), status=BookingState.BOOKED)
    for session_id, episode_id in rows.values_list("session_id", "episode_id"):
        found.booked.setdefault(session_id, set()).add(episode_id)
    return found


def _counselors(site: Site) -> list[Staff]:
    """Active staff with a credential who counsel at the site, those with the fewest clients first."""
    rows = Staff.objects.filter(site=site, user__is_active=True).exclude(credential="")
    rows = rows.filter(user__memberships__site=site, user__memberships__role__in=COUNSELORS)
    rows = rows.annotate(carried=Count("caseload")).select_related("user").prefetch_related("hours", "credentials")
    return sorted(rows, key=lambda one: (one.carried, str(one.id)))


def free_hours(week: SiteWeek, staff: Staff, at: datetime) -> tuple[Local, ...]:
    """When a counselor works, holds a credential in force and leads nothing, from `at` on."""
    until = staff.credential_until
    days = {day.weekday(): day for day in days_of(week.first)}
    works = [
        Local(hours.weekday, hours.start_minute, hours.end_minute)
        for hours in staff.hours.all()
        if until is None or days[hours.weekday] <= until
    ]
    leads = (week.span(one) for one in week.sessions.values() if one.lead_id == staff.id)
    shut = [Local(day.weekday(), 0, 1440) for day in week.closed]
    return without(works, [*leads, *shut, *week.away_of(staff.id), *past(week, at)])


def free_offices(week: SiteWeek, at: datetime) -> tuple[Local, ...]:
    """The free stretches of every office, from `at` on; those of two offices are never joined."""
    free: list[Local] = []
    for office in week.offices:
        uses = [week.span(one) for one in week.sessions.values() if one.room_id == office.id]
        free += without([Local(weekday, 0, 1440) for weekday in range(7)], [*uses, *past(week, at)])
    return tuple(free)


def office_for(week: SiteWeek, start: datetime, end: datetime) -> Room | None:
    """The first office that is free all through."""
    taken = Counter(one.room_id for one in week.sessions.values() if one.starts_at < end and start < one.ends_at)
    return next((office for office in week.offices if not taken[office.id]), None)


def past(week: SiteWeek, at: datetime) -> list[Local]:
    """What is over of the week at `at`, as whole stretches of its days."""
    here = at.astimezone(week.zone)
    over = [Local(day.weekday(), 0, 1440) for day in days_of(week.first) if day < here.date()]
    if here.date() in days_of(week.first) and here.hour * 60 + here.minute:
        over.append(Local(here.weekday(), 0, here.hour * 60 + here.minute))
    return over
