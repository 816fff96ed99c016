"""The files of an export without names: facts of one person in, rows of closed values out. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from daybridge.admissions.rules.referral import ReferralState
from daybridge.consent.rules import Kind
from daybridge.episodes.rules import EpisodeState
from daybridge.keeping.rules import safe_harbor
from daybridge.keeping.rules.book import RULES
from daybridge.level_of_care.rules.levels import LEVELS
from daybridge.scheduling.rules import Service

SEXES = frozenset(("female", "male", "other", "unknown"))
SOURCES = frozenset(("packet", "form", "phone", "web"))
SERVICES = frozenset(Service)
Rows = dict[str, list[tuple[str, ...]]]

# Each file: the kind of record it is to the gate, and its columns; the first is the person's random code.
FILES: Mapping[str, tuple[Kind, tuple[str, ...]]] = {
    "people.csv": (Kind.DEMOGRAPHICS, ("code", "birth_year", "sex", "state", "zip3")),
    "referrals.csv": (Kind.REFERRAL, ("code", "year", "source", "state")),
    "levels.csv": (Kind.LEVEL_OF_CARE, ("code", "year", "recommended", "decided")),
    "stays.csv": (Kind.SCHEDULE, ("code", "level", "status", "admitted_year", "ended_year", "weeks")),
    "hours.csv": (Kind.ATTENDANCE, ("code", "year", "service", "sessions", "minutes")),
    "conditions.csv": (Kind.DIAGNOSES, ("code", "category")),
}


@dataclass(frozen=True, slots=True)
class Stay:
    """One stay as the record has it."""

    level: str
    status: str
    first: date
    last: date | None


@dataclass(frozen=True, slots=True)
class Hours:
    """What came together in one year in one kind of service."""

    year: int
    service: str
    sessions: int
    minutes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """What the record says of one person, as it stands there: nothing of this is safe yet."""

    born_on: date | None
    sex: str
    state: str = ""
    postal_code: str = ""
    referrals: Sequence[tuple[date, str, str]] = ()
    levels: Sequence[tuple[date, str, str]] = ()
    stays: Sequence[Stay] = ()
    hours: Sequence[Hours] = ()
    codes: Sequence[str] = ()


def rows(person: Person, code: str, today: date) -> Rows:
    """One person's rows of each file, by the safe-harbor rules. `code` is random; `today` tells who is past 89.

    Source: 45 CFR 164.514(b)(2), 164.514(c); KEEP-12.
    """
    harbor = safe_harbor
    return {
        "people.csv": [
            (code, harbor.birth_year(person.born_on, today), harbor.closed(person.sex, SEXES),
             harbor.state(person.state), harbor.area(person.postal_code)),
        ],
        "referrals.csv": [
            (code, harbor.year(day), harbor.closed(source, SOURCES), harbor.closed(state, set(ReferralState)))
            for day, source, state in person.referrals
        ],
        "levels.csv": [
            (code, harbor.year(day), harbor.closed(asked, LEVELS), harbor.closed(decided, LEVELS) if decided else "")
            for day, asked, decided in person.levels
        ],
        "stays.csv": [_stay(code, stay) for stay in person.stays],
        "hours.csv": [
            (code, str(one.year), harbor.closed(one.service, SERVICES), str(one.sessions), str(one.minutes))
            for one in person.hours
        ],
        "conditions.csv": [(code, found) for found in sorted(set(map(harbor.condition, person.codes)) - {""})],
    }  # fmt: skip


def _stay(code: str, stay: Stay) -> tuple[str, ...]:
    level = safe_harbor.closed(stay.level, LEVELS)
    status = safe_harbor.closed(stay.status, set(EpisodeState))
    years = safe_harbor.year(stay.first), safe_harbor.year(stay.last)
    return (code, level, status, *years, safe_harbor.weeks(stay.first, stay.last))


def note(files: Rows, people: int) -> str:
    """The text that goes with the files: what was done, and which values few people share."""
    least = RULES.number("KEEP-13")
    cells = [cell for name, found in files.items() for cell in safe_harbor.small_cells(name, FILES[name][1], found)]
    lines = [
        f"{people} people. Rules: {RULES.version}; 45 CFR 164.514(b)(2), safe harbor.",
        "",
        "Left out: names; every place but the state and three digits of the ZIP code; every date but the year; ages",
        "above 89; phone, fax, e-mail and web addresses; all numbers of records, insurance, accounts, licenses,",
        "vehicles, devices and networks; pictures, voices, fingerprints; and all free text. Codes are random and mean",
        "nothing elsewhere; do not try to find out who somebody is.",
        "",
        f"Fewer than {least} people share each of these values. Do not publish counts of them; join them with others.",
        *(f"{cell.file}, {cell.column}: {cell.value}, {cell.people}" for cell in cells),
    ]
    return "\n".join([*lines, ""])
