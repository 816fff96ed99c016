"""Who must sign a consent: the client, a parent too, or who speaks for them by law. Pure; states.toml is the table."""

import re
import tomllib
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from pathlib import Path

from daybridge.consent.rules.facts import Given, Person

TABLE = Path(__file__).parents[1] / "states.toml"
SELF = frozenset(("self",))
PARENT = frozenset(("parent", "guardian"))
SPEAKER = frozenset(("guardian", "representative"))
AFTER_DEATH = frozenset(("representative", "guardian"))
_STATE = re.compile(r"\b([A-Z]{2})\b[ ,]*(?:\d{5}(?:-\d{4})?)?\s*$")


@dataclass(frozen=True, slots=True)
class State:
    """One state's rule: from which age a minor alone agrees to SUD care (None: never), and when one is of age."""

    id: str
    majority: int
    alone_from: int | None
    source: str
    reviewed: str = ""


@dataclass(frozen=True, slots=True)
class Signers:
    """One signature of every group is needed; `needs_counsel` while nobody has reviewed the state's row."""

    groups: tuple[frozenset[str], ...]
    reason: str
    source: str
    needs_counsel: bool = False

    def missing(self, signed_by: Collection[str]) -> tuple[frozenset[str], ...]:
        """The groups from which nobody has signed yet."""
        return tuple(group for group in self.groups if not group & set(signed_by))


@cache
def states() -> dict[str, State]:
    """The table by state; "" is the row for a state that has none."""
    rows = tomllib.loads(TABLE.read_text(encoding="utf-8"))["state"]
    return {row["id"]: State(row["id"], row["majority"], row.get("alone_from"), row["source"], row.get("reviewed", ""))
            for row in rows}  # fmt: skip


def state_of(address: str) -> str:
    """The state at the end of an address ("12 Elm Street, Norwich, CT 06360"), "" when there is none."""
    found = _STATE.search(address.strip())
    return found.group(1) if found else ""


def age(born: date, on: date) -> int:
    """Whole years of age on a day; somebody born on February 29 turns on March 1."""
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))


def is_minor(person: Person, on: date) -> bool:
    """Whether somebody is under the age of majority of their state; a person of unknown birth date is not."""
    return person.birth_date is not None and age(person.birth_date, on) < _row(person).majority


def who_must_sign(person: Person, on: date) -> Signers:
    """Who must sign for this person on that day. An unknown state asks for both minor and parent.

    Source: CON-10, CON-11; 42 CFR 2.14, 2.15; consent/states.toml.
    """
    if person.died_on is not None and person.died_on <= on:
        return Signers((AFTER_DEATH,), "The client has died: their personal representative signs.", "42 CFR 2.15(b)")
    if is_minor(person, on):
        return _minor(person, on)
    if person.is_spoken_for(on):
        return Signers((SPEAKER,), "Who speaks for the client by law signs.", "42 CFR 2.15(a)")
    return Signers((SELF,), "The client signs.", "42 CFR 2.31(a)(8)")


def _minor(person: Person, on: date) -> Signers:
    row = _row(person)
    assert person.birth_date is not None
    if row.alone_from is not None and age(person.birth_date, on) >= row.alone_from:
        return Signers(
            (SELF,), "State law lets this minor agree alone: only they sign.", "42 CFR 2.14(b)", not row.reviewed
        )
    both = "State law asks for a parent's consent to care: the minor and a parent sign."
    return Signers((SELF, PARENT), both, "42 CFR 2.14(c)", not row.reviewed)


def _row(person: Person) -> State:
    return states().get(person.state, states()[""])


def is_signed_by_all(given: Given, person: Person, at: datetime) -> bool:
    """Whether everybody needed has signed, by the day of signing. What was signed for a minor without them ends on the
    day they come of age. `at` is aware, site-local."""
    if given.signed_at is None:
        return False
    signed_on = given.signed_at.astimezone(at.tzinfo).date()
    if who_must_sign(person, signed_on).missing(given.signed_by):
        return False
    grew_up = is_minor(person, signed_on) and not is_minor(person, at.date())
    return not grew_up or "self" in given.signed_by
