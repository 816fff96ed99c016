"""What the gate is told and what it answers: plain frozen values. Pure."""

from dataclasses import dataclass
from datetime import date, datetime

from daybridge.consent.rules.grounds import Ground
from daybridge.consent.rules.words import USUAL_SENSITIVITIES, ConsentState, RecipientType
from daybridge.kit.decisions import Finding


@dataclass(frozen=True, slots=True)
class Recipient:
    """Who would receive it. `relation` is what they are to the client ("mother", "payer"); `via` names the
    intermediary it would pass through; `id` tells two of the same name apart."""

    type: str = ""
    name: str = ""
    relation: str = ""
    id: str = ""
    via: str = ""


THE_CLIENT = Recipient(RecipientType.CLIENT, "the client", "self")
NOBODY = Recipient()


@dataclass(frozen=True, slots=True)
class Period:
    """Days the information is about, both included; None is open."""

    start: date | None = None
    end: date | None = None

    def holds(self, other: "Period | None") -> bool:
        """Whether `other` lies inside this period; all time (None) lies only inside an open one."""
        inner = other or Period()
        starts = self.start is None or (inner.start is not None and inner.start >= self.start)
        ends = self.end is None or (inner.end is not None and inner.end <= self.end)
        return starts and ends

    @property
    def is_empty(self) -> bool:
        return self.start is not None and self.end is not None and self.end < self.start


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """One consent as the gate sees it. `signed_at` and `ended_at` are aware; it holds through `expires_on`, and until
    the event or condition of that code has happened. `signed_by` are the relations of those who signed. One that is
    not `is_intact` was changed after it was signed. Where the law lets it (`revocable`), it may be taken back only from
    `revocable_on` on, or from when `revocable_event` has happened."""

    id: str
    kind: str
    state: ConsentState
    signed_at: datetime | None
    recipient: Recipient = NOBODY
    members: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    sensitivities: tuple[str, ...] = USUAL_SENSITIVITIES
    purposes: tuple[str, ...] = ()
    period: Period = Period()
    expires_on: date | None = None
    expires_event: str = ""
    expires_condition: str = ""
    ended_at: datetime | None = None
    signed_by: tuple[str, ...] = ("self",)
    is_intact: bool = True
    revocable_on: date | None = None
    revocable_event: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Restriction:
    """What the program agreed to keep back (42 CFR 2.26). Nothing named means all: kinds, anybody, any purpose."""

    id: str
    agreed_at: datetime
    kinds: tuple[str, ...] = ()
    recipient: Recipient = NOBODY
    purposes: tuple[str, ...] = ()
    ended_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Happening:
    """An event or condition that came true, by its code ("discharge", "study-end")."""

    event: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Ruling:
    """A person decided between two consents that say different things: `kept` holds, `set_aside` does not."""

    kept: str
    set_aside: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Person:
    """What of the client decides who must sign: age, the state of care, capacity lost on a day, death."""

    birth_date: date | None = None
    state: str = ""
    incapable_since: date | None = None
    died_on: date | None = None

    def is_spoken_for(self, on: date) -> bool:
        """Whether somebody else speaks for them by law on that day."""
        return any(day is not None and day <= on for day in (self.incapable_since, self.died_on))


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """All the gate knows of one client. `latest` is the newest instant the record has seen: the clock is never
    believed to be before it."""

    consents: tuple[Given, ...] = ()
    restrictions: tuple[Restriction, ...] = ()
    happened: tuple[Happening, ...] = ()
    rulings: tuple[Ruling, ...] = ()
    person: Person | None = None
    latest: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What is wanted: for whom, what for (a Purpose), what it is in a few words, and of which kinds.

    A kind is "tests", or "tests:hiv" for the part of it with that label (`labels.label`)."""

    recipient: Recipient
    purpose: str
    kinds: tuple[str, ...]
    what: str = ""
    period: Period | None = None
    ground: Ground | None = None


@dataclass(frozen=True, slots=True)
class Withheld:
    """One kind that stays here, with the reason in a sentence and its source."""

    kind: str
    reason: str
    source: str


@dataclass(frozen=True, slots=True)
class Decision:
    """The gate's answer: what may leave, what may not, on which consents, with which notice ("" for none).

    `scope` is the explanation of the consent that travels along with the notice, one sentence a consent."""

    allowed: tuple[str, ...]
    withheld: tuple[Withheld, ...]
    relied_on: tuple[str, ...] = ()
    notice: str = ""
    reasons: tuple[Finding, ...] = ()
    scope: tuple[str, ...] = ()
    until: date | None = None

    @property
    def ok(self) -> bool:
        return bool(self.allowed)
