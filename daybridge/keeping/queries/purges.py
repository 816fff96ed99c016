"""Purges: what was proposed, how it was answered, how far it came."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Count, Q

from daybridge.access.gates import may
from daybridge.access.rules import Permission
from daybridge.audit import ledger
from daybridge.jobs.models import Job
from daybridge.jobs.queries import JobRow
from daybridge.jobs.queries import row as job_row
from daybridge.keeping.models import Purge
from daybridge.keeping.queries.names import actor_names
from daybridge.keeping.reach import records_within
from daybridge.keeping.rules import TASK, ItemState, PurgeState


@dataclass(frozen=True, slots=True)
class PurgeRow:
    """One purge in a list."""

    id: UUID
    site: str
    state: str
    records: int
    purged: int
    kept: int
    proposed_by: str
    proposed_at: datetime
    answered_by: str
    answered_at: datetime | None
    is_certified: bool


@dataclass(frozen=True, slots=True)
class ItemRow:
    """One record of a purge; `name` only while the record is there and within the reader's reach."""

    id: UUID
    short: str
    name: str
    state: str
    until: date
    kept_because: str
    rows: int


@dataclass(frozen=True, slots=True)
class PurgePage:
    """One purge with its records, what the reader may do about it, and the job's progress while it runs."""

    row: PurgeRow
    answer: str
    items: tuple[ItemRow, ...]
    may_answer: bool
    may_withdraw: bool
    is_own: bool
    job: JobRow | None


def purges(*, by) -> tuple[PurgeRow, ...]:
    """Purges within reach, newest first."""
    found = list(_counted(Purge.objects.visible_to(by))[:50])
    names = actor_names({one.proposed_by for one in found} | {one.answered_by for one in found})
    return tuple(_row(one, names) for one in found)


def _counted(rows):
    return rows.select_related("site", "certificate").annotate(
        records=Count("items"),
        purged=Count("items", filter=Q(items__state=ItemState.PURGED)),
        kept=Count("items", filter=Q(items__state=ItemState.KEPT)),
    )


def _row(purge: Purge, names: dict[str, str]) -> PurgeRow:
    return PurgeRow(
        purge.pk, purge.site.name, purge.state, purge.records, purge.purged, purge.kept,
        names.get(purge.proposed_by, purge.proposed_by), purge.proposed_at,
        names.get(purge.answered_by, purge.answered_by), purge.answered_at, hasattr(purge, "certificate"),
    )  # fmt: skip


def purge(*, purge_id: UUID, by, at: datetime) -> PurgePage:
    """One purge; writes a read line, for it names people. Raises Purge.DoesNotExist out of reach."""
    found = _counted(Purge.objects.visible_to(by)).get(pk=purge_id)
    items = list(found.items.all())
    within = records_within(by, Permission.KEEPING_SEE).filter(pk__in=[item.client_id for item in items])
    names = {client.pk: client.name for client in within}
    ledger.read_list("purge.read", sorted(names), by=by, at=at)
    is_open, is_own = found.state == PurgeState.PROPOSED, found.proposed_by == by.actor
    job = Job.objects.filter(key=f"{TASK}:{found.pk}").first() if found.state == PurgeState.APPROVED else None
    return PurgePage(
        row=_row(found, actor_names({found.proposed_by, found.answered_by})),
        answer=found.answer,
        items=tuple(_item(item, names) for item in items),
        may_answer=is_open and not is_own and may(by, Permission.PURGE_APPROVE, found),
        may_withdraw=is_open and may(by, Permission.PURGE_PROPOSE, found),
        is_own=is_own,
        job=job_row(job=job) if job else None,
    )


def _item(item, names: dict[UUID, str]) -> ItemRow:
    return ItemRow(
        item.client_id, str(item.client_id)[-8:], names.get(item.client_id, ""), item.state, item.until,
        item.kept_because, sum(item.counts.values()),
    )  # fmt: skip


def progress(*, purge_id: UUID) -> tuple[int, list[UUID]]:
    """For the job: how many records are decided, and the items that wait, in order. Knows ids only."""
    items = list(Purge.objects.get(pk=purge_id).items.values_list("pk", "state"))
    waiting = [pk for pk, state in items if state == ItemState.WAITING]
    return len(items) - len(waiting), waiting
