"""The library of topics: outlines for who leads and handouts for who comes, in our own words. Pure; read once.

`library/*.toml` holds them. A step is "minutes kind: what to do"; the kinds are open, teach, exercise, discuss, break,
close. The Spanish steps are the same ones in the same order, without minutes.
"""

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from daybridge.program.rules.groups import LICENSED
from daybridge.program.rules.offer import NewTopic

HERE = Path(__file__).parents[1] / "library"
LANGUAGES = ("en", "es")
KINDS = ("open", "teach", "exercise", "discuss", "break", "close")
STEP = re.compile(r"(\d+) ([a-z]+): (.+)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class OutlineStep:
    """One step of a group: how long, of what kind, and what to do."""

    minutes: int
    kind: str
    words: str


@dataclass(frozen=True, slots=True)
class Text:
    """A topic in one language. `handout` has paragraphs and lines that begin with "- "."""

    title: str
    summary: str
    steps: tuple[OutlineStep, ...]
    handout: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One topic of the library: what kind, how long, who may lead it, for how many, what comes first; its texts."""

    id: str
    category: str
    minutes: int
    credentials: tuple[str, ...]
    size: tuple[int, int, int]
    tags: tuple[str, ...]
    needs: tuple[str, ...]
    gender: str
    counts_hours: bool
    is_billable: bool
    needs_licensed: bool
    texts: Mapping[str, Text]

    @property
    def title(self) -> str:
        return self.texts["en"].title

    @property
    def summary(self) -> str:
        return self.texts["en"].summary

    def topic(self) -> NewTopic:
        """What a program sets up to hold groups of it."""
        return NewTopic(
            self.title, self.category, self.minutes, self.credentials, self.summary, library=self.id,
            gender=self.gender, tags=self.tags, sizes=self.size, counts_hours=self.counts_hours,
            is_billable=self.is_billable, needs_licensed=self.needs_licensed,
        )  # fmt: skip


@cache
def library() -> Mapping[str, Entry]:
    """Every topic of the library by its id, in the order of the files. ValueError for an id used twice."""
    who = tomllib.loads((HERE / "who.toml").read_text(encoding="utf-8"))
    found: dict[str, Entry] = {}
    for path in sorted(HERE.glob("topics_*.toml")):
        for row in tomllib.loads(path.read_text(encoding="utf-8"))["topic"]:
            if row["id"] in found:
                raise ValueError(f"{path.name}: {row['id']} is there twice")
            found[row["id"]] = _entry(row, who)
    return found


def _starter(path: Path) -> tuple[NewTopic, ...]:
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    return tuple(NewTopic(**row, credentials=tuple(data["credentials"])) for row in data["topic"])


# the few topics most programs begin with: known without reading the library
STARTER = _starter(HERE.with_name("starter.toml"))


def matching(entries: Sequence[Entry], asked: str) -> list[Entry]:
    """The entries whose title, summary or tags, in any language, hold every word that is asked for."""
    words = asked.casefold().split()
    return [one for one in entries if all(word in _searched(one) for word in words)]


def blocks(handout: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """A handout as it is laid out: (a paragraph, ()) or ("", the items of a list), in order."""
    found: list[tuple[str, tuple[str, ...]]] = []
    for part in handout.strip().split("\n\n"):
        lines = [line.strip() for line in part.splitlines() if line.strip()]
        if lines and all(line.startswith("- ") for line in lines):
            found.append(("", tuple(line[2:] for line in lines)))
        else:
            found.append((" ".join(lines), ()))
    return tuple(found)


def _searched(entry: Entry) -> str:
    texts = entry.texts.values()
    return " ".join([*entry.tags, *(f"{one.title} {one.summary}" for one in texts)]).casefold()


def _entry(row: Mapping[str, Any], who: Mapping[str, Any]) -> Entry:
    english = [_step(line) for line in row["en"]["steps"]]
    spanish = [
        OutlineStep(one.minutes, one.kind, words) for one, words in zip(english, row["es"]["steps"], strict=True)
    ]
    credentials = tuple(who[row["lead"]])
    return Entry(
        id=row["id"], category=row["category"], minutes=sum(one.minutes for one in english), credentials=credentials,
        size=tuple(row.get("size", (3, 8, 12))), tags=tuple(row.get("tags", ())), needs=tuple(row.get("needs", ())),
        gender=row.get("gender", ""), counts_hours=row.get("counts", True), is_billable=row.get("billable", True),
        needs_licensed=bool(credentials) and set(credentials) <= LICENSED,
        texts={"en": _text(row["en"], english), "es": _text(row["es"], spanish)},
    )  # fmt: skip


def _step(line: str) -> OutlineStep:
    found = STEP.fullmatch(line.strip())
    if not found or found[2] not in KINDS:
        raise ValueError(f"not a step: {line[:40]}")
    return OutlineStep(int(found[1]), found[2], found[3])


def _text(row: Mapping[str, Any], steps: Sequence[OutlineStep]) -> Text:
    return Text(row["title"], row["summary"], tuple(steps), row["handout"].strip())
