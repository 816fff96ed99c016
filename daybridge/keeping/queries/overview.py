"""The front page of the room: how long, what is due, what is held back."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Exists, OuterRef

from daybridge.access.gates import may
from daybridge.access.models import Site
from daybridge.access.rules import Permission
from daybridge.audit import ledger
from daybridge.episodes.models import Episode
from daybridge.keeping import facts, register
from daybridge.keeping.models import Period, PurgeItem
from daybridge.keeping.reach import records_within
from daybridge.keeping.rules import RULES, ItemState
from daybridge.people.models import Client

LOOKED_AT = 300
TIME = "KEEP-TIME"


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
    """One class in plain words: what it holds, how long, from when, on whose word."""

    id: str
    title: str
    years: int
    since: str
    source: str
    tables: int
    is_movable: bool
    chosen: tuple[PeriodRow, ...]


@dataclass(frozen=True, slots=True)
class DueRow:
    """A record past its time: until when it was kept, and what keeps it still ("" for nothing)."""

    id: UUID
    name: str
    number: str
    site_id: UUID
    site: str
    until: date
    kept_because: str


@dataclass(frozen=True, slots=True)
class Overview:
    """`due` may go, `held_back` are past their time and kept; `is_all` is False when more wait to be looked at."""

    classes: tuple[ClassRow, ...]
    due: tuple[DueRow, ...]
    held_back: tuple[DueRow, ...]
    is_all: bool
    sites: tuple[tuple[UUID, str], ...]


def overview(*, by, at: datetime) -> Overview:
    """What stands on the first page. Names of people past their time are a read line."""
    rows, is_all = _past_their_time(by, at)
    ledger.read_list("keeping.due", [row.id for row in rows], by=by, at=at)
    return Overview(
        classes=_classes(by),
        due=tuple(row for row in rows if not row.kept_because),
        held_back=tuple(row for row in rows if row.kept_because),
        is_all=is_all,
        sites=tuple(Site.objects.filter(id__in=by.sites_with(Permission.KEEPING_SEE)).values_list("id", "name")),
    )


def _past_their_time(by, at: datetime) -> tuple[list[DueRow], bool]:
    """The oldest records that can be due at all, judged together."""
    clients = list(_could_be_due(by, at)[: LOOKED_AT + 1])
    stands = facts.judged(clients[:LOOKED_AT], at=at)
    rows = []
    for client in clients[:LOOKED_AT]:
        stand = stands[client.pk]
        if all(found.code != TIME for found in stand.keeps):
            because = stand.keeps[0].text if stand.keeps else ""
            rows.append(
                DueRow(
                    client.pk, client.name, client.record_number, client.site_id, client.site.name, stand.until, because
                )
            )
    return sorted(rows, key=lambda row: (row.until, row.number)), len(clients) <= LOOKED_AT


def _could_be_due(by, at: datetime):
    """Records begun long enough ago, of nobody in care or lately discharged, and in no open purge."""
    least = at - timedelta(days=365 * RULES.number("KEEP-9"))
    lately = Episode.objects.filter(client=OuterRef("pk")).exclude(ended_on__lt=least.date())
    waits = PurgeItem.objects.filter(client_id=OuterRef("pk"), state=ItemState.WAITING)
    within = records_within(by, Permission.KEEPING_SEE).filter(created_at__lt=least)
    return within.filter(~Exists(lately), ~Exists(waits)).order_by("created_at", "pk")


def _classes(by) -> tuple[ClassRow, ...]:
    chosen: dict[str, list[PeriodRow]] = {}
    for one in Period.objects.visible_to(by).in_force().select_related("site"):
        row = PeriodRow(
            one.pk, one.site.name, one.years, one.source, one.reason, may(by, Permission.RETENTION_SET, one.site)
        )
        chosen.setdefault(one.kept, []).append(row)
    return tuple(
        ClassRow(
            kept.id, kept.title, kept.years, kept.since, kept.source, len(kept.models), bool(kept.shortest),
            tuple(chosen.get(kept.id, ())),
        )
        for kept in register.classes()
        if kept.models
    )  # fmt: skip


def choices(*, by, words: str) -> tuple[Client, ...]:
    """Records one may place a hold on, by record number or a part of the name; at most eight."""
    within = records_within(by, Permission.HOLD_PLACE)
    found = within.filter(record_number__iexact=words.strip()) or within.filter(name_key__contains=words.casefold())
    return tuple(found.order_by("family_name", "given_name")[:8]) if words.strip() else ()
