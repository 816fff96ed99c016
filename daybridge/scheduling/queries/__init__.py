"""The week as pages read it."""

from daybridge.scheduling.queries.client import client_week, proposal
from daybridge.scheduling.queries.options import choices
from daybridge.scheduling.queries.session import session
from daybridge.scheduling.queries.week import week

__all__ = ["choices", "client_week", "proposal", "session", "week"]
