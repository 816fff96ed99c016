"""Days off, rooms out of use, and weekly windows: what a calendar goes around. Nothing here is about a client."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from daybridge.access.gates import may
from daybridge.access.models import Site
from daybridge.access.rules import Permission
from daybridge.kit.periods import Period, local_instant
from daybridge.program.models import Closure, Room, RoomClosure, Window
from daybridge.program.queries.calendar_page import CalendarPage, ClosureRow, HolidayRow, RoomClosureRow, WindowRow
from daybridge.program.rules import holidays


def closures(*, site_id: UUID, first: date, until: date) -> tuple[ClosureRow, ...]:
    """The closures of a site that touch the days from `first` up to, not including, `until`. One query."""
    rows = Closure.objects.filter(site=site_id, first__lt=until, last__gte=first)
    return tuple(ClosureRow(one.id, one.first, one.last, one.why, one.holiday) for one in rows)


def closed_days(*, site_id: UUID, first: date, until: date) -> Mapping[date, str]:
    """Each closed day from `first` up to, not including, `until`, and why. One query."""
    found: dict[date, str] = {}
    for one in closures(site_id=site_id, first=first, until=until):
        for n in range(one.days):
            found.setdefault(one.first + timedelta(days=n), one.why)
    return {day: why for day, why in found.items() if first <= day < until}


def room_closures(*, site_id: UUID, period: Period) -> Mapping[UUID, tuple[Period, ...]]:
    """When rooms of a site are out of use during a period, by room. One query."""
    found = defaultdict(list)
    rows = RoomClosure.objects.filter(room__site=site_id, starts_at__lt=period.end, ends_at__gt=period.start)
    for one in rows:
        found[one.room_id].append(Period(one.starts_at, one.ends_at))
    return {room: tuple(periods) for room, periods in found.items()}


def windows(*, site_id: UUID) -> tuple[WindowRow, ...]:
    """The weekly windows of a site, in the order of the week. One query."""
    return tuple(
        WindowRow(one.id, one.kind, one.weekday, one.start_minute, one.end_minute, one.capacity)
        for one in Window.objects.filter(site=site_id)
    )


def calendar(*, site_id: UUID, year: int, on: date, by: Any) -> CalendarPage:
    """Days off from `on` and the holidays of a year. Raises Site.DoesNotExist out of reach. Five queries."""
    site = Site.objects.filter(id__in=by.sites_with(Permission.PROGRAM_SEE)).get(pk=site_id)
    known = {one.first: one.id for one in Closure.objects.filter(site=site, holiday__gt="")}
    begins = local_instant(on, 0, ZoneInfo(site.timezone))
    rooms = RoomClosure.objects.filter(room__in=Room.objects.visible_to(by), room__site=site, ends_at__gt=begins)
    return CalendarPage(
        site_id=site.id, site=site.name, timezone=site.timezone, year=year,
        holidays=tuple(
            HolidayRow(one.key, one.name, one.day, one.kept, known.get(one.kept)) for one in holidays(year)
        ),
        closures=closures(site_id=site.id, first=on, until=date.max),
        rooms=tuple(
            RoomClosureRow(one.id, one.room_id, one.room.name, Period(one.starts_at, one.ends_at), one.why)
            for one in rooms.select_related("room")
        ),
        windows=windows(site_id=site.id), may_write=may(by, Permission.PROGRAM_WRITE, site),
    )  # fmt: skip
