"""Rules of the way in: the referral's life, what to do next, and when two records may be one person. Pure."""

from daybridge.admissions.rules.matching import KnownPerson, Match, address_key, matches
from daybridge.admissions.rules.referral import CLOSED, MOVES, Act, Facts, ReferralState, days_since, next_act
from daybridge.people.rules import name_key

__all__ = [
    "CLOSED",
    "MOVES",
    "Act",
    "Facts",
    "KnownPerson",
    "Match",
    "ReferralState",
    "address_key",
    "days_since",
    "matches",
    "name_key",
    "next_act",
]
