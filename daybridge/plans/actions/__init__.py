"""The only writers of plans, and of the life they fit around."""

from daybridge.plans.actions.life import cannot_come, say_life, see_life
from daybridge.plans.actions.plan import sign, write

__all__ = ["cannot_come", "say_life", "see_life", "sign", "write"]
