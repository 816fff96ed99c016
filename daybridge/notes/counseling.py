"""Counseling notes: a counselor's own words about a talk, kept apart from the record. Only their author reads them.

They are in no consent but their own, in no answer to a request for the record, on no time line, and nobody else, the
director included, is told that there are any. Source: 42 CFR 2.11, 2.31(b); 45 CFR 164.501, 164.524(a)(1)(i).
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from daybridge import vault
from daybridge.access.gates import require
from daybridge.access.rules import Permission
from daybridge.audit import ledger
from daybridge.kit.errors import Refused
from daybridge.kit.ids import new_id
from daybridge.notes.models import CounselingNote
from daybridge.people import reach
from daybridge.people.models import Client

LONGEST = 20_000


@dataclass(frozen=True, slots=True)
class Row:
    """One of one's own notes, opened."""

    id: UUID
    words: str
    written_at: datetime


@dataclass(frozen=True, slots=True)
class OwnNotes:
    """One's own counseling notes about a client, newest first."""

    client_id: UUID
    name: str
    record_number: str
    rows: tuple[Row, ...]


@transaction.atomic
def write(*, client_id: UUID, words: str, by, at: datetime) -> CounselingNote:
    """Keep one more note for oneself. The ledger says that its author wrote one, not about whom.

    Raises Client.DoesNotExist out of reach, NotAllowed, Refused without words or with too many.
    """
    client = _within(by).get(pk=client_id)
    require(by, Permission.COUNSELING_NOTE_WRITE, client)
    if not words.strip():
        raise Refused("Write something first.")
    if len(words) > LONGEST:
        raise Refused("A note has at most {most} characters; write a second one.", most=LONGEST)
    note = CounselingNote(id=new_id(), client=client, author=by, written_at=at)
    note.words = vault.seal(words.strip(), context(note))
    note.save(force_insert=True)
    ledger.record("counseling-note.write", by, by=by, at=at, note=note.id)
    return note


@transaction.atomic
def own(*, client_id: UUID, by, at: datetime) -> OwnNotes:
    """One's own notes about a client within reach. Raises Client.DoesNotExist, NotAllowed."""
    client = _within(by).get(pk=client_id)
    require(by, Permission.COUNSELING_NOTE_WRITE, client)
    mine = CounselingNote.objects.visible_to(by).filter(client=client)
    rows = tuple(Row(one.id, vault.unseal(one.words, context(one)), one.written_at) for one in mine)
    if rows:
        ledger.record("counseling-note.read", by, by=by, at=at, notes=len(rows))
    return OwnNotes(client.id, client.name, client.record_number, rows)


def context(note: CounselingNote) -> str:
    """What a note is sealed under: itself and its author."""
    return f"notes.counseling:{note.id}:{note.author_id}"


def _within(by):
    return Client.objects.filter(reach.clients_within(by, Permission.COUNSELING_NOTE_WRITE))
