"""What may be said on the phone: less than on paper, and only to somebody a consent names. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from daybridge.consent.rules.facts import Decision, History
from daybridge.consent.rules.scopes import kinds_of
from daybridge.consent.rules.words import FormKind, Kind, Purpose

# What the desk itself says, and what the care team talks about with a caller who is put through.
SAID = (Kind.PRESENCE, Kind.SCHEDULE, Kind.ATTENDANCE)
PUT_THROUGH = (Kind.PLAN, Kind.LEVEL_OF_CARE, Kind.MEDICATION, Kind.DIAGNOSES, Kind.MEASURES, Kind.TESTS, Kind.BILLING)
KINDS = tuple(str(one) for one in (*SAID, *PUT_THROUGH))
PURPOSES = (
    Purpose.FAMILY, Purpose.AT_REQUEST, Purpose.REFERRER, Purpose.TREATMENT, Purpose.PAYMENT, Purpose.OPERATIONS,
)  # fmt: skip
# A voice on the phone can say it is any doctor or any insurer: a class of recipients is not enough.
NAMING = frozenset((FormKind.FAMILY, FormKind.NAMED))


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """Who is asked about, and who asks. `relation` is a word ("mother") or a class code; the rest may be left empty."""

    name: str
    caller: str
    relation: str = ""
    birth_date: date | None = None
    code_word: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """What may be said to this caller, by kind, and the last day of it; no kinds: neither confirm nor deny."""

    kinds: tuple[str, ...] = ()
    until: date | None = None

    @property
    def may_say(self) -> bool:
        return bool(self.kinds)


NEITHER = Answer()


def sayable(history: History, decision: Decision, words: Mapping[str, str], heard: str) -> tuple[str, ...]:
    """The kinds of a decision that may be said aloud; none unless a consent names the caller and lets presence be said.

    `words` are the digests of the code words by consent, `heard` that of the word the caller said; a consent with a
    word needs it. Source: CON-33; 42 CFR 2.13(c).
    """
    relied = [one for one in history.consents if one.id in decision.relied_on and one.kind in NAMING]
    trusted = [one for one in relied if words.get(one.id, "") in ("", heard)]
    if len(trusted) < len(relied):
        return ()
    kinds = tuple(kind for kind in decision.allowed if any(kind in kinds_of(one) for one in trusted))
    return kinds if Kind.PRESENCE in kinds else ()
