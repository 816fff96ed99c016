"""The only writers of clients, care teams, and what staff are."""

from daybridge.people.actions.absence import name_stand_in, say_leave, take_back_leave, unname_stand_in
from daybridge.people.actions.clients import assign, fingerprint, join, local_day, part, register
from daybridge.people.actions.credentials import drop_credential, hold_credential
from daybridge.people.actions.posts import employ
from daybridge.people.actions.supervision import supervise

__all__ = [
    "assign", "drop_credential", "employ", "fingerprint", "hold_credential", "join", "local_day", "name_stand_in",
    "part", "register", "say_leave", "supervise", "take_back_leave", "unname_stand_in",
]  # fmt: skip
