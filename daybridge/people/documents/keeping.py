"""Put a document into a client's record."""

import hashlib
from datetime import datetime
from typing import Protocol
from uuid import UUID

from django.db import transaction

from daybridge import vault
from daybridge.access.gates import require
from daybridge.access.rules import Permission
from daybridge.audit import ledger
from daybridge.kit.errors import BadInput
from daybridge.kit.ids import new_id
from daybridge.people import reach
from daybridge.people.documents import rules
from daybridge.people.models import Client, Document


class Upload(Protocol):
    """A file as it was sent, or one the program made (a ContentFile with a name)."""

    name: str | None
    size: int

    def read(self) -> bytes: ...


def context(document_id: UUID) -> str:
    """What a document's content is sealed under: it opens in its own row only."""
    return f"people.document:{document_id}"


@transaction.atomic
def keep(*, client_id: UUID, kind: str, title: str, upload: Upload, by, at: datetime) -> Document:
    """Keep a file as it came, sealed. The very same content again, as the same kind, is the document there is.

    Raises Client.DoesNotExist out of reach, NotAllowed, or BadInput for what cannot be kept (see rules.sniff).
    """
    within = Client.objects.filter(reach.clients_within(by, Permission.DOCUMENT_KEEP))
    client = within.select_for_update(no_key=True).get(pk=client_id)
    require(by, Permission.DOCUMENT_KEEP, client)
    content, media = _judged(upload)
    facts = {"kind": _kind(kind), "title": rules.check_title(title), "media_type": media, "size": len(content)}
    sha256 = hashlib.sha256(content).hexdigest()
    same = Document.objects.defer("sealed").filter(client=client, kind=facts["kind"], sha256=sha256).first()
    if same:
        return same
    document_id = new_id()
    sealed = vault.seal_bytes(content, context(document_id))
    document = Document.objects.create(
        id=document_id, client=client, sha256=sha256, sealed=sealed, kept_at=at, by=by.actor, **facts
    )
    ledger.record("document.keep", document, by=by, at=at, kind=facts["kind"], type=media, size=len(content))
    return document


def _judged(upload: Upload) -> tuple[bytes, str]:
    """The bytes and their true type; a file that says it is too large is not read."""
    most = rules.RULES.number("PEO-1")
    if upload.size > most * rules.MEGA:
        raise BadInput("The file is larger than {most} MB, the most a record takes.", most=most)
    content = upload.read()
    return content, rules.sniff(content, upload.name or "").media


def _kind(kind: str) -> rules.Kind:
    try:
        return rules.Kind(kind)
    except ValueError:
        raise BadInput("Choose what the document is.") from None
