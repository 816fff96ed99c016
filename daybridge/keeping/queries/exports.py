"""Exports that were taken."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from daybridge.keeping.models import Export
from daybridge.keeping.queries.names import actor_names


@dataclass(frozen=True, slots=True)
class ExportRow:
    """One export: who, when, why, how many people, and the fingerprint of the file."""

    id: UUID
    site: str
    by: str
    at: datetime
    reason: str
    people: int
    sha256: str


def exports(*, by) -> tuple[ExportRow, ...]:
    """The newest fifty within reach."""
    found = list(Export.objects.visible_to(by).select_related("site")[:50])
    names = actor_names({one.by for one in found})
    return tuple(
        ExportRow(one.pk, one.site.name, names.get(one.by, one.by), one.at, one.reason, one.people, one.sha256)
        for one in found
    )
