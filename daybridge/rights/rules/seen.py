"""Who opened a record, in words people read: the ledger's verbs in plain language, grouped by day and person. Pure."""

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from itertools import groupby
from pathlib import Path
from zoneinfo import ZoneInfo

LANGUAGES = ("en", "es")
ANYTHING_ELSE = "anything-else"
GLASS = "glass."
BROKEN = "glass.break"


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One entry of the ledger that concerns the record. `at` is aware; `kind` is read, write or disclosure."""

    at: datetime
    actor: str
    verb: str
    kind: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Act:
    """One thing somebody did on one day: in words, first and last time (site-local), how often, why if said."""

    words: str
    kind: str
    first: datetime
    last: datetime
    times: int
    reason: str
    is_glass: bool

    @property
    def is_once(self) -> bool:
        return self.times == 1


@dataclass(frozen=True, slots=True)
class Visit:
    """Everything one actor did on one day, in order; `is_glass` when the glass was broken on that day."""

    actor: str
    acts: tuple[Act, ...]

    @property
    def is_glass(self) -> bool:
        return any(act.is_glass for act in self.acts)


@dataclass(frozen=True, slots=True)
class Day:
    """One local day with somebody in the record."""

    day: date
    visits: tuple[Visit, ...]


@cache
def verbs() -> Mapping[str, Mapping[str, str]]:
    """Verb of the ledger to its words by language. Source: rights/texts/verbs.toml."""
    text = (Path(__file__).parents[1] / "texts" / "verbs.toml").read_text(encoding="utf-8")
    rows: Mapping[str, Mapping[str, str]] = tomllib.loads(text)["verb"]
    return rows


def words_of(verb: str, language: str) -> str:
    """What a verb says to the person whose record it is; general words for a verb nobody has worded yet."""
    rows = verbs()
    row = rows.get(verb) or rows[ANYTHING_ELSE]
    return row[language if language in LANGUAGES else "en"]


def is_told(verb: str) -> bool:
    """Whether a verb is about a person's record at all; those with empty words are housekeeping."""
    row = verbs().get(verb)
    return row is None or bool(row["en"])


def grouped(lines: Iterable[Line], *, zone: ZoneInfo, language: str) -> tuple[Day, ...]:
    """The lines by local day, newest first, and within a day by actor in order of their first act; nothing is left out
    but housekeeping. Of reasons only those for reading and for broken glass are told.
    """
    told = sorted((line for line in lines if is_told(line.verb)), key=lambda line: line.at)
    days = []
    for day, on_day in groupby(told, key=lambda line: line.at.astimezone(zone).date()):
        days.append(Day(day, _visits(list(on_day), zone, language)))
    return tuple(reversed(days))


def _visits(lines: Sequence[Line], zone: ZoneInfo, language: str) -> tuple[Visit, ...]:
    by_actor: dict[str, list[Line]] = {}
    for line in lines:
        by_actor.setdefault(line.actor, []).append(line)
    return tuple(Visit(actor, _acts(mine, zone, language)) for actor, mine in by_actor.items())


def _acts(lines: Sequence[Line], zone: ZoneInfo, language: str) -> tuple[Act, ...]:
    """Alike acts of one person on one day are one line with a count."""
    alike: dict[tuple[str, str], list[Line]] = {}
    for line in lines:
        alike.setdefault((words_of(line.verb, language), _reason(line)), []).append(line)
    return tuple(
        Act(words, same[0].kind, same[0].at.astimezone(zone), same[-1].at.astimezone(zone), len(same), reason,
            any(line.verb == BROKEN for line in same))
        for (words, reason), same in alike.items()
    )  # fmt: skip


def _reason(line: Line) -> str:
    return line.reason if line.kind == "read" or line.verb.startswith(GLASS) else ""
