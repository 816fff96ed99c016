"""Patterns of weeks that follow each other: what a new one ends, keeps and begins. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple


class Standing(NamedTuple):
    """A row of a pattern: which, what it says, and the days it holds (`until` is the first day it no longer does)."""

    id: Any
    what: tuple[Any, ...]
    since: date
    until: date | None


class Begun(NamedTuple):
    """A row that begins with a change."""

    what: tuple[Any, ...]
    since: date
    until: date | None


@dataclass(frozen=True, slots=True)
class Change:
    """What a new pattern does: rows that end on its first day, rows that never came into force, and what begins."""

    ended: tuple[Any, ...]
    withdrawn: tuple[Any, ...]
    begun: tuple[Begun, ...]


def repainted(rows: Iterable[Standing], wanted: Iterable[tuple[Any, ...]], first: date, last: date | None) -> Change:
    """The way from `rows` to a pattern that holds from `first` up to `last` (None: from now on).

    What held before stays in the history, what holds from `last` on goes on there. What is the same keeps its row.
    """
    wanted_now = set(wanted)
    kept: set[tuple[Any, ...]] = set()
    ended: list[Any] = []
    withdrawn: list[Any] = []
    begun: list[Begun] = []
    for row in (one for one in rows if _meets(one, first, last)):
        if row.what in wanted_now - kept and row.since <= first and _reaches(row, last):
            kept.add(row.what)
            continue
        (ended if row.since < first else withdrawn).append(row.id)
        if last is not None and row.until != last and _reaches(row, last):
            begun.append(Begun(row.what, last, row.until))
    begun += [Begun(what, first, last) for what in sorted(wanted_now - kept)]
    return Change(tuple(ended), tuple(withdrawn), tuple(begun))


def _meets(row: Standing, first: date, last: date | None) -> bool:
    """Whether a row holds on one of the days from `first` up to `last`."""
    return (row.until is None or row.until > first) and (last is None or row.since < last)


def _reaches(row: Standing, last: date | None) -> bool:
    return row.until is None or (last is not None and row.until >= last)


def next_change(rows: Iterable[Standing], first: date) -> date | None:
    """The first day after `first` on which something of a pattern begins or ends; None when all goes on."""
    return min((day for row in rows for day in (row.since, row.until) if day and day > first), default=None)
