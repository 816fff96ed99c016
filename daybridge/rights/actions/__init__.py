"""The only writers of the room: requests, letters, the record handed over, breaches, the notice."""

from daybridge.rights.actions.breaches import report
from daybridge.rights.actions.letters import give as give_letter
from daybridge.rights.actions.notices import Receipt, acknowledge
from daybridge.rights.actions.packets import assemble, give_list
from daybridge.rights.actions.packets import give as give_packet
from daybridge.rights.actions.requests import answer, ask, begin, close, deliver, disagree, extend, take, withdraw

__all__ = [
    "Receipt", "acknowledge", "answer", "ask", "assemble", "begin", "close", "deliver", "disagree", "extend",
    "give_letter", "give_list", "give_packet", "report", "take", "withdraw",
]  # fmt: skip
