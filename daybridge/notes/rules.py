"""Note rules. Pure: what a note needs before it can be signed, likeness of lines, and the hash that binds it."""

import hashlib
import json
import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from pathlib import Path
from uuid import UUID

from daybridge.kit.decisions import Decision, Finding
from daybridge.kit.rulebook import Rulebook, load

BOOK: Rulebook = load(Path(__file__).with_name("rulebook.toml"))


class NoteState(StrEnum):
    """Where a note stands. A signed one is added to, never changed."""

    DRAFT = "draft"
    SIGNED = "signed"


MOVES: dict[NoteState, set[NoteState]] = {NoteState.DRAFT: {NoteState.SIGNED}, NoteState.SIGNED: set()}


class Participation(StrEnum):
    """How a person took part, as a chip."""

    QUIET = "quiet"
    TOOK_PART = "took-part"
    LED = "led"


class Response(StrEnum):
    """How a person seemed to take it, as a chip."""

    OPEN = "open"
    MIXED = "mixed"
    TENSE = "tense"


@dataclass(frozen=True, slots=True)
class LineWords:
    """One client's line as typed."""

    episode_id: UUID
    participation: str = ""
    response: str = ""
    words: str = ""
    goal_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class NoteWords:
    """A whole note as typed. `version` is the one the writer had open."""

    what_we_did: str
    practice: str
    lines: tuple[LineWords, ...]
    version: int
    topic: str = ""


@dataclass(frozen=True, slots=True)
class SignedLine:
    """What is signed of one line."""

    episode_id: str
    minutes: int
    goal: str
    participation: str
    response: str
    words: str


def ready(what_we_did: str, lines: Sequence[LineWords]) -> Decision:
    """Whether a note can be signed: the shared part is written and each line says how the person took part.

    Source: rulebook NOTE-1, NOTE-2 (payers ask for content of each person's own participation).
    """
    findings = []
    if len(what_we_did.strip()) < BOOK.number("NOTE-1"):
        findings.append(Finding("shared-words", "Write what the group did.", BOOK.source("NOTE-1")))
    bare = sum(not is_written(line) for line in lines)
    if bare:
        words = "1 person has no line yet." if bare == 1 else f"{bare} people have no line yet."
        findings.append(Finding("lines-missing", words, BOOK.source("NOTE-2")))
    return Decision(not findings, tuple(findings), BOOK.version)


def is_written(line: LineWords) -> bool:
    """A line counts as written once taking part, response and some own words are there. Source: NOTE-2."""
    return bool(line.participation and line.response and len(line.words.strip()) >= BOOK.number("NOTE-2"))


def twins(lines: Sequence[LineWords]) -> dict[UUID, UUID]:
    """Lines that read like an earlier one: episode → the episode it resembles. Source: rulebook NOTE-3."""
    limit = BOOK.number("NOTE-3") / 100
    found: dict[UUID, UUID] = {}
    seen: list[tuple[UUID, frozenset[str]]] = []
    for line in lines:
        tokens = frozenset(re.findall(r"\w+", line.words.casefold()))
        if not tokens:
            continue
        for other, theirs in seen:
            if len(tokens & theirs) / len(tokens | theirs) >= limit:
                found[line.episode_id] = other
                break
        seen.append((line.episode_id, tokens))
    return found


@dataclass(frozen=True, slots=True)
class SignedNote:
    """Everything a signature binds. `lines` may come in any order."""

    session_id: str
    signed_as: str
    topic: str
    what_we_did: str
    practice: str
    lines: tuple[SignedLine, ...]


def content_hash(note: SignedNote) -> str:
    """SHA-256 (hex) over everything that is signed, in a fixed order."""
    lines = sorted((asdict(line) for line in note.lines), key=lambda line: str(line["episode_id"]))
    body = asdict(note) | {"lines": lines}
    return hashlib.sha256(json.dumps(body, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def is_due_since(ended: datetime, now: datetime) -> bool:
    """Whether a note not signed by `now` is overdue. Source: rulebook NOTE-4."""
    return now - ended > timedelta(hours=BOOK.number("NOTE-4"))
