"""What each form of consent can carry at most, and what makes one defective. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass

from daybridge.consent.rules.facts import Given, Period
from daybridge.consent.rules.words import ALL_KINDS, ORDINARY_KINDS, TPO_PURPOSES, FormKind, Kind, Purpose

NOTHING: frozenset[str] = frozenset()
_SHARING = frozenset((*TPO_PURPOSES, Purpose.FAMILY, Purpose.REFERRER, Purpose.AT_REQUEST))
_KNOWN = frozenset((Kind.PRESENCE, Kind.DEMOGRAPHICS))
# What those who watch over a client for a court need for that (42 CFR 2.35(a)(1)).
_PROGRESS = frozenset((
    Kind.PRESENCE, Kind.SCHEDULE, Kind.ATTENDANCE, Kind.PLAN, Kind.LEVEL_OF_CARE, Kind.TESTS,
))  # fmt: skip


@dataclass(frozen=True, slots=True)
class Scope:
    """One form: the kinds and purposes it may carry, and which it carries when it lists none of its own."""

    kinds: frozenset[str] = NOTHING
    purposes: frozenset[str] = NOTHING
    usual_kinds: frozenset[str] = NOTHING
    usual_purposes: frozenset[str] = NOTHING


# A form that is not here, or carries nothing, shares nothing: agreeing to treatment is not agreeing to tell.
SCOPES: Mapping[str, Scope] = {
    FormKind.TREATMENT: Scope(),
    FormKind.TELEHEALTH: Scope(),
    FormKind.TPO: Scope(ORDINARY_KINDS, TPO_PURPOSES, ORDINARY_KINDS, TPO_PURPOSES),
    FormKind.NAMED: Scope(ORDINARY_KINDS, _SHARING, NOTHING, frozenset((Purpose.AT_REQUEST,))),
    FormKind.CLASS: Scope(ORDINARY_KINDS, _SHARING, NOTHING, frozenset((Purpose.AT_REQUEST,))),
    FormKind.INTERMEDIARY: Scope(ORDINARY_KINDS, TPO_PURPOSES, NOTHING, frozenset((Purpose.TREATMENT,))),
    FormKind.FAMILY: Scope(
        ORDINARY_KINDS, frozenset((Purpose.FAMILY,)), NOTHING, frozenset((Purpose.FAMILY,)),
    ),
    FormKind.LEGAL_PROCEEDING: Scope(
        ORDINARY_KINDS, frozenset((Purpose.LEGAL_PROCEEDING,)), NOTHING, frozenset((Purpose.LEGAL_PROCEEDING,)),
    ),
    FormKind.COURT_REFERRAL: Scope(
        _PROGRESS, frozenset((Purpose.REFERRER,)), NOTHING, frozenset((Purpose.REFERRER,)),
    ),
    FormKind.COUNSELING_NOTES: Scope(
        frozenset((Kind.COUNSELING_NOTES,)), _SHARING, frozenset((Kind.COUNSELING_NOTES,)),
        frozenset((Purpose.AT_REQUEST,)),
    ),
    FormKind.PHOTO: Scope(
        frozenset((Kind.PHOTO,)), frozenset((Purpose.KIOSK,)), frozenset((Kind.PHOTO,)), frozenset((Purpose.KIOSK,)),
    ),
    FormKind.COMMUNITY: Scope(_KNOWN, frozenset((Purpose.COMMUNITY,)), _KNOWN, frozenset((Purpose.COMMUNITY,))),
    FormKind.RESEARCH_CONTACT: Scope(
        _KNOWN, frozenset((Purpose.RESEARCH_CONTACT,)), _KNOWN, frozenset((Purpose.RESEARCH_CONTACT,)),
    ),
}  # fmt: skip

ALONE = "A consent for private counseling notes, or for a legal proceeding, must stand alone; this one is combined."
INCOMPLETE = "A consent lacks something it must say: who receives, or what, or a period that makes sense."


def kinds_of(given: Given) -> frozenset[str]:
    """The kinds a consent speaks of: those it lists, else those its form always means."""
    scope = SCOPES.get(given.kind, Scope())
    return (frozenset(given.kinds) or scope.usual_kinds) & scope.kinds


def purposes_of(given: Given) -> frozenset[str]:
    """The purposes a consent speaks of: those it lists, else those its form always means."""
    scope = SCOPES.get(given.kind, Scope())
    return (frozenset(given.purposes) or scope.usual_purposes) & scope.purposes


def defect(given: Given) -> str:
    """What makes a consent invalid as a whole, in a sentence; "" for a sound one. Source: CON-3, CON-9; 42 CFR 2.31."""
    if given.kind not in SCOPES:
        return INCOMPLETE
    if _is_combined(given):
        return ALONE
    unnamed = given.kind != FormKind.TPO and not (given.recipient.name.strip() or given.recipient.relation)
    shares = bool(SCOPES[given.kind].kinds)
    silent = unnamed or not kinds_of(given) or _is_nonsense(given.period) or _is_endless(given)
    return INCOMPLETE if shares and silent else ""


def _is_combined(given: Given) -> bool:
    """Whether a thing that must stand alone is mixed with another. Source: 42 CFR 2.31(b), (d)."""
    kinds, purposes = set(given.kinds) & ALL_KINDS, set(given.purposes)
    notes_mixed = Kind.COUNSELING_NOTES in kinds and (
        kinds != {Kind.COUNSELING_NOTES} or given.kind != FormKind.COUNSELING_NOTES
    )
    notes_form_mixed = given.kind == FormKind.COUNSELING_NOTES and bool(kinds - {Kind.COUNSELING_NOTES})
    trial_mixed = Purpose.LEGAL_PROCEEDING in purposes and (
        len(purposes) > 1 or given.kind != FormKind.LEGAL_PROCEEDING
    )
    trial_form_mixed = given.kind == FormKind.LEGAL_PROCEEDING and bool(purposes - {Purpose.LEGAL_PROCEEDING})
    return notes_mixed or notes_form_mixed or trial_mixed or trial_form_mixed


def _is_endless(given: Given) -> bool:
    """For a court it must be said how long it holds. Source: 42 CFR 2.35(b)."""
    ends = given.expires_on or given.expires_event or given.expires_condition
    return given.kind == FormKind.COURT_REFERRAL and not ends


def _is_nonsense(period: Period) -> bool:
    return period.is_empty
