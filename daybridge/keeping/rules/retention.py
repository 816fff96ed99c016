"""When a record has been kept long enough: the longest class decides, and whatever is open or held keeps it. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from daybridge.keeping.rules.book import RULES
from daybridge.kit.decisions import Finding
from daybridge.kit.errors import BadInput
from daybridge.kit.rulebook import Rulebook

CLINICAL = "clinical"


@dataclass(frozen=True, slots=True, kw_only=True)
class KeepingClass:
    """One class of tables and how long its rows are kept. `shortest` is the least a state or contract may ask for."""

    id: str
    title: str
    years: int
    since: str
    source: str
    shortest: int
    models: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What is known of one person's record.

    `first` is its first day; `last` the newest day in each class that has rows; `open` names what is still going on, a
    sentence each; `holds` counts legal holds in force.
    """

    born_on: date | None
    first: date
    last: Mapping[str, date]
    open: tuple[str, ...] = ()
    holds: int = 0


@dataclass(frozen=True, slots=True)
class ClassDue:
    """Until when one class asks for the record to be kept, and from which day it counts."""

    id: str
    years: int
    counted_from: date
    until: date


@dataclass(frozen=True, slots=True)
class Standing:
    """Until when the record is kept; whether it may go on the day asked about, and if not why."""

    until: date
    classes: tuple[ClassDue, ...]
    keeps: tuple[Finding, ...]

    @property
    def may_go(self) -> bool:
        return not self.keeps


def classes_from(data: Mapping[str, Any], book: Rulebook = RULES) -> tuple[KeepingClass, ...]:
    """The classes of a retention file: tables with title, from, models and the ids of their rulebook rows."""
    return tuple(
        KeepingClass(
            id=key,
            title=row["title"],
            years=book.number(row["rule"]) if "rule" in row and book.rows[row["rule"]].unit == "years" else 0,
            since=row["from"],
            source=book.source(row["rule"]) if "rule" in row else "",
            shortest=book.number(row["shortest"]) if "shortest" in row else 0,
            models=tuple(row["models"]),
        )
        for key, row in data.items()
    )


def years_later(day: date, years: int) -> date:
    """The same day `years` on; the day after a February 29 that does not exist there."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 3, 1)


def standing(facts: Facts, years: Mapping[str, int], today: date) -> Standing:
    """Judge one record on `today` (site-local) with the years of each class.

    The longest class wins. A minor's record, and that of a person whose birth date nobody knows, is kept to majority
    and some years. Source: KEEP-1 to KEEP-4, KEEP-7; docs/rules/keeping.md.
    """
    due = [
        ClassDue(key, years[key], day, years_later(day, years[key]))
        for key, day in sorted(facts.last.items())
        if years.get(key)
    ]
    due += _of_a_minor(facts)
    until = max((one.until for one in due), default=years_later(facts.first, years.get(CLINICAL, 0)))
    keeps = [Finding("KEEP-OPEN", said, "docs/rules/keeping.md") for said in facts.open]
    if facts.holds:
        keeps.append(Finding("KEEP-HOLD", "A legal hold is in force.", "docs/rules/keeping.md"))
    if today <= until:
        keeps.append(Finding("KEEP-TIME", "Its time is not over.", "docs/rules/keeping.md"))
    return Standing(until, tuple(due), tuple(keeps))


def _of_a_minor(facts: Facts) -> list[ClassDue]:
    """Who was a minor on the record's first day; without a birth date, as though born on that day."""
    majority = years_later(facts.born_on or facts.first, RULES.number("KEEP-3"))
    if majority <= facts.first:
        return []
    years = RULES.number("KEEP-2")
    return [ClassDue("minor", years, majority, years_later(majority, years))]


def check_years(kept: KeepingClass, years: int) -> None:
    """Raise BadInput unless a state or contract may ask for this. Source: KEEP-9, KEEP-10, KEEP-11."""
    if not kept.shortest:
        raise BadInput("This class has no period of its own.")
    most = RULES.number("KEEP-11")
    if not kept.shortest <= years <= most:
        raise BadInput("Choose between {least} and {most} years.", least=kept.shortest, most=most)


def strictest(choices: Sequence[int], usual: int) -> int:
    """The longest of what states and contracts ask for, else the usual period."""
    return max(choices, default=usual)
