"""Roles, permissions, reach, invitations: who may do what, to whom, and for how long. Pure."""

from daybridge.access.rules.book import RULES
from daybridge.access.rules.invitations import INVITATION_MOVES, InvitationState, Times, expiry, invitation_state
from daybridge.access.rules.roles import ROLES, Role, check_someone_stays, first_roles, in_order
from daybridge.access.rules.table import GRANTS, SENTENCES, Permission, roles_with
from daybridge.access.rules.words import check_zone, device_words

__all__ = [
    "GRANTS",
    "INVITATION_MOVES",
    "ROLES",
    "RULES",
    "SENTENCES",
    "InvitationState",
    "Permission",
    "Role",
    "Times",
    "check_someone_stays",
    "check_zone",
    "device_words",
    "expiry",
    "first_roles",
    "in_order",
    "invitation_state",
    "roles_with",
]
