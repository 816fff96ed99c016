"""Passes to a page on a phone: who holds one, how long it opens, what its holder may do. Pure."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from pathlib import Path

from daybridge.access.rules import Permission
from daybridge.kit import rulebook
from daybridge.kit.errors import Refused

RULES = rulebook.load(Path(__file__).parent / "rulebook.toml")


class Holder(StrEnum):
    """Whose page a pass opens: the client's own, or that of somebody the client chose."""

    CLIENT = "client"
    OUTSIDER = "outsider"


class Phone(StrEnum):
    """What its holder says of the phone: theirs alone, or one that others use, too."""

    OWN = "own"
    SHARED = "shared"


class PassState(StrEnum):
    """Where a pass stands; read off its times, never stored."""

    WAITING = "waiting"
    OPEN = "open"
    LAPSED = "lapsed"
    ENDED = "ended"


# A link works once. What lapsed or ended never opens again: a new pass is given.
MOVES: dict[PassState, frozenset[PassState]] = {
    PassState.WAITING: frozenset((PassState.OPEN, PassState.LAPSED, PassState.ENDED)),
    PassState.OPEN: frozenset((PassState.LAPSED, PassState.ENDED)),
    PassState.LAPSED: frozenset(),
    PassState.ENDED: frozenset(),
}

# What a client does on the phone, with their own record and no other. No row, no act.
CLIENT_MAY = frozenset((
    Permission.CLIENT_LIST, Permission.CHART_READ, Permission.CONSENT_SEE, Permission.CONSENT_SIGN,
    Permission.DISCLOSE, Permission.DISCLOSURES_SEE, Permission.DOCUMENT_SEE, Permission.PHONE_ACCESS_GIVE,
    Permission.REQUEST_TAKE, Permission.LIFE_SAY,
))  # fmt: skip
# Somebody the client chose is told what the gate lets out, and nothing else.
OUTSIDER_MAY = frozenset((Permission.DISCLOSE,))


@dataclass(frozen=True, slots=True, kw_only=True)
class Times:
    """When a pass was given up to, opened, last looked at and ended; aware."""

    link_until: datetime
    opened_at: datetime | None = None
    seen_at: datetime | None = None
    ended_at: datetime | None = None


def link_until(given_at: datetime) -> datetime:
    """When a link given at `given_at` stops working. Source: rulebook POR-1."""
    return given_at + timedelta(hours=RULES.number("POR-1"))


def rest(phone: Phone) -> timedelta:
    """How long a page stays open without a look. Source: rulebook POR-2, POR-3."""
    return timedelta(days=RULES.number("POR-2")) if phone is Phone.OWN else timedelta(minutes=RULES.number("POR-3"))


def longest() -> timedelta:
    """How long a page stays open at all. Source: rulebook POR-4."""
    return timedelta(days=RULES.number("POR-4"))


def pass_state(times: Times, phone: Phone, now: datetime) -> PassState:
    """The state at `now`; the moment a limit is reached is too late.

    A pass opened or seen after `now` was written by a clock that ran ahead; it stays open. Source: POR-1 to POR-4.
    """
    if times.ended_at:
        return PassState.ENDED
    if times.opened_at is None:
        return PassState.LAPSED if now >= times.link_until else PassState.WAITING
    last = times.seen_at or times.opened_at
    is_over = now - last >= rest(phone) or now - times.opened_at >= longest()
    return PassState.LAPSED if is_over else PassState.OPEN


def is_seen_anew(seen_at: datetime | None, now: datetime) -> bool:
    """Whether this look has to be written down. Source: POR-6."""
    return seen_at is None or now - seen_at >= timedelta(seconds=RULES.number("POR-6"))


def check_room(standing: int) -> None:
    """Raise Refused when one person has as many pages as one may have. Source: POR-7."""
    if standing >= RULES.number("POR-7"):
        raise Refused("There are enough pages already. Close one that is no longer used first.")


# Consents that choose one person, who may then be given a page. Source: POR-10.
PERSONAL = frozenset(("family", "named-recipient"))


def check_may_hang(form: str, is_in_force: bool) -> None:
    """Raise Refused unless a page may hang on this consent: it names a person, and it holds now. Source: POR-10."""
    if form not in PERSONAL:
        raise Refused("Only a consent that names a person can give that person a page.")
    if not is_in_force:
        raise Refused("This consent is not in force, so nobody gets a page on it.")
