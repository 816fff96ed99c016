"""When two records may be one person. It only proposes: a human joins, never the machine."""

from dataclasses import dataclass
from datetime import date

from daybridge.people.rules import name_key, tokens


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownPerson:
    """What is compared. `identifiers` are pairs (system, digest of the value); `phones` E.164; `emails` as written;
    `addresses` made with `address_key`; `sex` is told when it agrees but never counts."""

    given: str
    family: str
    birth_date: date | None = None
    sex: str = "unknown"
    identifiers: frozenset[tuple[str, str]] = frozenset()
    phones: frozenset[str] = frozenset()
    emails: frozenset[str] = frozenset()
    addresses: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Match:
    """Two records that may be one person: what agrees and what does not, in words, strongest first."""

    by: str
    agree: tuple[str, ...]
    differ: tuple[str, ...] = ()


def address_key(line: str, postal_code: str) -> str:
    """First address line and postal code (5 digits) as compared; "" unless both are known."""
    street, code = " ".join(tokens(line)), "".join(tokens(postal_code))[:5]
    return f"{street}|{code}" if street and code else ""


def matches(candidate: KnownPerson, other: KnownPerson) -> Match | None:
    """How two records agree, or None. One identifier is enough; else name, birth date and one more of phone, email
    and address. Names agree when alike as a whole or by family name and first given name. Symmetric.

    Source: program rule ADM-1 (identifier first, then name + birth date + one more fact); sex alone adds nothing.
    """
    facts = _compare(candidate, other)
    agree = tuple(word for word, same in facts if same)
    differ = tuple(word for word, same in facts if same is False)
    if "identifier" in agree:
        return Match("identifier", agree, differ)
    if {"name", "birth date"} <= set(agree) and {"phone", "email", "address"} & set(agree):
        return Match("facts", agree, differ)
    return None


def _compare(one: KnownPerson, two: KnownPerson) -> tuple[tuple[str, bool | None], ...]:
    """Each fact with True (agrees), False (differs) or None (cannot be told)."""
    return (
        ("identifier", True if one.identifiers & two.identifiers else None),
        ("name", _names_agree(one, two)),
        ("birth date", one.birth_date == two.birth_date if one.birth_date and two.birth_date else None),
        ("phone", _meet(one.phones, two.phones)),
        ("email", _meet(_folded(one.emails), _folded(two.emails))),
        ("address", _meet(one.addresses - {""}, two.addresses - {""})),
        ("sex", None if "unknown" in (one.sex, two.sex) else one.sex == two.sex),
    )


def _names_agree(one: KnownPerson, two: KnownPerson) -> bool | None:
    keys = name_key(one.given, one.family), name_key(two.given, two.family)
    if not all(keys):
        return None
    if keys[0] == keys[1]:
        return True
    first = tokens(one.given)[:1]
    return bool(first) and first == tokens(two.given)[:1] and tokens(one.family) == tokens(two.family) != []


def _meet(one: frozenset[str], two: frozenset[str]) -> bool | None:
    return bool(one & two) if one and two else None


def _folded(emails: frozenset[str]) -> frozenset[str]:
    return frozenset(email.strip().casefold() for email in emails)
