"""The words of the room: states, kinds of record, how sensitive, what for, which forms. Pure."""

from collections.abc import Mapping
from enum import StrEnum


class ConsentState(StrEnum):
    """Where a consent stands."""

    DRAFT = "draft"
    ACTIVE = "active"
    REFUSED = "refused"
    EXPIRED = "expired"
    REVOKED = "revoked"


# A consent that ended, or a no, never becomes a yes: a new one is signed.
MOVES: Mapping[ConsentState, frozenset[ConsentState]] = {
    ConsentState.DRAFT: frozenset((ConsentState.ACTIVE, ConsentState.REFUSED)),
    ConsentState.ACTIVE: frozenset((ConsentState.EXPIRED, ConsentState.REVOKED)),
    ConsentState.REFUSED: frozenset(),
    ConsentState.EXPIRED: frozenset(),
    ConsentState.REVOKED: frozenset(),
}


class Kind(StrEnum):
    """What kinds of things a record holds. PRESENCE is the bare fact that somebody is a client here."""

    PRESENCE = "presence"
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
    DOCUMENTS = "documents"
    MESSAGES = "messages"
    PHOTO = "photo"
    DISCLOSURES = "disclosures"


class Sensitivity(StrEnum):
    """How sensitive a datum is. In this program everything is at least SUD: that one comes here says so."""

    NORMAL = "normal"
    SUD = "sud"
    MENTAL_HEALTH = "mental-health"
    REPRODUCTIVE = "reproductive"
    HIV = "hiv"
    MINORS = "minors"


# What a consent covers when its form names nothing more; the others must be named one by one (CON-14).
USUAL_SENSITIVITIES = (Sensitivity.SUD, Sensitivity.MENTAL_HEALTH)


class Purpose(StrEnum):
    """What something is wanted for. Only these have a rule; anything else is refused."""

    TREATMENT = "treatment"
    PAYMENT = "payment"
    OPERATIONS = "operations"
    FAMILY = "family"
    REFERRER = "referrer"
    AT_REQUEST = "at-request"
    LEGAL_PROCEEDING = "legal-proceeding"
    KIOSK = "kiosk"
    COMMUNITY = "community"
    RESEARCH_CONTACT = "research-contact"
    CLIENT = "client"
    LEGAL_ORDER = "legal-order"
    EMERGENCY = "emergency"
    AUDIT = "audit"
    RESEARCH = "research"
    DEIDENTIFIED = "deidentified"
    PUBLIC_HEALTH = "public-health"
    ABUSE_REPORT = "abuse-report"
    CRIME = "crime"


class FormKind(StrEnum):
    """The forms of consent; each is also the name of its text."""

    TREATMENT = "treatment"
    TPO = "part2-tpo"
    NAMED = "named-recipient"
    CLASS = "class-of-recipients"
    INTERMEDIARY = "intermediary"
    FAMILY = "family"
    LEGAL_PROCEEDING = "legal-proceeding"
    COUNSELING_NOTES = "counseling-notes"
    COURT_REFERRAL = "court-referral"
    TELEHEALTH = "telehealth"
    PHOTO = "photo-kiosk"
    COMMUNITY = "community"
    RESEARCH_CONTACT = "research-contact"


class RecipientType(StrEnum):
    """What sort of recipient somebody is."""

    CLIENT = "client"
    PERSON = "person"
    ORGANIZATION = "organization"
    CLASS = "class"
    INTERMEDIARY = "intermediary"
    AUTHORITY = "authority"


# The classes a consent may name: what a recipient is to the client (`Recipient.relation`).
TREATING, PAYER, HELPER = "treating-provider", "payer", "operations-helper"
CLASSES = (
    TREATING,
    PAYER,
    HELPER,
    "family",
    "court",
    "school",
    "employer",
    "housing",
    "social-services",
    "recovery-support",
)

TPO = FormKind.TPO
TREATMENT = FormKind.TREATMENT
TPO_PURPOSES = frozenset((Purpose.TREATMENT, Purpose.PAYMENT, Purpose.OPERATIONS))
ALL_KINDS = frozenset(Kind)
ORDINARY_KINDS = ALL_KINDS - {Kind.COUNSELING_NOTES}
