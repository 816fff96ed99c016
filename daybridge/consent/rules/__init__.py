"""What may leave, to whom and why; and what makes a signature. Pure."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from daybridge.kit.decisions import Finding
from daybridge.consent.rules.words import USUAL_SENSITIVITIES  # noqa: F401
from daybridge.kit.errors import Refused


class ConsentState(StrEnum):
    """Where a consent stands."""

    DRAFT = "draft"
    ACTIVE = "active"
    EXPIRED = "expired"
    REVOKED = "revoked"


# A consent that ended never comes back: a new one is signed.
MOVES: Mapping[ConsentState, frozenset[ConsentState]] = {
    ConsentState.DRAFT: frozenset((ConsentState.ACTIVE,)),
    ConsentState.ACTIVE: frozenset((ConsentState.EXPIRED, ConsentState.REVOKED)),
    ConsentState.EXPIRED: frozenset(),
    ConsentState.REVOKED: frozenset(),
}


class Purpose(StrEnum):
    """What something is wanted for. Only these have a rule; anything else is refused."""

    TREATMENT = "treatment"
    PAYMENT = "payment"
    OPERATIONS = "operations"
    CLIENT = "client"


class Kind(StrEnum):
    """What kinds of things a record holds."""

    DEMOGRAPHICS = "demographics"
    REFERRAL = "referral"
    DIAGNOSES = "diagnoses"
    LEVEL_OF_CARE = "level-of-care"
    CONSENTS = "consents"
    PLAN = "plan"
    SCHEDULE = "schedule"
    ATTENDANCE = "attendance"
    NOTES = "notes"
    COUNSELING_NOTES = "counseling-notes"
    MEDICATION = "medication"
    TESTS = "tests"
    MEASURES = "measures"
    BILLING = "billing"


TPO = "part2-tpo"
TREATMENT = "treatment"
TPO_PURPOSES = frozenset((Purpose.TREATMENT, Purpose.PAYMENT, Purpose.OPERATIONS))
SHORT_NOTICE = "2.32-short@2024"


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """One consent as the gate sees it. `signed_at` is aware, None before signing; it holds through `expires_on`."""

    id: str
    kind: str
    state: ConsentState
    signed_at: datetime | None
    expires_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What is wanted: for whom, what for (a Purpose), which kinds (Kind), and in a few words what it is."""

    recipient: str
    purpose: str
    kinds: tuple[str, ...]
    what: str


@dataclass(frozen=True, slots=True)
class Withheld:
    """One kind that stays here, with the reason in a sentence and its source."""

    kind: str
    reason: str
    source: str


@dataclass(frozen=True, slots=True)
class Decision:
    """The gate's answer: what may leave, what may not, on which consents, with which notice ("" for none)."""

    allowed: tuple[str, ...]
    withheld: tuple[Withheld, ...]
    relied_on: tuple[str, ...] = ()
    notice: str = ""
    reasons: tuple[Finding, ...] = ()

    @property
    def ok(self) -> bool:
        return bool(self.allowed)


NO_CONSENT = "No consent to share for treatment, payment and operations is in force."
NO_RULE = "There is no rule that lets anything leave for this purpose."
NO_RECIPIENT = "It is not said who would receive it."
NOT_A_KIND = "This is not a kind of record we know, so it stays here."
OWN_CONSENT = "Private counseling notes need a consent of their own."
OWN_RECORD = Finding("CON-5", "People may always see their own record.", "42 CFR 2.23")
BY_CONSENT = Finding("CON-2", "A consent for treatment, payment and operations is in force.", "42 CFR 2.31, 2.33")


def is_in_force(given: Given, at: datetime) -> bool:
    """Whether a consent holds at `at` (aware, site-local): signed by then, not ended, not past its last day.

    A state that says ended is believed whatever the clock says, so a clock set back opens nothing.
    Source: CON-1; 42 CFR 2.31(c).
    """
    if given.state != ConsentState.ACTIVE or given.signed_at is None or given.signed_at > at:
        return False
    return given.expires_on is None or at.date() <= given.expires_on


