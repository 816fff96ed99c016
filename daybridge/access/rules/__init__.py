"""Roles, permissions, reach, invitations: who may do what, to whom, and for how long. Pure."""

from daybridge.access.rules.book import RULES
from daybridge.access.rules.glass import (
    GLASS_MOVES,
    OPENS,
    OUTCOMES,
    GlassState,
    Opening,
    Outcome,
    check_reason,
    check_tries,
    ends,
    glass_state,
    review_due,
)
from daybridge.access.rules.invitations import INVITATION_MOVES, InvitationState, Times, expiry, invitation_state
from daybridge.access.rules.reach import (
    PURPOSE_OF,
    PURPOSES,
    REACH,
    REACH_WORDS,
    TOUCH_NOBODY,
    Purpose,
    Reach,
    reach_of,
    widest,
)
from daybridge.access.rules.roles import ROLES, Role, check_someone_stays, first_roles, in_order
from daybridge.access.rules.table import GRANTS, SENTENCES, Permission, roles_with
from daybridge.access.rules.words import check_zone, device_words

__all__ = [
    "GLASS_MOVES",
    "GRANTS",
    "INVITATION_MOVES",
    "OPENS",
    "OUTCOMES",
    "PURPOSES",
    "PURPOSE_OF",
    "REACH",
    "REACH_WORDS",
    "ROLES",
    "RULES",
    "SENTENCES",
    "TOUCH_NOBODY",
    "GlassState",
    "InvitationState",
    "Opening",
    "Outcome",
    "Permission",
    "Purpose",
    "Reach",
    "Role",
    "Times",
    "check_reason",
    "check_someone_stays",
    "check_tries",
    "check_zone",
    "device_words",
    "ends",
    "expiry",
    "first_roles",
    "glass_state",
    "in_order",
    "invitation_state",
    "reach_of",
    "review_due",
    "roles_with",
    "widest",
]
