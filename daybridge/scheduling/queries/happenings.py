"""What may have come up today: who leads something, which rooms are in use; one step from there to a proposal."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from daybridge.access.models import Site
from daybridge.access.rules import Permission
from daybridge.kit.periods import day_period
from daybridge.people.models import Staff
from daybridge.program.models import Room
from daybridge.scheduling import weeks
from daybridge.scheduling.models import Session
from daybridge.scheduling.rules import BOOKABLE


@dataclass(frozen=True, slots=True)
class Part:
    """A person or a room, and how many sessions of theirs are still ahead that day."""

    id: UUID
    name: str
    ahead: int


@dataclass(frozen=True, slots=True)
class Happenings:
    """Who and what a site could be without, those with sessions that day first."""

    site_id: UUID
    on: date
    people: tuple[Part, ...]
    rooms: tuple[Part, ...]

    @property
    def is_busy(self) -> bool:
        """Whether anybody still leads anything that day."""
        return any(one.ahead for one in self.people)


def happenings(*, site_id: UUID, on: date, by: Any, at: datetime) -> Happenings:
    """The people and rooms of a site with what is ahead on a day. Raises Site.DoesNotExist out of reach."""
    site = Site.objects.filter(id__in=by.sites_with(Permission.WEEK_PLACE)).get(pk=site_id)
    day = day_period(on, weeks.zone_of(site))
    ahead = Session.objects.standing().filter(
        site=site, starts_at__gte=max(day.start, at), starts_at__lt=day.end, status__in=list(BOOKABLE)
    )
    rows = list(ahead.values_list("lead", "room"))
    leads, used = Counter(lead for lead, _room in rows), Counter(room for _lead, room in rows)
    staff = Staff.objects.filter(site=site, user__is_active=True, hours__isnull=False).select_related("user").distinct()
    people = [Part(one.id, one.name, leads[one.id]) for one in staff]
    rooms = [Part(one.id, one.name, used[one.id]) for one in Room.objects.filter(site=site)]
    return Happenings(site.id, on, _ordered(people), _ordered(rooms))


def _ordered(parts: list[Part]) -> tuple[Part, ...]:
    return tuple(sorted(parts, key=lambda one: (-one.ahead, one.name)))
