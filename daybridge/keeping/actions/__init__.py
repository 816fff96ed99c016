"""The only writers of holds, periods, purges, certificates and exports."""

from daybridge.keeping.actions.exporting import Wanted, export
from daybridge.keeping.actions.holds import lift, place
from daybridge.keeping.actions.periods import Choice, choose, end
from daybridge.keeping.actions.purging import approve, decline, propose, withdraw
from daybridge.keeping.actions.running import certify, purge_one
from daybridge.keeping.actions.sweeping import sweep

__all__ = [
    "Choice", "Wanted", "approve", "certify", "choose", "decline", "end", "export", "lift", "place", "propose",
    "purge_one", "sweep", "withdraw",
]  # fmt: skip
