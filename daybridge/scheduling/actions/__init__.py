"""The only writers of sessions and bookings."""

from daybridge.scheduling.actions.choosing import Chosen, choose, make_up
from daybridge.scheduling.actions.drafting import ask_week, discard, solve_draft, take_now, watch
from daybridge.scheduling.actions.laying import lay_week
from daybridge.scheduling.actions.moving import move_session
from daybridge.scheduling.actions.placing import Placed, Placement, place, place_all
from daybridge.scheduling.actions.printing import print_week
from daybridge.scheduling.actions.publishing import publish, solve_week, undo
from daybridge.scheduling.actions.repairing import client_changed, room_shut, session_off, staff_away
from daybridge.scheduling.actions.sessions import book, cancel, move, release, restore
from daybridge.scheduling.actions.sheets import door_sign, lead_sheet
from daybridge.scheduling.actions.standing_in import stand_in
from daybridge.scheduling.actions.telling import see_notices
from daybridge.scheduling.actions.thinking import think

__all__ = [
    "Chosen", "Placed", "Placement", "ask_week", "book", "cancel", "choose", "client_changed", "discard", "door_sign",
    "lay_week", "lead_sheet", "make_up", "move", "move_session", "place", "place_all", "print_week", "publish",
    "release", "restore", "room_shut", "see_notices", "session_off", "solve_draft", "solve_week", "staff_away",
    "stand_in", "take_now", "think", "undo", "watch",
]  # fmt: skip
