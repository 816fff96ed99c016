"""The only writers of sessions and bookings."""

from daybridge.scheduling.actions.choosing import choose
from daybridge.scheduling.actions.laying import lay_week
from daybridge.scheduling.actions.placing import Placed, Placement, place, place_all
from daybridge.scheduling.actions.printing import print_week
from daybridge.scheduling.actions.sessions import book, cancel, move, release, restore

__all__ = [
    "Placed", "Placement", "book", "cancel", "choose", "lay_week", "move", "place", "place_all", "print_week",
    "release", "restore",
]  # fmt: skip
