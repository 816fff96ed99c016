"""What is past its time: what may go, and what is held back; whose record a hold may be placed on."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Exists, OuterRef

from daybridge.access.rules import Permission
from daybridge.audit import ledger
from daybridge.episodes.models import Episode
from daybridge.keeping import facts
from daybridge.keeping.models import PurgeItem
from daybridge.keeping.reach import records_within
from daybridge.keeping.rules import RULES, ItemState
from daybridge.people.models import Client

LOOKED_AT = 300
FOUND = 8
TIME = "KEEP-TIME"


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
class DueAt:
    """What may go at one site."""

    id: UUID
    name: str
    rows: tuple[DueRow, ...]


@dataclass(frozen=True, slots=True)
class Overview:
    """`due` may go, `held_back` are past their time and kept; `is_all` is False when more wait to be looked at."""

    due: tuple[DueRow, ...]
    held_back: tuple[DueRow, ...]
    is_all: bool

    @property
    def sites(self) -> tuple[DueAt, ...]:
        """What may go, by site."""
        names = sorted({(row.site, row.site_id) for row in self.due})
        return tuple(DueAt(pk, name, tuple(row for row in self.due if row.site_id == pk)) for name, pk in names)


def overview(*, by, at: datetime) -> Overview:
    """Records past their time within reach; the names are a read line."""
    rows, is_all = _past_their_time(by, at)
    ledger.read_list("keeping.due", [row.id for row in rows], by=by, at=at)
    due = tuple(row for row in rows if not row.kept_because)
    return Overview(due, tuple(row for row in rows if row.kept_because), is_all)


def _past_their_time(by, at: datetime) -> tuple[list[DueRow], bool]:
    """The oldest records that can be due at all, judged together."""
    clients = list(_could_be_due(by, at)[: LOOKED_AT + 1])
    stands = facts.judged(clients[:LOOKED_AT], at=at)
    rows = [
        _row(client, stands[client.pk])
        for client in clients[:LOOKED_AT]
        if all(found.code != TIME for found in stands[client.pk].keeps)
    ]
    return sorted(rows, key=lambda row: (row.until, row.number)), len(clients) <= LOOKED_AT


def _row(client: Client, stand) -> DueRow:
    because = stand.keeps[0].text if stand.keeps else ""
    site = client.site_id, client.site.name
    return DueRow(client.pk, client.name, client.record_number, *site, stand.until, because)


def _could_be_due(by, at: datetime):
    """Records begun long enough ago, of nobody in care or lately discharged, and in no open purge."""
    least = at - timedelta(days=365 * RULES.number("KEEP-9"))
    lately = Episode.objects.filter(client=OuterRef("pk")).exclude(ended_on__lt=least.date())
    waits = PurgeItem.objects.filter(client_id=OuterRef("pk"), state=ItemState.WAITING)
    within = records_within(by, Permission.KEEPING_SEE).filter(created_at__lt=least)
    return within.filter(~Exists(lately), ~Exists(waits)).order_by("created_at", "pk")


def choices(*, by, words: str, at: datetime) -> tuple[Client, ...]:
    """Records one may place a hold on, by record number or a part of the name; at most eight, a read line."""
    if not words.strip():
        return ()
    within = records_within(by, Permission.HOLD_PLACE).order_by("family_name", "given_name")
    known = within.filter(record_number__iexact=words.strip())
    found = tuple(known or within.filter(name_key__contains=words.strip().casefold())[:FOUND])
    ledger.read_list("keeping.find", [one.pk for one in found], by=by, at=at)
    return found
