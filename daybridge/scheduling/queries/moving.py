"""What the form that moves a session offers: days, rooms and people of the site."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from daybridge.access.gates import require
from daybridge.access.rules import Permission
from daybridge.kit.periods import week_start
from daybridge.people.models import Staff
from daybridge.program.models import Room
from daybridge.scheduling import weeks
from daybridge.scheduling.models import Session


@dataclass(frozen=True, slots=True)
class MovePage:
    """A session, where it is now, and where it could be asked to go."""

    id: UUID
    title: str
    site_id: UUID
    first: date
    starts_at: datetime
    ends_at: datetime
    minutes: int
    room_id: UUID
    lead_id: UUID
    days: tuple[tuple[str, date], ...]
    rooms: tuple[tuple[str, str], ...]
    people: tuple[tuple[str, str], ...]
    booked: int


def moving(*, session_id: UUID, by: Any, at: datetime) -> MovePage:
    """The move of one session. Raises Session.DoesNotExist out of reach, NotAllowed."""
    found = Session.objects.visible_to(by).select_related("site").get(pk=session_id)
    require(by, Permission.WEEK_PLACE, found)
    zone = weeks.zone_of(found.site)
    first = week_start(found.starts_at.astimezone(zone).date(), found.site.first_weekday)
    week = weeks.read(found.site, first)
    rooms = Room.objects.filter(site=found.site)
    people = Staff.objects.filter(site=found.site, user__is_active=True, hours__isnull=False).distinct()
    return MovePage(
        id=found.id, title=found.title, site_id=found.site_id, first=first,
        starts_at=found.starts_at.astimezone(zone), ends_at=found.ends_at.astimezone(zone), minutes=found.minutes,
        room_id=found.room_id, lead_id=found.lead_id,
        days=tuple((one.isoformat(), one) for one in weeks.days_of(first)),
        rooms=tuple((str(one.id), one.name) for one in rooms),
        people=tuple((str(one.id), one.name) for one in people.select_related("user").order_by("user__name")),
        booked=week.taken(found.id),
    )  # fmt: skip
