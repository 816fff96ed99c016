"""What may be said of a person from whom nobody may be known: the safe-harbor rules. Pure.

Only values of closed sets, years and counts come through; a value that is in no set becomes "other". So free text,
names, numbers and addresses cannot pass, whatever somebody typed into a field. Source: 45 CFR 164.514(b)(2).
"""

import re
import tomllib
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from daybridge.keeping.rules.book import RULES

OTHER = "other"
OLDEST = "90 or over"
NO_ZIP = "000"

BOOK = tomllib.loads((Path(__file__).parent.parent / "safe_harbor.toml").read_text(encoding="utf-8"))
FEW_PEOPLE = frozenset(area for row in BOOK["few_people"] for area in row["areas"])
STATES = frozenset(BOOK["states"]["codes"])
ZIP = re.compile(r"[0-9]{5}(-?[0-9]{4})?")
ICD10 = re.compile(r"([A-TV-Z][0-9][0-9A-Z])(\.?[0-9A-Z]{1,4})?")


def closed(value: str, known: Collection[str]) -> str:
    """`value` when it is one of a closed set; "other" for anything else."""
    return value if value in known else OTHER


def age_on(born_on: date, day: date) -> int:
    """Whole years of age on a day."""
    return day.year - born_on.year - ((day.month, day.day) < (born_on.month, born_on.day))


def birth_year(born_on: date | None, today: date) -> str:
    """The year of birth; "90 or over" in place of one that would show such an age; "" when unknown. Source: KEEP-12."""
    if born_on is None or born_on > today:
        return ""
    # By the year alone: who turns 90 some day this year is in the group from New Year on.
    return OLDEST if today.year - born_on.year > RULES.number("KEEP-12") else str(born_on.year)


def year(day: date | datetime | None) -> str:
    """The only part of a date that may leave."""
    return str(day.year) if day else ""


def state(words: str) -> str:
    """A two-letter state; "" for anything else."""
    short = words.strip().upper()
    return short if short in STATES else ""


def area(postal_code: str) -> str:
    """The first three digits of a ZIP code; "000" where few people live, "" when it is no ZIP code."""
    code = postal_code.strip()
    if not ZIP.fullmatch(code):
        return ""
    return NO_ZIP if code[:3] in FEW_PEOPLE or code[:3] == NO_ZIP else code[:3]


def condition(code: str) -> str:
    """The three-letter category of an ICD-10-CM code; "" for anything else."""
    found = ICD10.fullmatch(code.strip().upper())
    return found[1] if found else ""


def weeks(first: date, last: date | None) -> str:
    """How many weeks somebody stayed, begun ones counted; "" while they stay."""
    return "" if last is None else str(max(0, (last - first).days) // 7 + 1)


@dataclass(frozen=True, slots=True)
class SmallCell:
    """A value that so few people share that a count of them should not be published."""

    file: str
    column: str
    value: str
    people: int


def small_cells(file: str, columns: tuple[str, ...], rows: list[tuple[str, ...]]) -> list[SmallCell]:
    """Values shared by fewer people than KEEP-13; a row's first column is the person's code."""
    least, found = RULES.number("KEEP-13"), []
    for place, column in enumerate(columns[1:], start=1):
        people: dict[str, set[str]] = {}
        for row in rows:
            people.setdefault(row[place], set()).add(row[0])
        few = sorted((value, len(codes)) for value, codes in people.items() if value and len(codes) < least)
        found += [SmallCell(file, column, value, number) for value, number in few]
    return found
