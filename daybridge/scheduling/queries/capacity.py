"""Seats and waiting: what is free in each group for weeks ahead, how full they are, who reaches hours, who waits."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from statistics import median
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Count, Q

from daybridge.access import rowlock
from daybridge.access.models import Site
from daybridge.access.rules import Permission
from daybridge.admissions.models import Referral
from daybridge.audit import ledger
from daybridge.kit.periods import Period, week_period
from daybridge.level_of_care.models import Determination
from daybridge.plans.models import TreatmentPlan
from daybridge.program.models import Track
from daybridge.program.rules import Attendee, clock, fits
from daybridge.scheduling import weeks
from daybridge.scheduling.models import Booking, Session
from daybridge.scheduling.rules import BookingState, Service
from daybridge.scheduling.shortfalls import DAYS
from daybridge.scheduling.waiting import could_start
from daybridge.scheduling.weeks import SiteWeek

AHEAD = 4
ASKED = 3  # people placed on trial in each track; more are told as "3 or more"


@dataclass(frozen=True, slots=True)
class GroupSeats:
    """One weekly group: its free seats in each of the weeks, None where it does not meet."""

    title: str
    when: str
    track: str
    size: int
    free: tuple[int | None, ...]


@dataclass(frozen=True, slots=True)
class WeekFill:
    """One week: seats in groups, those taken; people who are booked to their hours, of those with a plan."""

    first: date
    seats: int
    taken: int
    reached: int
    people: int

    @property
    def percent(self) -> int:
        return round(100 * self.taken / self.seats) if self.seats else 0


@dataclass(frozen=True, slots=True)
class TrackPlaces:
    """A track and how many more people could start in it next week at their full hours; `days` of the first of them."""

    id: UUID
    name: str
    level: str
    places: int
    days: str

    @property
    def is_many(self) -> bool:
        return self.places >= ASKED


@dataclass(frozen=True, slots=True)
class WaitRow:
    """Somebody on the waitlist within reach: for how many days, and the tracks they could start in."""

    referral_id: UUID
    client_id: UUID
    name: str
    days: int
    level: str
    tracks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CapacityPage:
    """A site's seats for four weeks ahead, and its waitlist."""

    site_id: UUID
    sites: tuple[tuple[UUID, str], ...]
    fills: tuple[WeekFill, ...]
    groups: tuple[GroupSeats, ...]
    tracks: tuple[TrackPlaces, ...]
    waits: tuple[WaitRow, ...]
    waiting: int
    median_days: int | None
    start: date

    @property
    def this_week(self) -> WeekFill:
        return self.fills[0]


def capacity(*, site_id: UUID, first: date, by: Any, at: datetime) -> CapacityPage:
    """Seats of the four weeks from `first`, and who waits. Raises Site.DoesNotExist out of reach.

    The same number of queries for any number of groups and people. Names on the waitlist are on the ledger.
    """
    sites = list(Site.objects.filter(id__in=by.sites_with(Permission.WEEK_SEE)).order_by("name"))
    site = next((one for one in sites if one.id == site_id), None)
    if site is None:
        raise Site.DoesNotExist
    next_week = weeks.read(site, first + timedelta(days=7))
    waiting, days = _waiting(site, at)
    tracks = _tracks(site, next_week, at)
    fills, groups = _seats(site, first)
    return CapacityPage(
        site.id, tuple((one.id, one.name) for one in sites), fills, groups, tracks,
        _waits(site, tracks, by=by, at=at), waiting, days, next_week.first,
    )  # fmt: skip


@rowlock.as_system("seats are counted over everybody")
def _seats(site: Site, first: date) -> tuple[tuple[WeekFill, ...], tuple[GroupSeats, ...]]:
    zone = ZoneInfo(site.timezone)
    starts = [first + timedelta(days=7 * number) for number in range(AHEAD)]
    whole = Period(week_period(first, zone).start, week_period(starts[-1], zone).end)
    standing = Session.objects.standing().filter(
        site=site, kind=Service.GROUP, starts_at__gte=whole.start, starts_at__lt=whole.end
    )  # fmt: skip
    taken = Count("bookings", filter=Q(bookings__status=BookingState.BOOKED))
    rows = list(standing.select_related("track").annotate(taken=taken).order_by("starts_at", "id"))
    minutes = _minutes(site, whole)
    plans = dict(
        TreatmentPlan.objects.active().filter(episode__site=site, episode__status="active").order_by()
        .values_list("episode_id", "weekly_minutes")
    )  # fmt: skip
    fills = tuple(_fill(one, zone, rows, minutes, plans) for one in starts)
    return fills, _groups(rows, starts, zone)


