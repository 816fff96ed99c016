"""Pages of the week: the site's, one client's, one session's; placing and printing."""

from daybridge.scheduling.views.board import lay, place_all, week
from daybridge.scheduling.views.choosing import place
from daybridge.scheduling.views.client import client_week, print_week
from daybridge.scheduling.views.session import cancel, release, restore, session

__all__ = [
    "cancel", "client_week", "lay", "place", "place_all", "print_week", "release", "restore", "session", "week",
]  # fmt: skip
