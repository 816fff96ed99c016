"""The clinician's decision: agree with the recommendation, or another level with a coded reason and words."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from daybridge.kit.errors import Refused
from daybridge.level_of_care.rules.levels import LEVELS


class DeterminationState(StrEnum):
    """Where an assessment stands."""

    ASSESSED = "assessed"
    DECIDED = "decided"


# A decided one is never changed: a later assessment supersedes it.
MOVES: Mapping[DeterminationState, frozenset[DeterminationState]] = {
    DeterminationState.ASSESSED: frozenset((DeterminationState.DECIDED,)),
    DeterminationState.DECIDED: frozenset(),
}

# Why another level than the recommended one. Source: domain/levels-of-care, discrepancy reasons.
OVERRIDE_CODES = (
    "judgment", "preference", "not-available", "waitlist", "distance", "cost", "payer", "legal", "declined",
)  # fmt: skip
LONGEST_REASON = 500


@dataclass(frozen=True, slots=True)
class Choice:
    """The level decided on; `code` and `reason` are empty when it is the recommended one."""

    level: str
    code: str = ""
    reason: str = ""


def checked(choice: Choice, recommended: str) -> Choice:
    """The choice as it is kept: agreement without a reason, anything else with one.

    Raises Refused for an unknown level, or another level without a code and words. Source: program rule LOC-60.
    """
    if choice.level not in LEVELS:
        raise Refused("There is no such level of care.")
    if choice.level == recommended:
        return Choice(choice.level)
    if choice.code not in OVERRIDE_CODES:
        raise Refused("Choose the reason for another level than the recommended one.")
    if not choice.reason.strip():
        raise Refused("Say in a few words why another level fits this person better.")
    if len(choice.reason) > LONGEST_REASON:
        raise Refused("Keep the reason under {most} characters.", most=LONGEST_REASON)
    return Choice(choice.level, choice.code, choice.reason.strip())
