"""What staff are in the clinic: posts, credentials and their last days, who can lead, sign and carry more. Pure."""

import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import NamedTuple

from daybridge.kit import rulebook
from daybridge.kit.errors import Refused
from daybridge.kit.rulebook import Rulebook

ROOM = Path(__file__).resolve().parents[1]
BOOK = rulebook.load(ROOM / "rulebook.toml")
WARNINGS = ("PEO-4", "PEO-5", "PEO-6")
GENDERS = {"": "Not said", "female": "Woman", "male": "Man", "other": "Another"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """What somebody is in the clinic. `hours` are (weekday from Monday = 0, start, end) in minutes after midnight."""

    title: str
    credential: str = ""
    credential_until: date | None = None
    languages: tuple[str, ...] = ("en",)
    gender: str = ""
    caseload_max: int = 20
    hours: tuple[tuple[int, int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Credential:
    """A credential that is suggested, not a limit; `leads`: its holders lead counseling groups."""

    code: str
    words: str
    leads: bool
    family: str


CREDENTIALS = tuple(
    Credential(**row) for row in tomllib.loads((ROOM / "credentials.toml").read_text(encoding="utf-8"))["row"]
)
FAMILIES = {one.code: one.family for one in CREDENTIALS}


class Held(NamedTuple):
    """A credential somebody holds, and its last day (None: no end)."""

    kind: str
    expires_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Licence:
    """A credential as its paper says it. `state` is two letters, or empty for a national one."""

    kind: str
    number: str = ""
    state: str = ""
    issued_on: date | None = None
    expires_on: date | None = None


class Load(StrEnum):
    """How a caseload stands against its limit."""

    ROOM = "room"
    OVER = "over"
    CLOSED = "closed"


def credential(typed: str) -> str:
    """A credential as it is compared with what topics ask for: the known spelling, whatever case was typed."""
    plain = " ".join(typed.split())
    return next((one.code for one in CREDENTIALS if one.code.casefold() == plain.casefold()), plain)


def family_of(kind: str) -> str:
    """Whose place somebody with this credential can take; a credential we do not know is a family of its own."""
    return FAMILIES.get(kind, kind.casefold())


def check_post(post: Post) -> None:
    """Raise Refused unless each stretch of working hours lies on one day and none overlaps another."""
    if post.credential_until and not post.credential:
        raise Refused("Say which credential ends on that day.")
    if post.gender not in GENDERS:
        raise Refused("Choose one of the answers about gender, or none.")
    taken: dict[int, list[tuple[int, int]]] = {}
    for day, start, end in post.hours:
        if not (0 <= day <= 6 and 0 <= start < end <= 1440):
            raise Refused("Working hours must start before they end, on one day.")
        if any(start < other_end and other_start < end for other_start, other_end in taken.get(day, [])):
            raise Refused("Two stretches of working hours overlap.")
        taken.setdefault(day, []).append((start, end))


def check_licence(one: Licence, today: date) -> None:
    """Raise Refused unless a credential is named, begins no later than `today` and ends no earlier than it begins."""
    if not one.kind.strip():
        raise Refused("Say which credential it is.")
    if one.state and not (len(one.state) == 2 and one.state.isalpha()):
        raise Refused("Write the state as two letters, or leave it empty for a national credential.")
    if one.issued_on and one.issued_on > today:
        raise Refused("A credential can be entered from the day it was issued.")
    if one.issued_on and one.expires_on and one.expires_on < one.issued_on:
        raise Refused("A credential cannot end before it was issued.")


def in_force(held: Iterable[Held], day: date) -> frozenset[str]:
    """The credentials that hold on `day`; the last day still counts."""
    return frozenset(one.kind for one in held if one.expires_on is None or day <= one.expires_on)


def leads_as(asked: Sequence[str], held: Iterable[Held], day: date) -> bool:
    """Whether somebody with these credentials may lead on `day` what asks for one of `asked`.

    What asks for none may be led by anybody, but not by somebody all of whose own have ended. Source: PROGRAM.
    """
    held = tuple(held)
    good = in_force(held, day)
    return bool(good & set(asked)) if asked else bool(good) or not held


def warning(expires_on: date | None, today: date, book: Rulebook = BOOK) -> int | None:
    """How near the end of a credential is: 0 once it has ended, else the least warning it is within, else None.

    Source: PEO-4 to PEO-6.
    """
    if expires_on is None:
        return None
    left = (expires_on - today).days
    if left < 0:
        return 0
    return min((days for days in map(book.number, WARNINGS) if left <= days), default=None)


def check_may_sign(signs_with: Held, today: date) -> None:
    """Raise Refused when the credential somebody signs with has ended. Who signs without one is not asked."""
    if signs_with.kind and not in_force((signs_with,), today):
        raise Refused(
            "Your {credential} ended on {day}, so it cannot sign. It can again once the renewed one is entered.",
            credential=signs_with.kind, day=_in_words(signs_with.expires_on or today),
        )  # fmt: skip


def _in_words(day: date) -> str:
    return f"{day:%B} {day.day}, {day.year}"


def load_of(carried: int, most: int, book: Rulebook = BOOK) -> Load:
    """Whether a counselor has room, is at or over their limit, or takes nobody more. Source: PEO-7."""
    if carried < most:
        return Load.ROOM
    return Load.OVER if carried * 100 < most * book.number("PEO-7") else Load.CLOSED


def check_supervisor(staff: object, chain: Sequence[object]) -> None:
    """Raise Refused when a supervisor, or whoever supervises them (`chain`), is the person."""
    if staff in chain:
        raise Refused("They supervise this person already, themselves or through somebody else.")
