"""The library on its pages: what there is by category, what is in use, one topic with its outline and handout."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from daybridge.access.gates import may
from daybridge.access.rules import Permission
from daybridge.program.models import Topic
from daybridge.program.rules import Category, Entry, OutlineStep, blocks, library, matching


@dataclass(frozen=True, slots=True)
class ShelfRow:
    """One topic: of the library, of the program, or both. `topic_id` None: the program does not have it."""

    entry_id: str
    topic_id: UUID | None
    title: str
    summary: str
    minutes: int
    credentials: tuple[str, ...]
    counts_hours: bool
    is_active: bool


@dataclass(frozen=True, slots=True)
class Shelves:
    """The library, as asked for, by category."""

    asked: str
    category: str
    shelves: tuple[tuple[str, tuple[ShelfRow, ...]], ...]
    counts: tuple[tuple[str, int], ...]
    may_write: bool

    @property
    def found(self) -> int:
        return sum(len(rows) for _category, rows in self.shelves)


@dataclass(frozen=True, slots=True)
class EntryPage:
    """One topic of the library in one language; `blocks` is its handout as it is laid out."""

    entry: Entry
    language: str
    title: str
    summary: str
    steps: tuple[OutlineStep, ...]
    blocks: tuple[tuple[str, tuple[str, ...]], ...]
    needs: tuple[tuple[str, str], ...]
    topic_id: UUID | None
    may_write: bool


def shelves(*, asked: str = "", category: str = "", by: Any) -> Shelves:
    """The topics whose words hold what is asked for, of one category or all. One query."""
    topics = {one.library or str(one.id): one for one in Topic.objects.order_by("name")}
    rows = [(entry.category, _of_library(entry, topics.pop(entry.id, None))) for entry in _wanted(asked)]
    words = asked.casefold().split()
    rows += [
        (one.category, _own(one)) for one in topics.values()
        if not one.library and all(word in f"{one.name} {one.summary}".casefold() for word in words)
    ]  # fmt: skip
    counts = tuple((one.value, sum(row[0] == one for row in rows)) for one in Category)
    shown = [row for row in rows if category in ("", row[0])]
    return Shelves(
        asked, category,
        tuple(
            (one.value, tuple(row for of, row in shown if of == one))
            for one in Category if any(of == one for of, _row in shown)
        ),
        counts, may_write=may(by, Permission.PROGRAM_WRITE),
    )  # fmt: skip


def entry(*, entry_id: str, language: str, by: Any) -> EntryPage:
    """One topic of the library in a language. Raises KeyError for what is not there. One query."""
    found = library()[entry_id]
    text = found.texts[language]
    topic = Topic.objects.filter(library=entry_id).first()
    return EntryPage(
        entry=found, language=language, title=text.title, summary=text.summary, steps=text.steps,
        blocks=blocks(text.handout), needs=tuple((one, library()[one].texts[language].title) for one in found.needs),
        topic_id=topic.id if topic else None, may_write=may(by, Permission.PROGRAM_WRITE),
    )  # fmt: skip


def _wanted(asked: str) -> list[Entry]:
    return matching(tuple(library().values()), asked)


def _of_library(found: Entry, topic: Topic | None) -> ShelfRow:
    return ShelfRow(
        found.id, topic.id if topic else None, topic.name if topic else found.title,
        topic.summary if topic else found.summary, topic.minutes if topic else found.minutes,
        tuple(topic.credentials) if topic else found.credentials,
        topic.counts_hours if topic else found.counts_hours, topic.is_active if topic else True,
    )  # fmt: skip


def _own(one: Topic) -> ShelfRow:
    return ShelfRow(
        "", one.id, one.name, one.summary, one.minutes, tuple(one.credentials), one.counts_hours, one.is_active
    )  # fmt: skip
