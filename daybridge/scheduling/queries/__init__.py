"""The week as pages read it."""

from daybridge.scheduling.queries.capacity import capacity
from daybridge.scheduling.queries.client import client_week, proposal
from daybridge.scheduling.queries.drafts import draft
from daybridge.scheduling.queries.everybody import everybody
from daybridge.scheduling.queries.happenings import happenings
from daybridge.scheduling.queries.making_up import make_ups
from daybridge.scheduling.queries.moving import moving
from daybridge.scheduling.queries.options import choices
from daybridge.scheduling.queries.session import session
from daybridge.scheduling.queries.standing_in import stand_ins
from daybridge.scheduling.queries.thinking import asking, outcome
from daybridge.scheduling.queries.told import told_client, told_staff
from daybridge.scheduling.queries.week import week

__all__ = [
    "asking", "capacity", "choices", "client_week", "draft", "everybody", "happenings", "make_ups", "moving", "outcome",
    "proposal", "session", "stand_ins", "told_client", "told_staff", "week",
]  # fmt: skip
