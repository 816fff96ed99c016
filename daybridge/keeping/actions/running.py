"""What the job does with an approved purge: one record, one transaction; then the certificate."""

import hashlib
import json
from collections import Counter
from datetime import datetime
from uuid import UUID

from django.db import transaction

from daybridge.access.gates import System
from daybridge.audit import ledger
from daybridge.keeping import erasing, facts, register
from daybridge.keeping.models import Certificate, Purge, PurgeItem
from daybridge.keeping.rules import ITEM_MOVES, MOVES, ItemState, PurgeState
from daybridge.kit.errors import IllegalMove
from daybridge.kit.states import check_move
from daybridge.people.models import Client

KEEPER = System("keeper")


@transaction.atomic
def purge_one(*, item_id: UUID, at: datetime) -> PurgeItem:
    """Remove one person's rows, all or none, after judging the record once more; done before is left alone.

    A record that is held, in use or within its time is kept, and the item says why. Only of an approved purge.
    """
    item = PurgeItem.objects.select_for_update().select_related("purge").get(pk=item_id)
    if item.purge.state != PurgeState.APPROVED:
        raise IllegalMove("Nobody approved this purge.")
    if item.state != ItemState.WAITING:
        return item
    people = register.one_person(item.client_id)
    locked = list(Client.objects.filter(pk__in=people).select_related("site").select_for_update(of=("self",)))
    record = next((client for client in locked if client.pk == item.client_id), None)
    because = _why_not(record, at)
    if because:
        return _end(item, ItemState.KEPT, because, at=at)
    item.counts = erasing.erase(people)
    return _end(item, ItemState.PURGED, "", at=at)


def _why_not(record: Client | None, at: datetime) -> str:
    if record is None:
        return "The record is not there any more."
    if record.merged_into_id:
        return "The record was joined into another."
    keeps = facts.judged([record], at=at)[record.pk].keeps
    return keeps[0].text if keeps else ""


def _end(item: PurgeItem, to: ItemState, because: str, *, at: datetime) -> PurgeItem:
    check_move(ITEM_MOVES, ItemState(item.state), to)
    item.state, item.kept_because, item.at = to, because, at
    item.save(update_fields=["state", "kept_because", "at", "counts"])
    ledger.record(f"record.{to}", item, by=KEEPER, at=at, purge=item.purge_id, rows=sum(item.counts.values()))
    return item


@transaction.atomic
def certify(*, purge_id: UUID, at: datetime) -> Certificate:
    """Close a purge whose every record is decided, and write its proof; a second call answers with the same proof.

    Raises IllegalMove while records wait.
    """
    purge = Purge.objects.select_for_update().select_related("site").get(pk=purge_id)
    if purge.state == PurgeState.PURGED:
        return purge.certificate
    items = list(purge.items.order_by("until", "id"))
    if any(item.state == ItemState.WAITING for item in items):
        raise IllegalMove("Some records of this purge are not decided yet.")
    check_move(MOVES, PurgeState(purge.state), PurgeState.PURGED)
    purge.state, purge.ended_at = PurgeState.PURGED, at
    purge.save(update_fields=["state", "ended_at"])
    content = _content(purge, items)
    proof = Certificate.objects.create(purge=purge, content=content, sha256=fingerprint(content), made_at=at)
    ledger.record("purge.certified", proof, by=KEEPER, at=at, purge=purge.pk, sha256=proof.sha256)
    return proof


def fingerprint(content: dict) -> str:
    """SHA-256 (hex) of the certificate's content in one fixed spelling."""
    return hashlib.sha256(json.dumps(content, sort_keys=True, separators=(",", ":")).encode()).hexdigest()


def _content(purge: Purge, items: list[PurgeItem]) -> dict:
    """Everything the certificate says, as plain JSON: ids, counts, days, rules; no name and no word of a record."""
    rows: Counter[str] = Counter()
    for item in items:
        rows.update(item.counts)
    return {
        "purge": str(purge.pk),
        "site": str(purge.site_id),
        "rulebook": purge.rulebook,
        "proposed": {"by": purge.proposed_by, "at": purge.proposed_at.isoformat()},
        "approved": {"by": purge.answered_by, "at": purge.answered_at.isoformat()},
        "ended": purge.ended_at.isoformat(),
        "rows": dict(sorted(rows.items())),
        "records": [
            {
                "id": str(item.client_id), "state": item.state, "at": item.at.isoformat(), "until": str(item.until),
                "classes": item.classes, "rows": sum(item.counts.values()), "kept_because": item.kept_because,
            }
            for item in items
        ],
    }  # fmt: skip
