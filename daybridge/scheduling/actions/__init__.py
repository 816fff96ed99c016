"""The only writers of sessions and bookings."""

from daybridge.scheduling.actions.choosing import Chosen, choose, make_up
from daybridge.scheduling.actions.drafting import ask_week, discard, solve_draft, take_now, watch
from daybridge.scheduling.actions.laying import lay_week
from daybridge.scheduling.actions.moving import move_session
from daybridge.scheduling.actions.placing import Placed, Placement, place, place_all
from daybridge.scheduling.actions.printing import print_week
from daybridge.scheduling.actions.publishing import publish, solve_week, undo
from daybridge.scheduling.actions.sessions import book, cancel, move, release, restore
from daybridge.scheduling.actions.standing_in import stand_in
from daybridge.scheduling.actions.telling import see_notices

__all__ = [
    "Chosen", "Placed", "Placement", "ask_week", "book", "cancel", "choose", "discard", "lay_week", "make_up", "move",
    "move_session", "place", "place_all", "print_week", "publish", "release", "restore", "see_notices", "solve_draft",
    "solve_week", "stand_in", "take_now", "undo", "watch",
]  # fmt: skip
