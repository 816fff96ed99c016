"""Working a referral: calls, the phone screen, and what a step needs before it. Pure."""

from dataclasses import asdict, dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from daybridge.admissions.rules.referral import CLOSED, ReferralState
from daybridge.kit.errors import Refused


class CallResult(StrEnum):
    """How a try to reach somebody went."""

    REACHED = "reached"
    LEFT_MESSAGE = "left-message"
    NO_ANSWER = "no-answer"


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """A try to reach somebody. `next_on`: when to try again; `version`: the referral's as it was read."""

    result: CallResult
    remark: str = ""
    next_on: datetime | None = None
    token: UUID | None = None
    version: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A move somebody asks for by hand."""

    to: ReferralState
    reason: str = ""
    version: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Screening:
    """The phone screen. Where the answer is not known the field stays "" or None."""

    concern: str = ""
    use: str = ""
    danger: bool = False
    withdrawal: str = ""
    urgent: tuple[str, ...] = ()
    pregnant: str = ""
    insurance: str = ""
    best_time: str = ""
    needs: tuple[str, ...] = ()
    may_contact: bool | None = None
    version: int | None = None

    def answers(self) -> dict[str, object]:
        """What is kept: every answer, as JSON values."""
        kept = {key: value for key, value in asdict(self).items() if key != "version"}
        return kept | {"urgent": list(self.urgent), "needs": list(self.needs)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """What is on record for a referral."""

    screened: bool = False
    assessed: bool = False
    decided: bool = False


def check_evidence(to: ReferralState, evidence: Evidence) -> None:
    """Raise Refused when a referral is put by hand on a step whose own form was not filled in.

    Source: program rule ADM-7 (a step says what was done; admission has its own page).
    """
    if to == ReferralState.ADMITTED:
        raise Refused("Admission has its own page: open the referral and choose Admit.")
    if to == ReferralState.SCREENED and not evidence.screened:
        raise Refused("Do the phone screen first; it moves the referral by itself.")
    if to == ReferralState.ASSESSED and not evidence.assessed:
        raise Refused("Record the assessment first; it moves the referral by itself.")
    if to in (ReferralState.DECIDED, ReferralState.WAITLISTED) and not evidence.decided:
        raise Refused("Decide the level of care first; it moves the referral by itself.")


def needs_reason(to: ReferralState) -> bool:
    """Whether ending a referral this way has to say why."""
    return to in CLOSED and to != ReferralState.UNREACHABLE


def after_call(state: ReferralState, result: CallResult) -> ReferralState:
    """Where a referral stands after a call: reaching somebody contacts a new referral and opens an ended one again."""
    opens = state == ReferralState.RECEIVED or state in CLOSED
    return ReferralState.CONTACTED if opens and result == CallResult.REACHED else state
