"""A referral's states, its moves, and the one next act on its card."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class ReferralState(StrEnum):
    """Where a referral stands between the first call and the first day."""

    RECEIVED = "received"
    CONTACTED = "contacted"
    SCREENED = "screened"
    ASSESSED = "assessed"
    DECIDED = "decided"
    WAITLISTED = "waitlisted"
    ADMITTED = "admitted"
    ELSEWHERE = "elsewhere"
    DECLINED = "declined"
    UNREACHABLE = "unreachable"


_S = ReferralState
CLOSED = frozenset((_S.ELSEWHERE, _S.DECLINED, _S.UNREACHABLE))

# Each step may be taken back (undo), may end the referral, and an ended referral opens again with a contact.
# Admission is final here: what follows is the episode's life.
MOVES: Mapping[ReferralState, frozenset[ReferralState]] = {
    _S.RECEIVED: CLOSED | {_S.CONTACTED},
    _S.CONTACTED: CLOSED | {_S.SCREENED, _S.RECEIVED},
    _S.SCREENED: CLOSED | {_S.ASSESSED, _S.CONTACTED},
    _S.ASSESSED: CLOSED | {_S.DECIDED, _S.SCREENED},
    _S.DECIDED: CLOSED | {_S.WAITLISTED, _S.ADMITTED, _S.ASSESSED},
    _S.WAITLISTED: CLOSED | {_S.ADMITTED, _S.DECIDED},
    _S.ADMITTED: frozenset(),
    _S.ELSEWHERE: frozenset((_S.CONTACTED,)),
    _S.DECLINED: frozenset((_S.CONTACTED,)),
    _S.UNREACHABLE: frozenset((_S.CONTACTED,)),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What the next act depends on, beside the state."""

    possible_match: bool = False
    has_phone: bool = True
    call_attempts: int = 0
    consents_signed: bool = False
    seat_free: bool = True


@dataclass(frozen=True, slots=True)
class Act:
    """One act: a stable code and the words on its button."""

    code: str
    label: str


CALL = Act("call", "Call")
CALL_AGAIN = Act("call-again", "Call again")
FIND_CONTACT = Act("find-contact", "Find a way to reach them")
SETTLE_MATCH = Act("settle-match", "Same person?")
SCREEN = Act("screen", "Do the phone screen")
ASSESS = Act("assess", "Assess")
DECIDE = Act("decide", "Decide the level of care")
SIGN = Act("sign-consents", "Sign consents")
WAITLIST = Act("waitlist", "Put on the waitlist")
ADMIT = Act("admit", "Admit")
STAY_IN_TOUCH = Act("stay-in-touch", "Check in while they wait")
OPEN_CHART = Act("open-chart", "Open the chart")
REOPEN = Act("reopen", "Open again")

_STEPS = {_S.CONTACTED: SCREEN, _S.SCREENED: ASSESS, _S.ASSESSED: DECIDE, _S.ADMITTED: OPEN_CHART}


def next_act(state: ReferralState, facts: Facts) -> Act:
    """The one act that moves this referral on. Whether two records are one person is settled before all else."""
    if state in CLOSED:
        return REOPEN
    if facts.possible_match and state != _S.ADMITTED:
        return SETTLE_MATCH
    if state in _STEPS:
        return _STEPS[state]
    if state == _S.RECEIVED:
        return _reach(facts)
    return _let_in(state, facts)


def _reach(facts: Facts) -> Act:
    if not facts.has_phone:
        return FIND_CONTACT
    return CALL_AGAIN if facts.call_attempts else CALL


def _let_in(state: ReferralState, facts: Facts) -> Act:
    if not facts.seat_free:
        return STAY_IN_TOUCH if state == _S.WAITLISTED else WAITLIST
    return ADMIT if facts.consents_signed else SIGN


def days_since(first_call: datetime, now: datetime) -> int:
    """Calendar days from the first call to `now`, by the zone of `now` (pass site-local time); never below 0.

    Raises ValueError when either instant has no zone.
    """
    if first_call.tzinfo is None or now.tzinfo is None:
        raise ValueError("days_since needs aware instants")
    return max(0, (now.date() - first_call.astimezone(now.tzinfo).date()).days)
