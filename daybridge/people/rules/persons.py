"""How people are named, compared and numbered. Pure."""

import unicodedata
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from daybridge.kit.errors import Refused

PRIMARY = "primary counselor"
COVER = "cover"
TEAM_ROLES = (PRIMARY, "nurse", "prescriber", "case manager", "peer", "trainee", COVER)
# Why a record is hidden from all but a named team.
HIDDEN_WHY = {
    "colleague": "Works here, or did",
    "relative": "Related to somebody who works here",
    "known": "Known to people who work here",
}
SEXES = frozenset({"female", "male", "other", "unknown"})
# Only the last four characters of these are ever shown: social security, driver's licence, passport numbers.
GUARDED_KINDS = frozenset({"SS", "SB", "DL", "PPN"})
LONGEST_NAME = 200

# Letters that carry no separable accent but are written plainly on many forms.
_PLAIN = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i"})
_JOINERS = "'\u2019\u2018\u02bc`.\u00ad\u200c\u200d"


@dataclass(frozen=True, slots=True)
class Place:
    """Where somebody lives or gets mail."""

    line: str = ""
    city: str = ""
    state: str = ""
    postal_code: str = ""


@dataclass(frozen=True, slots=True)
class Number:
    """A number another institution gave; `kind` as in HL7 table 0203: MR, SS, DL, PPN."""

    system: str
    value: str
    kind: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewPerson:
    """A person as first told to us. Phones in E.164 where they parse."""

    given: str
    family: str = ""
    preferred: str = ""
    birth_date: date | None = None
    sex: str = "unknown"
    languages: tuple[str, ...] = ()
    email: str = ""
    phones: tuple[str, ...] = ()
    addresses: tuple[Place, ...] = ()
    identifiers: tuple[Number, ...] = ()


def check_person(person: NewPerson, today: date) -> None:
    """Raise Refused for a person without a name, with one nobody has, or born after `today`."""
    if not person.given.strip() and not person.family.strip():
        raise Refused("A first or last name is needed.")
    if max(len(person.given), len(person.family), len(person.preferred)) > LONGEST_NAME:
        raise Refused("A name has more than {most} characters; write the short form.", most=LONGEST_NAME)
    if person.birth_date and person.birth_date > today:
        raise Refused("The birth date is in the future.")
    if person.sex not in SEXES:
        raise Refused("Sex has to be female, male, other or unknown.")


def day_at(zone: str, at: datetime) -> date:
    """The local day of an instant."""
    return at.astimezone(ZoneInfo(zone)).date()


def check_cover(role: str, until: date | None, today: date) -> None:
    """Raise Refused unless a place on a care team ends after `today`, if it ends; who covers must end."""
    if role == COVER and until is None:
        raise Refused("Say until which day they cover.")
    if until is not None and until <= today:
        raise Refused("The last day has to lie ahead.")


def shown(number: Number) -> str:
    """What of a number people may read: all of it, or "ends in 1234" for the guarded kinds."""
    value = number.value.strip()
    return f"…{value[-4:]}" if number.kind.upper() in GUARDED_KINDS and len(value) > 4 else value[:100]


def record_number(count: int) -> str:
    """The program's own number of a record: "DB-00042"."""
    return f"DB-{count:05}"


def age_on(birth_date: date, day: date) -> int:
    """Completed years of age on a day."""
    before_birthday = (day.month, day.day) < (birth_date.month, birth_date.day)
    return day.year - birth_date.year - before_birthday


def short_name(called: str, family: str) -> str:
    """First name and initial, for boards and shared screens: "Rosa D."."""
    return f"{called} {family[:1]}." if family else called


def name_key(given: str, family: str) -> str:
    """A name as compared: case, accents, punctuation and width folded, letters of every script kept; "" if none.

    Only Latin, Greek and Cyrillic accents and Hebrew and Arabic points are dropped: in other scripts marks are letters.
    """
    return " ".join((*tokens(given), *tokens(family)))


def tokens(value: str) -> list[str]:
    """The words of a name or street as compared."""
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


def shown_phone(number: str) -> str:
    """A number as people here read it: "(212) 555-0140" for +12125550140; others stay as they are."""
    digits = number.removeprefix("+1")
    if number.startswith("+1") and len(digits) == 10 and digits.isdecimal():
        return f"({digits[:3]}) {digits[3:6]}-{digits[6:]}"
    return number
