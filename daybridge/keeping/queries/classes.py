"""The classes in plain words, with what laws and contracts ask for; what an export holds."""

from dataclasses import dataclass
from uuid import UUID

from daybridge.access.gates import may
from daybridge.access.models import Site
from daybridge.access.rules import Permission
from daybridge.keeping import register
from daybridge.keeping.models import Period
from daybridge.keeping.rules import nameless


@dataclass(frozen=True, slots=True)
class PeriodRow:
    """What a law or contract asks for at a site."""

    id: UUID
    site: str
    years: int
    source: str
    reason: str
    may_end: bool


@dataclass(frozen=True, slots=True)
class ClassRow:
    """One class: what it holds, how long, from when, on whose word; `years` 0 has no clock of its own."""

    id: str
    title: str
    years: int
    since: str
    source: str
    tables: int
    chosen: tuple[PeriodRow, ...]


@dataclass(frozen=True, slots=True)
class ClassesPage:
    """All classes that hold something, and the sites (id, name) within reach."""

    classes: tuple[ClassRow, ...]
    sites: tuple[tuple[UUID, str], ...]


def classes(*, by) -> ClassesPage:
    """Every class with the periods in force at the sites within reach."""
    chosen: dict[str, list[PeriodRow]] = {}
    for one in Period.objects.visible_to(by).in_force().select_related("site"):
        may_end = may(by, Permission.RETENTION_SET, one.site)
        row = PeriodRow(one.pk, one.site.name, one.years, one.source, one.reason, may_end)
        chosen.setdefault(one.kept, []).append(row)
    sites = Site.objects.filter(id__in=by.sites_with(Permission.KEEPING_SEE)).values_list("id", "name")
    rows = (_row(kept, chosen.get(kept.id, [])) for kept in register.classes() if kept.models)
    return ClassesPage(tuple(rows), tuple(sites))


def _row(kept, chosen: list[PeriodRow]) -> ClassRow:
    return ClassRow(kept.id, kept.title, kept.years, kept.since, kept.source, len(kept.models), tuple(chosen))


def files() -> tuple[tuple[str, str], ...]:
    """The files of an export without names and their columns in words."""
    return tuple((name, ", ".join(columns[1:])) for name, (_kind, columns) in nameless.FILES.items())