def decide(consents: Sequence[Given], request: Request, at: datetime) -> Decision:
    """What of `request` may leave at `at` (aware, site-local) on these consents; nothing unless a rule says so.

    Source: CON-1 to CON-6, docs/rules/consent.md; 42 CFR 2.13, 2.31, 2.32, 2.33.
    """
    if not request.recipient.strip():
        return _nothing(request, NO_RECIPIENT, "42 CFR 2.31(a)(4)")
    if request.purpose == Purpose.CLIENT:
        return _split(request, _unless_unknown, Decision((), (), reasons=(OWN_RECORD,)))
    if request.purpose not in TPO_PURPOSES:
        return _nothing(request, NO_RULE, "42 CFR 2.13(a)")
    relied_on = tuple(one.id for one in consents if one.kind == TPO and is_in_force(one, at))
    if not relied_on:
        return _nothing(request, NO_CONSENT, "42 CFR 2.31, 2.33")
    return _split(request, _under_tpo, Decision((), (), relied_on, SHORT_NOTICE, (BY_CONSENT,)))


def _unless_unknown(kind: str) -> Withheld | None:
    return None if kind in set(Kind) else Withheld(kind, NOT_A_KIND, "42 CFR 2.13(a)")


def _under_tpo(kind: str) -> Withheld | None:
    if kind == Kind.COUNSELING_NOTES:
        return Withheld(kind, OWN_CONSENT, "42 CFR 2.31(b)")
    return _unless_unknown(kind)


def _split(request: Request, why_not: Callable[[str], Withheld | None], grant: Decision) -> Decision:
    """`grant` for the kinds that nothing keeps here; an answer that allows nothing names no consent and no notice."""
    kinds = tuple(dict.fromkeys(request.kinds))
    withheld = tuple(found for found in map(why_not, kinds) if found)
    stays = {one.kind for one in withheld}
    allowed = tuple(kind for kind in kinds if kind not in stays)
    return replace(grant, allowed=allowed, withheld=withheld) if allowed else Decision((), withheld)


def _nothing(request: Request, reason: str, source: str) -> Decision:
    return Decision((), tuple(Withheld(kind, reason, source) for kind in dict.fromkeys(request.kinds)))


# Signing

RELATIONS = ("self", "parent", "guardian", "representative")
DRAWN = re.compile(r"^(M\d{1,3} \d{1,3}(L\d{1,3} \d{1,3})*)+$")
LONGEST_MARK = 20_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Signature:
    """Who signed and how. `mark` is the typed name or the drawn path; `text_hash` binds the text the signer saw."""

    name: str
    relation: str
    kind: str
    mark: str
    device: str
    text_hash: str = ""


def check_signature(signature: Signature) -> None:
    """Raise Refused unless somebody with a name and a relation made a mark. Source: CON-7; 42 CFR 2.31(a)(8)."""
    if len(signature.name.strip()) < 2 or len(signature.name) > 200:
        raise Refused("Type your full name to sign.")
    if signature.relation not in RELATIONS:
        raise Refused("Say who is signing.")
    is_typed = signature.kind == "typed" and bool(signature.mark.strip()) and len(signature.mark) <= 200
    is_drawn = signature.kind == "drawn" and _is_path(signature.mark)
    if not (is_typed or is_drawn):
        raise Refused("Sign by typing your name or by drawing your signature.")


def _is_path(mark: str) -> bool:
    """Strokes of the signature pad, with at least one line in them."""
    return len(mark) <= LONGEST_MARK and "L" in mark and bool(DRAWN.match(mark))


def check_same_text(signature: Signature, text_hash: str) -> None:
    """Raise Refused when the text the signer saw is not the text about to be kept. Source: CON-8."""
    if signature.text_hash and signature.text_hash != text_hash:
        raise Refused("The words of this form changed while it was open. Please read it again and sign.")


def check_not_in_force(consents: Sequence[Given], kind: str, at: datetime) -> None:
    """Raise Refused when a consent of this kind already holds: a form posted twice, or two people at once."""
    if any(one.kind == kind and is_in_force(one, at) for one in consents):
        raise Refused("This form is already signed and in force.")
