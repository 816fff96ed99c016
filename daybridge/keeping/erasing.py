"""Take every row of a person out of the database: what is theirs, what only they used, what was typed about them."""

import re
from collections import Counter
from collections.abc import Iterator, Set
from uuid import UUID

from django.db import connection, models

from daybridge.admissions.models import Packet, Referral
from daybridge.attendance.models import RollLine
from daybridge.keeping import register
from daybridge.notes.models import Addendum, NoteLine, SessionNote
from daybridge.scheduling.models import Booking, Session
from daybridge.ui.models import Draft

AN_ID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
FOR_ONE = "individual"


def settle() -> None:
    """SQLite: empty the write-ahead file into the database, where deleted bytes are overwritten (environment.py).

    PostgreSQL reuses the space in its own time; docs/guide/keeping.md says what that means for a disk in the clear.
    """
    if connection.vendor == "sqlite" and not connection.in_atomic_block:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def erase(people: Set[UUID]) -> dict[str, int]:
    """Remove these people's rows, in the caller's transaction; how many of which table.

    What belongs goes before its owner. Nothing outside the register is touched but what nobody else uses; should any
    other row still refer to one of these, the database refuses and the whole transaction is taken back.
    """
    rows = register.rows_of(set(people))
    shared = _shared(rows)
    gone: Counter[str] = Counter()
    for table in reversed(register.tables()):
        gone[table.label] += _remove(table.model, rows[table.model])
    for model, ids in _unused(shared):
        gone[model._meta.label] += _remove(model, ids)
    gone[Draft._meta.label] += _remove(Draft, _drafts_about(rows))
    return {label: number for label, number in sorted(gone.items()) if number}


def _remove(model: type[models.Model], ids: Set[object]) -> int:
    return model._base_manager.filter(pk__in=ids)._raw_delete(using=connection.alias) if ids else 0


def _shared(rows: register.Rows) -> dict[type[models.Model], set[object]]:
    """Rows without a way to one client that this person's rows lean on: packets, notes and meetings."""
    return {
        Packet: _leaned_on(Referral, "packet", rows),
        SessionNote: _leaned_on(NoteLine, "note", rows),
        Session: _leaned_on(Booking, "session", rows) | _leaned_on(RollLine, "session", rows),
    }


def _leaned_on(model: type[models.Model], column: str, rows: register.Rows) -> set[object]:
    found = model._base_manager.filter(pk__in=rows[model]).values_list(f"{column}_id", flat=True)
    return set(found) - {None}


def _unused(shared: dict[type[models.Model], set[object]]) -> Iterator[tuple[type[models.Model], set[object]]]:
    """Of these, what nobody leans on any more: a packet, a note without a line, a meeting of two without the client."""
    yield Packet, set(Packet.objects.filter(pk__in=shared[Packet], referral=None).values_list("pk", flat=True))
    notes = set(SessionNote.objects.filter(pk__in=shared[SessionNote], lines=None).values_list("pk", flat=True))
    yield Addendum, set(Addendum.objects.filter(note__in=notes).values_list("pk", flat=True))
    yield SessionNote, notes
    empty = Session.objects.filter(pk__in=shared[Session], kind=FOR_ONE, bookings=None, roll=None, note=None)
    yield Session, set(empty.values_list("pk", flat=True))


def _drafts_about(rows: register.Rows) -> set[object]:
    """Unfinished forms whose key names one of the rows; their words are sealed, their owner may have left them."""
    ids = {str(pk) for found in rows.values() for pk in found}
    drafts = Draft.objects.values_list("pk", "key")
    return {pk for pk, key in drafts if not ids.isdisjoint(AN_ID.findall(key))}
