"""Templates on their pages: what can be opened, and how one would stand at a site."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from daybridge.access.models import Site
from daybridge.access.rules import Permission
from daybridge.program.laying import resources
from daybridge.program.models import Track
from daybridge.program.rules import BOOK, Course, Laid, Plan, ProgramTemplate, lay, library, templates


@dataclass(frozen=True, slots=True)
class Preview:
    """How a template would stand: its plan, the lessons of its courses, how many minutes a week are asked for."""

    site_id: UUID
    site: str
    plan: Plan
    days: tuple[tuple[int, tuple[Laid, ...]], ...]
    courses: tuple[tuple[Course, tuple[str, ...]], ...]
    asked_minutes: int
    is_name_taken: bool

    @property
    def is_short(self) -> bool:
        return self.plan.minutes < self.asked_minutes


def template_list() -> tuple[ProgramTemplate, ...]:
    """Every template, in their order."""
    return tuple(templates().values())


def preview(*, site_id: UUID, template: ProgramTemplate, since: date, by: Any) -> Preview:
    """A template laid over a site from a day on. Raises Site.DoesNotExist out of reach. Eleven queries."""
    site = Site.objects.filter(id__in=by.sites_with(Permission.PROGRAM_WRITE)).get(pk=site_id)
    there = resources(site, since)
    plan = lay(template=template, rooms=there.rooms, leaders=there.leaders, since=since, asks=there.asks)
    weekdays = sorted({one.slot.weekday for one in plan.laid})
    return Preview(
        site_id=site.id, site=site.name, plan=plan,
        days=tuple((day, tuple(one for one in plan.laid if one.slot.weekday == day)) for day in weekdays),
        courses=tuple(
            (one, tuple(library()[lesson].title for lesson in one.lessons)) for one in template.courses
        ),
        asked_minutes=asked_minutes(population=template.track.population, level=template.track.level),
        is_name_taken=Track.objects.filter(site=site, name=template.track.name).exists(),
    )  # fmt: skip


def named(*, template: ProgramTemplate, name: str, seats: int) -> ProgramTemplate:
    """The template with the name and the seats somebody wants."""
    return replace(template, track=replace(template.track, name=name or template.track.name, seats=seats))


def asked_minutes(*, population: str, level: str) -> int:
    """The minutes a week that a level asks for; 0 where none is known. Source: PROGRAM-7, PROGRAM-8."""
    if level != "2.1":
        return 0
    return BOOK.number("PROGRAM-8" if population == "adolescent" else "PROGRAM-7")
