"""The ways something may lawfully leave: one row a purpose. Pure; this table is the law the gate knows."""

from collections.abc import Mapping
from dataclasses import dataclass

from daybridge.consent.rules.grounds import (
    AbuseReport,
    Audit,
    CourtOrder,
    Crime,
    Deidentified,
    Emergency,
    Ground,
    PublicHealth,
    Research,
)
from daybridge.consent.rules.words import ALL_KINDS, ORDINARY_KINDS, Kind, Purpose
from daybridge.kit.decisions import Finding

_BARE = frozenset((Kind.PRESENCE, Kind.DEMOGRAPHICS))
_NAMELESS = ORDINARY_KINDS - {Kind.PHOTO}

# The least that serves: what payers and people who help run the program ever need (CON-13).
MINIMUM: Mapping[str, frozenset[str]] = {
    Purpose.PAYMENT: frozenset((
        *_BARE, Kind.DIAGNOSES, Kind.LEVEL_OF_CARE, Kind.PLAN, Kind.SCHEDULE, Kind.ATTENDANCE, Kind.MEASURES,
        Kind.TESTS, Kind.MEDICATION, Kind.BILLING,
    )),
    Purpose.OPERATIONS: frozenset((
        *_BARE, Kind.REFERRAL, Kind.LEVEL_OF_CARE, Kind.SCHEDULE, Kind.ATTENDANCE, Kind.MEASURES, Kind.BILLING,
    )),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Way:
    """One purpose: the reason that lets it out, the most it may carry, and what it stands on. `ground` is the sort of
    facts needed, None where a consent (`by_consent`) or being the client opens it."""

    reason: Finding
    kinds: frozenset[str]
    beyond: str
    by_consent: bool = False
    ground: type[Ground] | None = None
    to_authority: bool = False


_LEAST = "It is more than this purpose needs."
_NOT_FOR_THIS = "This kind is never shared for this purpose."
_OWN = "Private counseling notes need a consent of their own."


def _consent(code: str, words: str, source: str, kinds: frozenset[str] = ALL_KINDS, beyond: str = _NOT_FOR_THIS) -> Way:
    return Way(Finding(code, words, source), kinds, beyond, by_consent=True)


def _facts(ground: type[Ground], reason: Finding, kinds: frozenset[str] = ORDINARY_KINDS) -> Way:
    return Way(reason, kinds, _OWN if kinds == ORDINARY_KINDS else _NOT_FOR_THIS, ground=ground)


WAYS: Mapping[str, Way] = {
    Purpose.TREATMENT: _consent("CON-2", "A consent for this is in force.", "42 CFR 2.31, 2.33"),
    Purpose.PAYMENT: _consent(
        "CON-2", "A consent for this is in force.", "42 CFR 2.31, 2.33", MINIMUM[Purpose.PAYMENT], _LEAST
    ),
    Purpose.OPERATIONS: _consent(
        "CON-2", "A consent for this is in force.", "42 CFR 2.31, 2.33", MINIMUM[Purpose.OPERATIONS], _LEAST
    ),
    Purpose.FAMILY: _consent("CON-15", "The client agreed that this person may know.", "42 CFR 2.31, 2.33(a)"),
    Purpose.REFERRER: _consent("CON-15", "The client agreed that who sent them may know.", "42 CFR 2.31, 2.35"),
    Purpose.AT_REQUEST: _consent("CON-15", "The client asked for it.", "42 CFR 2.31(a)(5)"),
    Purpose.LEGAL_PROCEEDING: _consent(
        "CON-9", "A consent for this proceeding, which stands alone, is in force.", "42 CFR 2.31(d)"
    ),
    Purpose.KIOSK: _consent(
        "CON-15", "The client agreed to a photo at the desk.", "42 CFR 2.31", frozenset((Kind.PHOTO,))
    ),
    Purpose.COMMUNITY: _consent("CON-15", "The client agreed to be in the community.", "42 CFR 2.31", _BARE),
    Purpose.RESEARCH_CONTACT: _consent("CON-15", "The client agreed to be asked about studies.", "42 CFR 2.31", _BARE),
    Purpose.CLIENT: Way(
        Finding("CON-5", "People may always see their own record.", "42 CFR 2.23"), ORDINARY_KINDS, _OWN
    ),
    Purpose.LEGAL_ORDER: _facts(
        CourtOrder, Finding("CON-50", "A court ordered it, and the order is attached.", "42 CFR 2.61-2.67"), ALL_KINDS
    ),
    Purpose.EMERGENCY: _facts(
        Emergency, Finding("CON-51", "It is a medical emergency and the client cannot be asked.", "42 CFR 2.51")
    ),
    Purpose.RESEARCH: _facts(
        Research, Finding("CON-52", "The study is approved and the researcher promised.", "42 CFR 2.52")
    ),
    Purpose.AUDIT: _facts(
        Audit, Finding("CON-53", "They are entitled to look at the program and promised in writing.", "42 CFR 2.53"),
        ALL_KINDS,
    ),
    Purpose.PUBLIC_HEALTH: Way(
        Finding("CON-54", "It names nobody and goes to public health.", "42 CFR 2.54"), _NAMELESS, _NOT_FOR_THIS,
        ground=PublicHealth, to_authority=True,
    ),
    Purpose.DEIDENTIFIED: Way(
        Finding("CON-55", "Nobody can be known from it.", "45 CFR 164.514(b)"), _NAMELESS, _NOT_FOR_THIS,
        ground=Deidentified,
    ),
    Purpose.ABUSE_REPORT: Way(
        Finding("CON-56", "The law asks for this first report.", "42 CFR 2.12(c)(6)"), _BARE,
        "Only the first report may be made, not the record.", ground=AbuseReport, to_authority=True,
    ),
    Purpose.CRIME: Way(
        Finding("CON-57", "It happened on the premises or against staff.", "42 CFR 2.12(c)(5)"), _BARE,
        "Only the incident, the name and address and that the person is a client may be told.", ground=Crime,
        to_authority=True,
    ),
}  # fmt: skip