def _minutes(site: Site, whole: Period) -> list[tuple[UUID, datetime, datetime]]:
    booked = Booking.objects.filter(
        session__site=site, status=BookingState.BOOKED, session__starts_at__gte=whole.start,
        session__starts_at__lt=whole.end,
    ).exclude(session__status="cancelled")  # fmt: skip
    return list(booked.values_list("episode_id", "session__starts_at", "session__ends_at"))


def _fill(first: date, zone: ZoneInfo, rows: list[Session], booked: list, plans: dict[UUID, int]) -> WeekFill:
    week = week_period(first, zone)
    mine = [one for one in rows if week.start <= one.starts_at < week.end]
    had: dict[UUID, int] = defaultdict(int)
    for episode, start, end in booked:
        if week.start <= start < week.end:
            had[episode] += int((end - start).total_seconds() // 60)
    reached = sum(1 for episode, target in plans.items() if had[episode] >= target)
    return WeekFill(first, sum(one.seats for one in mine), sum(one.taken for one in mine), reached, len(plans))


def _groups(rows: list[Session], starts: list[date], zone: ZoneInfo) -> tuple[GroupSeats, ...]:
    """A line a weekly group; a session of no weekly group stands by its title and time."""
    lines: dict[tuple, dict[int, Session]] = {}
    for one in rows:
        here = one.starts_at.astimezone(zone)
        key = (here.weekday(), here.hour * 60 + here.minute, one.title, str(one.track_id))
        number = max(n for n, first in enumerate(starts) if here.date() >= first)
        lines.setdefault(key, {})[number] = one
    out = []
    for (weekday, minute, title, _track), met in sorted(lines.items()):
        some = next(iter(met.values()))
        free = tuple(max(0, met[n].seats - met[n].taken) if n in met else None for n in range(len(starts)))
        track = some.track.name if some.track else ""
        out.append(GroupSeats(title, f"{DAYS[weekday]} {clock(minute)}", track, some.seats, free))
    return tuple(out)


def _tracks(site: Site, week: SiteWeek, at: datetime) -> tuple[TrackPlaces, ...]:
    out = []
    for track in Track.objects.filter(site=site, is_active=True).order_by("name"):
        found = could_start(week, track.id, ASKED, at) if week.sessions else ()
        days = sorted({one.starts_at.astimezone(week.zone).weekday() for one in (found[0].slots if found else ())})
        out.append(TrackPlaces(track.id, track.name, track.level, len(found), ", ".join(DAYS[day] for day in days)))
    return tuple(out)


@rowlock.as_system("the waitlist is counted over everybody")
def _waiting(site: Site, at: datetime) -> tuple[int, int | None]:
    since = list(Referral.objects.filter(site=site, state="waitlisted").values_list("state_since", flat=True))
    return len(since), round(median((at - one).days for one in since)) if since else None


def _open_to(tracks: Iterable[Track], who: Attendee, on: date) -> tuple[str, ...]:
    return tuple(track.name for track in tracks if not fits(track.audience, who, on))


def _waits(site: Site, tracks: tuple[TrackPlaces, ...], *, by: Any, at: datetime) -> tuple[WaitRow, ...]:
    """Who waits, the longest first, with the tracks of their level that have a place left."""
    rows = Referral.objects.visible_to(by).filter(site=site, state="waitlisted").select_related("client")
    rows = list(rows.order_by("state_since", "id"))
    decided = Determination.objects.decided().filter(client__in=[one.client_id for one in rows])
    levels = dict(decided.order_by("decided_at").values_list("client_id", "decided_level"))
    known = {one.id: one for one in Track.objects.filter(site=site, is_active=True)} if rows else {}
    ledger.read_list("referral.lane", [one.client_id for one in rows], by=by, at=at, lane="waitlisted")
    out = []
    for one in rows:
        client, level = one.client, levels.get(one.client_id, "")
        who = Attendee(client.birth_date, client.sex, client.languages)
        left = [track for track in tracks if track.places and track.level == level]
        open_to = _open_to([known[track.id] for track in left], who, at.date())
        out.append(WaitRow(one.id, client.id, client.name, (at - one.state_since).days, level, open_to))
    return tuple(out)
