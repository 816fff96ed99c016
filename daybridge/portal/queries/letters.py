"""Papers written for the client, ready to take along."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from daybridge.audit import ledger
from daybridge.people.documents import Kind
from daybridge.people.models import Client, Document

FOR_THE_CLIENT = (Kind.LETTER, Kind.PACKET)


@dataclass(frozen=True, slots=True)
class Letter:
    """One paper: its title and the day it was kept."""

    id: UUID
    title: str
    kept_at: datetime


def letters(*, by: Any, at: datetime) -> tuple[Letter, ...]:
    """Letters and packets of the client `by` acts for, newest first; no scans, no orders. A read line."""
    client = Client.objects.visible_to(by).get(pk=by.client_id)
    found = Document.objects.visible_to(by).filter(client=client, kind__in=FOR_THE_CLIENT).order_by("-kept_at", "-id")
    rows = tuple(Letter(*row) for row in found.values_list("id", "title", "kept_at"))
    ledger.read("document.list", client, by=by, at=at, count=len(rows))
    return rows
