"""Open documents and list them; both are on the ledger."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from daybridge import vault
from daybridge.access.gates import require
from daybridge.access.rules import Permission
from daybridge.audit import ledger
from daybridge.people import reach
from daybridge.people.documents import rules
from daybridge.people.documents.keeping import context
from daybridge.people.models import Client, Document


@dataclass(frozen=True, slots=True)
class Opened:
    """A document's content, as it was kept, with a harmless name to save it under."""

    title: str
    media_type: str
    content: bytes
    file_name: str


@dataclass(frozen=True, slots=True)
class Row:
    """One document on a list; `kind` and `type` in words."""

    id: UUID
    title: str
    kind: str
    type: str
    size: int
    kept_at: datetime


@dataclass(frozen=True, slots=True)
class Shelf:
    """A client's documents, newest first, and whose they are."""

    client_id: UUID
    name: str
    record_number: str
    rows: tuple[Row, ...]


@transaction.atomic
def opened(*, document_id: UUID, by, at: datetime) -> Opened:
    """The content of a document; opening it is a read line.

    Raises Document.DoesNotExist out of reach, NotAllowed, or CannotRun when the seal does not fit.
    """
    document = Document.objects.visible_to(by).select_related("client").get(pk=document_id)
    require(by, Permission.DOCUMENT_SEE, document)
    content = vault.unseal_bytes(document.sealed, context(document.id))
    ledger.read("document.open", document, by=by, at=at, kind=document.kind)
    return Opened(document.title, document.media_type, content, rules.file_name(document.title, document.media_type))


@transaction.atomic
def of_client(*, client_id: UUID, by, at: datetime) -> Shelf:
    """A client's documents by title; a read line. Raises Client.DoesNotExist out of reach."""
    within = Client.objects.filter(reach.clients_within(by, Permission.DOCUMENT_SEE))
    client = within.get(pk=client_id)
    require(by, Permission.DOCUMENT_SEE, client)
    found = Document.objects.visible_to(by).filter(client=client).order_by("-kept_at", "-id")
    columns = ("id", "title", "kind", "media_type", "size", "kept_at")
    rows = tuple(_row(*values) for values in found.values_list(*columns))
    ledger.read("document.list", client, by=by, at=at, count=len(rows))
    return Shelf(client.id, client.name, client.record_number, rows)


def _row(document_id: UUID, title: str, kind: str, media: str, size: int, kept_at: datetime) -> Row:
    return Row(document_id, title, rules.KINDS[rules.Kind(kind)], rules.KNOWN[media].words, size, kept_at)
