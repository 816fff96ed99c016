"""How the ledger stands: its newest proof and its newest signed checkpoint."""

from dataclasses import dataclass
from datetime import datetime

from daybridge.access.gates import require
from daybridge.access.models import Actor, Program
from daybridge.access.queries.ledger import names_of
from daybridge.access.rules import Permission
from daybridge.audit import checkpoints, ledger
from daybridge.audit import queries as audit
from daybridge.kit.errors import Refused


@dataclass(frozen=True, slots=True)
class Standing:
    """`proven` and `by` tell of the newest proof, `signed_at` and `signed_seq` of the newest checkpoint of ours."""

    proven: audit.Proven | None
    by: str
    signed_at: datetime | None
    signed_seq: int


@dataclass(frozen=True, slots=True)
class CheckpointFile:
    """The newest checkpoint as a file."""

    name: str
    content: bytes


def standing(*, by: Actor) -> Standing:
    """What the ledger page says first. Raises NotAllowed."""
    require(by, Permission.LEDGER_READ)
    proven, path = audit.last_proven(), checkpoints.newest()
    name = names_of({proven.by})[proven.by] if proven else ""
    try:
        point = checkpoints.read(path.read_bytes()) if path else None
    except Refused:
        point = None
    return Standing(proven, name, point.taken_at if point else None, point.seq if point else 0)


def checkpoint(*, by: Actor, at: datetime) -> CheckpointFile | None:
    """The newest checkpoint, to be kept elsewhere; None before the first. On the ledger. Raises NotAllowed."""
    require(by, Permission.LEDGER_READ)
    path = checkpoints.newest()
    if path is None:
        return None
    ledger.read("ledger.checkpoint", Program(id=1), by=by, at=at)
    return CheckpointFile(path.name, path.read_bytes())
