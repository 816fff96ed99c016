"""Prove the ledger's chain, and say on the ledger that it was done."""

from datetime import datetime

from django.db import transaction

from daybridge.access.gates import require
from daybridge.access.models import Actor, Program
from daybridge.access.rules import Permission
from daybridge.audit import ledger
from daybridge.audit import queries as audit
from daybridge.audit.queries import Proof


@transaction.atomic
def prove(*, by: Actor, at: datetime) -> Proof:
    """Walk the chain from its start; the proof says how long it is and where it breaks. Raises NotAllowed."""
    require(by, Permission.LEDGER_READ)
    proof = audit.verify()
    ledger.record("ledger.prove", Program(id=1), by=by, at=at, entries=proof.entries, ok=proof.ok)
    return proof
