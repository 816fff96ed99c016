"""Whose day it is: the person, their sites, their clock, and which clients are theirs to look after."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import NamedTuple
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Q

from daybridge.access.models import Site, User
from daybridge.access.rules import Permission, Role
from daybridge.episodes.models import Episode
from daybridge.kit.periods import Period, day_period, week_start
from daybridge.people import reach
from daybridge.people.models import CareTeamMember
from daybridge.people.rules import short_name
from daybridge.watch.queries import asked

LOOK_BACK = timedelta(days=7)
OWN_CASELOAD = frozenset({Role.COUNSELOR, Role.NURSE, Role.CASE_MANAGER, Role.PEER})


COLUMNS = ("id", "status", "client_id", "client__preferred_name", "client__given_name", "client__family_name")


class Person(NamedTuple):
    """Somebody in care, in the order of COLUMNS."""

    episode_id: UUID
    status: str
    client_id: UUID
    preferred: str
    given: str
    family: str

    @property
    def short(self) -> str:
        return short_name(self.preferred or self.given, self.family)


@dataclass(frozen=True)
class Scope:
    """The facts every list of Today starts from."""

    by: User
    at: datetime
    site: Site

    @cached_property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.site.timezone)

    @cached_property
    def day(self) -> date:
        return self.at.astimezone(self.zone).date()

    @cached_property
    def today(self) -> Period:
        return day_period(self.day, self.zone)

    @cached_property
    def first(self) -> date:
        """The first day of this program week."""
        return week_start(self.day, self.site.first_weekday)

    @cached_property
    def staff_id(self) -> UUID | None:
        return next((one for (one,) in asked.staff(user=self.by.pk)), None)

    @cached_property
    def people(self) -> dict[UUID, Person]:
        """Everybody to look after, by episode: in care, or gone since not longer than Today looks back. One query."""
        lately = Q(ended_on=None) | Q(ended_on__gte=self.day - LOOK_BACK)
        found = Episode.objects.filter(self.own(), lately).values_list(*COLUMNS)
        return {row[0]: Person(*row) for row in found}

    @cached_property
    def sees_own(self) -> bool:
        """People with a caseload look after it; directors and the others look after the site."""
        return bool(self.by.roles & OWN_CASELOAD) and Role.DIRECTOR not in self.by.roles

    def own(self, episode: str = "") -> Q:
        """Whose episodes to look after: those of one's caseload, or of the sites within reach.

        `episode` is the path to the episode ("episode__").
        """
        sites = reach.clients_within(self.by, Permission.CLIENT_LIST, f"{episode}client", site=f"{episode}site")
        if not self.sees_own:
            return sites
        mine = CareTeamMember.objects.filter(staff=self.staff_id, until=None).values("client")
        return sites & Q(**{f"{episode}client__in": mine})
