"""The only writers of wishes, messages and calendar addresses."""

from daybridge.reminders.actions.feeding import end_feed, give_feed, give_own_feed, read_feed
from daybridge.reminders.actions.sending import deliver
from daybridge.reminders.actions.wishing import wish

__all__ = ["deliver", "end_feed", "give_feed", "give_own_feed", "read_feed", "wish"]
