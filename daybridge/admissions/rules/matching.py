"""When two records may be one person. It only proposes: a human joins, never the machine."""

import unicodedata
from dataclasses import dataclass
from datetime import date

# Letters that carry no separable accent but are written plainly on many forms.
_PLAIN = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i"})
_JOINERS = "'\u2019\u2018\u02bc`.\u00ad\u200c\u200d"


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


def name_key(given: str, family: str) -> str:
    """A name as compared: case, accents, punctuation and width folded, letters of every script kept; "" if none is left.

    Only Latin, Greek and Cyrillic accents and Hebrew and Arabic points are dropped: in other scripts marks are letters.
    """
    return " ".join((*_tokens(given), *_tokens(family)))


def address_key(line: str, postal_code: str) -> str:
    """First address line and postal code (5 digits) as compared; "" unless both are known."""
    street, code = " ".join(_tokens(line)), "".join(_tokens(postal_code))[:5]
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
    first = _tokens(one.given)[:1]
    return bool(first) and first == _tokens(two.given)[:1] and _tokens(one.family) == _tokens(two.family) != []


def _meet(one: frozenset[str], two: frozenset[str]) -> bool | None:
    return bool(one & two) if one and two else None


def _folded(emails: frozenset[str]) -> frozenset[str]:
    return frozenset(email.strip().casefold() for email in emails)


def _tokens(value: str) -> list[str]:
    plain = unicodedata.normalize("NFKD", value.casefold()).casefold()
    kept = "".join(_kept(char) for char in plain.translate(_PLAIN))
    return unicodedata.normalize("NFC", kept).split()


def _kept(char: str) -> str:
    if char in _JOINERS or _is_accent(char):
        return ""
    return char if unicodedata.category(char)[0] in "LMN" else " "


def _is_accent(char: str) -> bool:
    return (
        "\u0300" <= char <= "\u036f" or "\u0591" <= char <= "\u05c7" or "\u064b" <= char <= "\u0652" or char == "\u0670"
    )
