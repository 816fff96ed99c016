"""Whose day it is: the person, their sites, their clock, and which clients are theirs to look after."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import NamedTuple
from uuid import UUID
from zoneinfo import ZoneInfo

from daybridge.access.models import Site, User
from daybridge.access.rules import Permission, Role
from daybridge.kit.periods import Period, day_period, week_start
from daybridge.people import reach
from daybridge.people.rules import short_name
from daybridge.watch.queries import asked

LOOK_BACK = timedelta(days=7)
OWN_CASELOAD = frozenset({Role.COUNSELOR, Role.NURSE, Role.CASE_MANAGER, Role.PEER})


class Person(NamedTuple):
    """Somebody in care, in the order of what is asked."""

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
        within = reach.asking(self.by, Permission.CLIENT_LIST)
        whose, given = ("own", {"staff": self.staff_id}) if self.sees_own else ("sites", {})
        return {row[0]: Person(*row) for row in asked.people(within, whose, since=self.day - LOOK_BACK, **given)}

    @cached_property
    def sees_own(self) -> bool:
        """People with a caseload look after it; directors and the others look after the site."""
        return bool(self.by.roles & OWN_CASELOAD) and Role.DIRECTOR not in self.by.roles
