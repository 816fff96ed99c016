"""What people may ask for and by when, what counts as a breach, and who sees who opened a record. Pure."""

from daybridge.rights.rules.breaches import BREACH_MOVES, BreachState
from daybridge.rights.rules.requests import MOVES, Kind, State

__all__ = ["BREACH_MOVES", "MOVES", "BreachState", "Kind", "State"]
