"""What a referral packet says, in plain frozen values."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Kind(StrEnum):
    """What an item is."""

    CONDITION = "condition"
    MEDICATION = "medication"
    ALLERGY = "allergy"
    COVERAGE = "coverage"
    ENCOUNTER = "encounter"


class Category(StrEnum):
    """What kind of condition a code names; decided by codes.toml alone."""

    SUBSTANCE_USE = "substance-use"
    MENTAL_HEALTH = "mental-health"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Identifier:
    """A number somebody else knows the person by; `kind` as sent (MR, SS, DL ...), may be empty."""

    system: str
    value: str
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Address:
    lines: tuple[str, ...] = ()
    city: str = ""
    state: str = ""
    postal_code: str = ""
    country: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """The person referred. Names are NFC, at most 200 characters; sex is female, male, other or unknown."""

    given: str
    family: str
    birth_date: date
    sex: str = "unknown"
    prefix: str = ""
    deceased: bool = False
    languages: tuple[str, ...] = ()
    addresses: tuple[Address, ...] = ()
    phones: tuple[str, ...] = ()
    emails: tuple[str, ...] = ()
    identifiers: tuple[Identifier, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One line of the packet. `category` and `mark` ("tobacco", "overdose" or "") only for conditions,
    `encounter_class` (AMB, EMER, IMP ...) only for encounters."""

    kind: Kind
    system: str = ""
    code: str = ""
    text: str = ""
    category: str = ""
    mark: str = ""
    encounter_class: str = ""
    status: str = ""
    start: date | None = None
    end: date | None = None


@dataclass(frozen=True, slots=True)
class Packet:
    """One packet, read whole. `sha256` (hex) is of the bytes as they came, before any unpacking."""

    person: Person
    items: tuple[Item, ...]
    sha256: str
    warnings: tuple[str, ...] = ()

    def of(self, kind: Kind) -> tuple[Item, ...]:
        return tuple(item for item in self.items if item.kind == kind)
