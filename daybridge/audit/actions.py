"""Keep what a proof of the chain found."""

from datetime import datetime

from django.db import transaction

from daybridge.audit import ledger
from daybridge.audit.models import Proving
from daybridge.audit.queries.proving import Proof


@transaction.atomic
def proven(*, proof: Proof, by: ledger.Actor, at: datetime) -> Proving:
    """Keep the outcome of a walk along the chain, and say on the ledger that it was done."""
    faults = [fault.told() for fault in proof.faults]
    row = Proving.objects.create(at=at, by=by.actor, entries=proof.entries, faults=faults)
    ledger.record("ledger.prove", row, by=by, at=at, entries=proof.entries, ok=proof.ok)
    return row
