"""Prove the ledger's chain in steps that somebody watches, and keep what was found."""

from dataclasses import asdict, dataclass
from datetime import datetime

from django.core import signing
from django.db import transaction

from daybridge.access.gates import require
from daybridge.access.models import Actor
from daybridge.access.rules import Permission
from daybridge.audit import actions as audit_actions
from daybridge.audit import checkpoints
from daybridge.audit import queries as audit
from daybridge.audit.rules import End
from daybridge.kit.errors import Refused

SALT, HOURS = "access.prove", 2


@dataclass(frozen=True, slots=True)
class Step:
    """How far the walk is. `so_far` begins the next step; `proof` is there once it has ended."""

    done: int
    total: int
    so_far: str = ""
    proof: audit.Proof | None = None


@transaction.atomic
def prove(*, so_far: str = "", by: Actor, at: datetime) -> Step:
    """Walk on along the chain by one step; an empty `so_far` begins anew. The end is kept, and signed when it is whole.

    Raises NotAllowed, or Refused for a `so_far` that is not ours or is too old.
    """
    require(by, Permission.LEDGER_READ)
    found = audit.step(way=_way(so_far) if so_far else None)
    if isinstance(found, audit.Way):
        return Step(found.place, found.until, so_far=signing.dumps(asdict(found), salt=SALT))
    proof = checkpoints.checked(found)
    if proof.ok and proof.entries:
        checkpoints.keep(proof, at=at)
    audit_actions.proven(proof=proof, by=by, at=at)
    return Step(proof.entries, proof.entries, proof=proof)


def _way(so_far: str) -> audit.Way:
    try:
        told = signing.loads(so_far, salt=SALT, max_age=HOURS * 3600)
    except signing.BadSignature:
        raise Refused("The proof has to be begun again.") from None
    return audit.Way(**told | {"end": End(*told["end"])})
