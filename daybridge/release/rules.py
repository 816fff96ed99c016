"""What can be given out and on which grounds; what is asked. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from daybridge.consent.rules import Kind, Period, Purpose, Recipient, RecipientType
from daybridge.consent.rules.grounds import Ground
from daybridge.kit.errors import BadInput

# Kinds a paper can be made of today, in the order of the paper.
MADE = (
    Kind.PRESENCE, Kind.DEMOGRAPHICS, Kind.REFERRAL, Kind.DIAGNOSES, Kind.MEDICATION, Kind.LEVEL_OF_CARE, Kind.PLAN,
    Kind.SCHEDULE, Kind.ATTENDANCE, Kind.NOTES,
)  # fmt: skip
BARE = (Kind.PRESENCE, Kind.DEMOGRAPHICS)

# The law's own grounds for one client: what may be on the paper, and what sort of recipient it goes to.
LAW: Mapping[Purpose, tuple[tuple[Kind, ...], RecipientType]] = {
    Purpose.EMERGENCY: (MADE, RecipientType.PERSON),
    Purpose.LEGAL_ORDER: (MADE, RecipientType.AUTHORITY),
    Purpose.AUDIT: (MADE, RecipientType.ORGANIZATION),
    Purpose.ABUSE_REPORT: (BARE, RecipientType.AUTHORITY),
    Purpose.CRIME: (BARE, RecipientType.AUTHORITY),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """Who would get what, about which days. `consent_id` names the consent it goes by, None for a ground of the law."""

    recipient: Recipient
    purpose: str
    kinds: tuple[str, ...]
    period: Period | None = None
    consent_id: UUID | None = None
    ground: Ground | None = None


def check_ask(ask: Ask) -> None:
    """Raise BadInput for an ask that names nothing, or days that end before they begin."""
    if not ask.kinds:
        raise BadInput("Tick at least one thing to give.")
    if not set(ask.kinds) <= set(MADE):
        raise BadInput("No paper can be made of that.")
    if ask.period is not None and ask.period.is_empty:
        raise BadInput("The last day is before the first.")
