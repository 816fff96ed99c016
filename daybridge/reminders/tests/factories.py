"""Wishes, messages and calendar addresses, for tests."""

from datetime import UTC, datetime
from uuid import uuid4

from daybridge.people.models import Client
from daybridge.reminders.models import Feed, Message, Wish

SAID = datetime(2026, 2, 1, 15, tzinfo=UTC)


def wish(of: Client, **fields) -> Wish:
    """Wants an e-mail."""
    return Wish.objects.create(client=of, **{"way": "email", "said_at": SAID, "said_by": "system:test"} | fields)


def message(of: Client, **fields) -> Message:
    known = {"key": str(uuid4()), "kind": "day", "about": uuid4(), "way": "email", "due_at": SAID}
    return Message.objects.create(client=of, **known | fields)


def feed(of: Client, **fields) -> Feed:
    known = {"token_digest": uuid4().hex, "given_at": SAID, "given_by": "system:test"}
    return Feed.objects.create(client=of, **known | fields)
