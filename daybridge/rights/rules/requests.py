"""What people can ask for about their record: kinds, clocks, moves, and what may be answered. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum

from daybridge.kit.errors import Refused
from daybridge.rights.rules.book import BOOK

SHORTEST_REASON = 10
LONGEST_REASON = 4000


class Kind(StrEnum):
    """What is asked for."""

    ACCESS = "access"
    AMENDMENT = "amendment"
    ACCOUNTING = "accounting"
    RESTRICTION = "restriction"
    CONTACT = "contact"
    COMPLAINT = "complaint"
    INTERMEDIARIES = "intermediaries"


class State(StrEnum):
    """Where a request stands."""

    RECEIVED = "received"
    IN_WORK = "in-work"
    EXTENDED = "extended"
    GRANTED = "granted"
    PARTLY = "partly"
    DENIED = "denied"
    DELIVERED = "delivered"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"


# An answer once given is not taken back: whoever disagrees says so, or asks again.
MOVES: Mapping[State, frozenset[State]] = {
    State.RECEIVED: frozenset((State.IN_WORK, State.WITHDRAWN)),
    State.IN_WORK: frozenset((State.EXTENDED, State.GRANTED, State.PARTLY, State.DENIED, State.WITHDRAWN)),
    State.EXTENDED: frozenset((State.GRANTED, State.PARTLY, State.DENIED, State.WITHDRAWN)),
    State.GRANTED: frozenset((State.DELIVERED,)),
    State.PARTLY: frozenset((State.DELIVERED,)),
    State.DENIED: frozenset((State.DELIVERED,)),
    State.DELIVERED: frozenset((State.CLOSED,)),
    State.CLOSED: frozenset(),
    State.WITHDRAWN: frozenset(),
}
RUNNING = (State.RECEIVED, State.IN_WORK, State.EXTENDED)
ANSWERS = (State.GRANTED, State.PARTLY, State.DENIED)
OPEN = (*RUNNING, *ANSWERS)


@dataclass(frozen=True, slots=True)
class Clock:
    """Days to answer, days more with a reason (0: never more), and where that comes from."""

    days: int
    more: int
    source: str


def _clock(days: str, more: str = "") -> Clock:
    return Clock(BOOK.number(days), BOOK.number(more) if more else 0, BOOK.source(days))


CLOCKS: Mapping[Kind, Clock] = {
    Kind.ACCESS: _clock("RIGHTS-1", "RIGHTS-2"),
    Kind.AMENDMENT: _clock("RIGHTS-3", "RIGHTS-4"),
    Kind.ACCOUNTING: _clock("RIGHTS-5", "RIGHTS-6"),
    Kind.RESTRICTION: _clock("RIGHTS-10"),
    Kind.CONTACT: _clock("RIGHTS-11"),
    Kind.COMPLAINT: _clock("RIGHTS-12"),
    Kind.INTERMEDIARIES: _clock("RIGHTS-13"),
}


@dataclass(frozen=True, slots=True)
class Ground:
    """A reason the law allows for saying no."""

    title: str
    source: str


# Without a row here a request of that kind cannot be denied.
GROUNDS: Mapping[Kind, Mapping[str, Ground]] = {
    Kind.ACCESS: {
        "counseling-notes": Ground("Private counseling notes are kept apart", "45 CFR 164.524(a)(1)(i); 42 CFR 2.11"),
        "legal-proceeding": Ground("Written for a legal proceeding", "45 CFR 164.524(a)(1)(ii)"),
        "told-in-confidence": Ground("Somebody else told it in confidence", "45 CFR 164.524(a)(2)(v)"),
        "danger": Ground("It would put a life or a body in danger", "45 CFR 164.524(a)(3)(i)"),
        "harm-to-other": Ground("It would do great harm to somebody named in it", "45 CFR 164.524(a)(3)(ii)"),
    },
    Kind.AMENDMENT: {
        "complete": Ground("The record is right and whole as it is", "45 CFR 164.526(a)(2)(iv)"),
        "not-ours": Ground("Somebody else wrote it and can still change it", "45 CFR 164.526(a)(2)(i)"),
        "not-record": Ground("It is not part of the record", "45 CFR 164.526(a)(2)(ii)"),
        "not-open": Ground("It is a part that need not be shown", "45 CFR 164.526(a)(2)(iii)"),
    },
    Kind.RESTRICTION: {
        "care": Ground("Good care would not be possible", "42 CFR 2.26(a); 45 CFR 164.522(a)(1)(ii)"),
        "law": Ground("A law asks us to share it", "45 CFR 164.522(a)(1)(v)"),
        "cannot": Ground("We cannot keep to it", "42 CFR 2.26(a); 45 CFR 164.522(a)(1)(ii)"),
    },
    Kind.CONTACT: {
        "no-other-way": Ground("No other way to reach the person was named", "45 CFR 164.522(b)(2)(ii)(B)"),
        "no-payment": Ground("It is not said how payment would be handled", "45 CFR 164.522(b)(2)(ii)(A)"),
    },
    Kind.COMPLAINT: {"not-found": Ground("We looked into it and did not find it so", "42 CFR 2.4; 45 CFR 164.530(d)")},
}
PARTLY_TOO = frozenset({Kind.ACCESS, Kind.AMENDMENT, Kind.RESTRICTION, Kind.COMPLAINT})
ASKERS = ("self", "parent", "guardian", "representative")
WAYS_IN = ("in-person", "phone", "letter", "page")
CHECKED = ("known", "photo-id", "signature", "own-page")
MEANS = ("phone", "mail", "email", "page", "in-person")
TO_WHOM = ("health-plan", "person", "organization", "everyone")
WAYS_OUT = ("screen", "phone", "paper", "mail")


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What somebody asks for. `wants` holds what only this kind needs, as plain words by name:

    restriction: to, recipient, paid_in_full ("yes" or ""); contact: means, where, not; access: form, since, until.
    """

    kind: Kind
    words: str = ""
    wants: Mapping[str, str] = field(default_factory=dict)
    way: str = "in-person"
    asker: str = "self"
    asker_name: str = ""
    checked: str = "known"
    received_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What is answered: an outcome, the ground for a no, and words for the person."""

    outcome: State
    ground: str = ""
    words: str = ""


def due_on(kind: Kind, received_on: date, *, extended: bool = False) -> date:
    """The last day for the answer. Source: RIGHTS-1 to RIGHTS-6, RIGHTS-10 to RIGHTS-13."""
    clock = CLOCKS[kind]
    return received_on + timedelta(days=clock.days + (clock.more if extended else 0))


def outcomes(kind: Kind) -> tuple[State, ...]:
    """How a request of this kind may be answered."""
    allowed = [State.GRANTED]
    if kind in PARTLY_TOO:
        allowed.append(State.PARTLY)
    if kind in GROUNDS:
        allowed.append(State.DENIED)
    return tuple(allowed)


def must_accept(asked: Asked) -> bool:
    """Whether the law leaves no choice: a restriction toward a health plan for care paid in full.

    Source: 42 CFR 2.26(a)(6); 45 CFR 164.522(a)(1)(vi).
    """
    wants = asked.wants
    return asked.kind is Kind.RESTRICTION and wants.get("to") == "health-plan" and wants.get("paid_in_full") == "yes"


def check_asked(asked: Asked, today: date) -> None:
    """Raise Refused for a request that cannot be taken in: too long, from the future, or without what its kind needs.

    Source: RIGHTS-16.
    """
    most = BOOK.number("RIGHTS-16")
    if len(asked.words) > most:
        raise Refused("This is longer than {most} characters. Keep the letter as a document instead.", most=most)
    if asked.received_on and asked.received_on > today:
        raise Refused("The day it was received is in the future.")
    if asked.received_on and (today - asked.received_on).days > 366:
        raise Refused("The day it was received is more than a year ago. Please check it.")
    _check_said(asked)
    check = {Kind.RESTRICTION: _check_restriction, Kind.CONTACT: _check_contact, Kind.ACCESS: _check_access}
    if asked.kind in check:
        check[asked.kind](asked.wants, today)


def _check_said(asked: Asked) -> None:
    known = ((asked.asker, ASKERS), (asked.way, WAYS_IN), (asked.checked, CHECKED))
    if any(value not in choices for value, choices in known):
        raise Refused("Say who asks, how it came, and how we know who it is.")
    if asked.asker != "self" and len(asked.asker_name.strip()) < 2:
        raise Refused("Somebody else asks for the person: write their name.")
    if asked.kind is Kind.AMENDMENT and not asked.words.strip():
        raise Refused("Say what should be changed, and why.")
    if asked.kind is Kind.COMPLAINT and not asked.words.strip():
        raise Refused("Say what went wrong.")


def _check_restriction(wants: Mapping[str, str], today: date) -> None:
    if wants.get("to") not in TO_WHOM:
        raise Refused("Say who should not be told.")
    if wants["to"] != "everyone" and not wants.get("recipient", "").strip():
        raise Refused("Write the name of who should not be told.")


def _check_contact(wants: Mapping[str, str], today: date) -> None:
    if wants.get("means") not in MEANS:
        raise Refused("Say how the person wants to be reached.")
    if wants["means"] in ("phone", "mail", "email") and not wants.get("where", "").strip():
        raise Refused("Write the number or address to use.")


def _check_access(wants: Mapping[str, str], today: date) -> None:
    since, until = (wants.get(name) or "" for name in ("since", "until"))
    try:
        first, last = (date.fromisoformat(day) if day else None for day in (since, until))
    except ValueError:
        raise Refused("A day is written like 2026-03-31.") from None
    if first and first > today:
        raise Refused("The first day asked for is in the future.")
    if first and last and last < first:
        raise Refused("The last day asked for is before the first.")


def check_extension(kind: Kind, reason: str, *, due: date, today: date) -> None:
    """Raise Refused unless this kind may take longer, there is a reason, and the first clock has not run out.

    Source: RIGHTS-2, RIGHTS-4, RIGHTS-6; 45 CFR 164.524(b)(2)(iii), 164.526(b)(2)(ii), 164.528(c)(1)(ii).
    """
    if not CLOCKS[kind].more:
        raise Refused("The time for this kind of request cannot be made longer.")
    if today > due:
        raise Refused("The time has run out. It can only be made longer before its last day.")
    _check_reason(reason, "Say why it takes longer; the person reads this.")


def check_answer(asked: Asked, answer: Answer) -> None:
    """Raise Refused for an answer the law does not allow.

    A no, or a no to a part, has a ground of its kind and words the person can read; a restriction toward a health
    plan for care paid in full is accepted. Source: GROUNDS; 42 CFR 2.26; 45 CFR 164.522, 164.524, 164.526.
    """
    if answer.outcome not in outcomes(asked.kind):
        raise Refused("A request of this kind cannot be answered this way.")
    if answer.outcome is State.GRANTED:
        if len(answer.words) > LONGEST_REASON:
            raise Refused("The words are too long for a letter; {most} characters at most.", most=LONGEST_REASON)
        return
    if must_accept(asked):
        raise Refused("The care was paid in full, so the health plan is not told. The law leaves no choice here.")
    if answer.ground not in GROUNDS.get(asked.kind, {}):
        raise Refused("Choose the ground in the law for saying no.")
    _check_reason(answer.words, "Say why in words the person can understand; they go into the letter.")


def _check_reason(reason: str, why: str) -> None:
    if len(reason.strip()) < SHORTEST_REASON:
        raise Refused(why)
    if len(reason) > LONGEST_REASON:
        raise Refused("The words are too long for a letter; {most} characters at most.", most=LONGEST_REASON)


def check_disagreement(kind: Kind, state: State, words: str) -> None:
    """Raise Refused unless a correction was denied and the person says what they hold against it.

    Source: 45 CFR 164.526(d)(2).
    """
    refused_once = state in (State.DENIED, State.PARTLY, State.DELIVERED)
    if kind is not Kind.AMENDMENT or not refused_once:
        raise Refused("A statement of disagreement belongs to a correction that was denied.")
    if not words.strip():
        raise Refused("Write the person’s own words.")
    if len(words) > BOOK.number("RIGHTS-16"):
        raise Refused("This is longer than {most} characters.", most=BOOK.number("RIGHTS-16"))


class Urgency(StrEnum):
    """How near the last day is."""

    LATE = "overdue"
    SOON = "soon"
    QUIET = "quiet"


def urgency(due: date, today: date) -> Urgency:
    """How near the last day is on `today`. Source: RIGHTS-15."""
    if today > due:
        return Urgency.LATE
    return Urgency.SOON if (due - today).days <= BOOK.number("RIGHTS-15") else Urgency.QUIET
