"""What the ledger tells of one client. Below access: whoever calls has asked for the permission."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from daybridge.audit import ledger
from daybridge.audit.models import Entry, Proving
from daybridge.audit.rules import Fault

COLUMNS = ("seq", "at", "actor", "verb", "kind", "object_type", "reason", "data")


@dataclass(frozen=True, slots=True)
class Told:
    """One line of the ledger. `actor` is "user:<uuid>", "system:<name>", "client:<uuid>" or "guest:<uuid>"."""

    seq: int
    at: datetime
    actor: str
    verb: str
    kind: str
    object_type: str
    reason: str
    data: dict[str, Any]


def of_client(*, client_id: UUID, kinds: tuple[str, ...] = (), since: datetime | None = None) -> list[Told]:
    """Every line about this client's record, newest first; `kinds` of "write", "read", "disclosure", all when empty.

    Lists that only named the client among others are told by `lists_naming`.
    """
    found = Entry.objects.filter(chain=ledger.CHAIN, client_id=client_id)
    if kinds:
        found = found.filter(kind__in=kinds)
    if since:
        found = found.filter(at__gte=since)
    return [Told(*row) for row in found.order_by("-at", "-seq").values_list(*COLUMNS)]


def lists_naming(*, client_id: UUID, since: datetime) -> list[Told]:
    """Lists since then that showed this client's name among others, newest first. Looks at every list since then."""
    found = Entry.objects.filter(chain=ledger.CHAIN, kind="read", object_type="list", at__gte=since)
    rows = found.filter(data__icontains=str(client_id)).order_by("-at", "-seq").values_list(*COLUMNS)
    told = (Told(*row) for row in rows.iterator(chunk_size=2000))
    return [one for one in told if str(client_id) in one.data.get("clients", ())]


@dataclass(frozen=True, slots=True)
class Proven:
    """The newest proof of the chain: when, by whom, how many entries, and what it found."""

    at: datetime
    by: str
    entries: int
    faults: tuple[Fault, ...]

    @property
    def ok(self) -> bool:
        return not self.faults


def last_proven() -> Proven | None:
    """What the newest proof found; None before the first. For showing: whoever must be sure proves anew."""
    row = Proving.objects.order_by("-at", "-id").first()
    return Proven(row.at, row.by, row.entries, tuple(Fault.from_told(one) for one in row.faults)) if row else None
