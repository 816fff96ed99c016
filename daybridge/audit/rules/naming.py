"""What was done to a chain, told from what does not fit. Pure.

Whoever has no key can store no sound link that was not written before. A sound link in its own place is therefore as
it was written; for all others the question is only which of the few possible acts explains them best.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Any

from daybridge.audit.rules.lines import Link, seal
from daybridge.audit.rules.walk import End, Note, Walk


class What(StrEnum):
    """What was done."""

    CHANGED = "changed"
    MISSING = "missing"
    INSERTED = "inserted"
    MOVED = "moved"
    FOREIGN = "of another history"
    CUT = "missing at the end"
    HEAD = "no longer what the head says"
    KEY = "signed with another key"
    BEHIND = "not what a checkpoint says"
    CHECKPOINT = "kept beside a false checkpoint"


SENTENCES: dict[What, str] = {
    What.CHANGED: "What it says, or its mark, was changed after it was written.",
    What.MISSING: "One or more lines were taken out here.",
    What.INSERTED: "This line was put in; the program never wrote it here.",
    What.MOVED: "This line stands in another's place.",
    What.FOREIGN: "This line was written by the program, but after other lines than these.",
    What.CUT: "The newest lines were taken away.",
    What.HEAD: "The ledger's head, which holds its end, was changed or set back.",
    What.KEY: "From the first line on none fits the key in keys/ledger.key: the key was changed, or the lines were.",
    What.BEHIND: "A signed checkpoint names a line that the ledger no longer holds: it was cut or written anew.",
    What.CHECKPOINT: "The newest checkpoint of this home was changed, or another key signed it.",
}


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that was done to the chain, and where: the number of the first line it concerns."""

    what: What
    seq: int
    verb: str = ""
    at: datetime | None = None

    @property
    def sentence(self) -> str:
        return SENTENCES[self.what]

    def told(self) -> dict[str, object]:
        """As JSON tells it."""
        detail = {"verb": self.verb, "at": self.at.isoformat()} if self.at else {}
        return {"seq": self.seq, "what": str(self.what), "says": self.sentence, **detail}

    @staticmethod
    def from_told(told: dict[str, Any]) -> "Fault":
        """Back from JSON."""
        at = datetime.fromisoformat(told["at"]) if "at" in told else None
        return Fault(What(told["what"]), told["seq"], told.get("verb", ""), at)


@dataclass(frozen=True, slots=True)
class Head:
    """The chain's end as stored apart from it, with its seal."""

    end: End
    seal: str


def named(walk: Walk, chain: str, head: Head | None) -> list[Fault]:
    """Every fault a finished walk found, in the order of the chain; empty for a whole one."""
    faults = on_the_way(walk, head)
    if not walk.is_full and not any(fault.what is What.KEY for fault in faults):
        faults += _end(walk, chain, head)
    return sorted(faults, key=lambda fault: fault.seq)


def on_the_way(walk: Walk, head: Head | None) -> list[Fault]:
    """What was found so far, whether or not the walk has come to the end."""
    unsound = [note for note in walk.notes if not note.is_sound]
    found = [_name(note, walk.key, unsound, head) for note in walk.notes]
    if len(found) == walk.count > 1 and all(fault.what is What.CHANGED for fault in found):
        return [replace(found[0], what=What.KEY)]
    return _once(found)


def _name(note: Note, key: bytes, unsound: list[Note], head: Head | None) -> Fault:
    line = note.link.line
    fault = Fault(What.CHANGED, line.seq, line.verb, line.at)
    if line.seq < note.expected:
        return replace(fault, what=What.INSERTED)
    if note.is_sound:
        return Fault(What.MISSING, note.expected) if line.seq > note.expected else replace(fault, what=What.FOREIGN)
    if note.link.in_place(line.seq + 1).is_sound(key):  # what came after a lost one was numbered anew
        return Fault(What.MISSING, line.seq)
    if note.link.in_place(line.seq - 1).is_sound(key):  # what came after an added one was numbered anew, or a copy
        is_copy = all(other.link.line.seq != line.seq - 1 for other in unsound)
        return replace(fault, what=What.INSERTED, seq=line.seq if is_copy else line.seq - 1)
    if head and line.seq > head.end.seq:
        return replace(fault, what=What.INSERTED)
    return replace(fault, what=What.MOVED) if _is_exchanged(note.link, unsound, key) else fault


def _is_exchanged(one: Link, unsound: list[Note], key: bytes) -> bool:
    """Whether the line is that of another unsound place: its number, or its number and marks, were exchanged."""
    for other in unsound:
        there = other.link
        moved = one.in_place(there.line.seq)
        if there is not one and (
            moved.is_sound(key) or moved._replace(previous=there.previous, mac=there.mac).is_sound(key)
        ):
            return True
    return False


def _once(faults: list[Fault]) -> list[Fault]:
    """One fault an act: a run of links numbered anew is told of by its first, and one place has one fault."""
    kept: dict[int, Fault] = {}
    before: Fault | None = None
    for fault in faults:
        runs = before is not None and before.what is fault.what in (What.MISSING, What.INSERTED)
        goes_on = before is not None and runs and fault.seq == before.seq + 1
        if not goes_on and (fault.seq not in kept or fault.what is What.INSERTED):
            kept[fault.seq] = fault
        before = fault
    return list(kept.values())


def _end(walk: Walk, chain: str, head: Head | None) -> list[Fault]:
    if head is None:
        return [Fault(What.HEAD, walk.end.seq)] if walk.count else []
    if head.end.seq > walk.end.seq:
        return [Fault(What.CUT, walk.end.seq + 1)]
    is_sealed = head.seal == seal(walk.key, chain, head.end) if head.end.seq else not walk.count
    is_there = head.end == walk.end or not walk.trusted  # the mark of an unsound last link is named already
    return [] if is_sealed and is_there else [Fault(What.HEAD, head.end.seq)]
