"""Prove the chain, and read it."""

from dataclasses import dataclass

from daybridge.audit import ledger
from daybridge.audit.models import Entry, Head
from daybridge.audit.rules import GENESIS, link
from daybridge.vault import keyring


@dataclass(frozen=True, slots=True)
class Proof:
    """The state of the chain. `broken` is None, or the place and the reason of the first broken link."""

    entries: int
    broken: dict[str, object] | None

    @property
    def ok(self) -> bool:
        return self.broken is None


def verify() -> Proof:
    """Walk the chain from its start; name the first link that is missing, changed, or not the head's."""
    key = keyring.named("ledger.key")
    previous, seq = GENESIS, 0
    for entry in Entry.objects.filter(chain=ledger.CHAIN).order_by("seq").iterator(chunk_size=2000):
        seq += 1
        if entry.seq != seq:
            return Proof(seq - 1, _fault(seq, None, "missing"))
        if entry.previous != previous or entry.mac != link(key, previous, ledger.line_of(entry)):
            return Proof(seq, _fault(seq, entry, "changed"))
        previous = entry.mac
    head = Head.objects.filter(pk=ledger.CHAIN).first()
    if head and (head.seq, head.mac) != (seq, previous):
        return Proof(seq, _fault(head.seq, None, "missing at the end"))
    return Proof(seq, None)


def _fault(seq: int, entry: Entry | None, what: str) -> dict[str, object]:
    detail = {"id": str(entry.id), "verb": entry.verb, "at": entry.at.isoformat()} if entry else {}
    return {"seq": seq, "what": what, **detail}
