"""Wishes and calendar addresses as pages read them."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from daybridge.people.models import Client
from daybridge.reminders.channels import address_of
from daybridge.reminders.models import Feed, Wish
from daybridge.reminders.rules import Way


@dataclass(frozen=True, slots=True)
class FeedRow:
    """One calendar address: when it was given and last read."""

    id: UUID
    given_at: datetime
    seen_at: datetime | None


@dataclass(frozen=True, slots=True)
class ReminderPage:
    """How a client is reminded, which ways there are, and their calendar addresses."""

    way: str
    ways: tuple[str, ...]
    feeds: tuple[FeedRow, ...]


def own_feeds(*, by: Any) -> tuple[FeedRow, ...]:
    """The calendar addresses of a staff member that stand."""
    return _rows(Feed.objects.filter(staff__user=by, ended_at=None))


def reminders(*, client_id: UUID, by: Any) -> ReminderPage:
    """How a client within reach is reminded. Raises Client.DoesNotExist."""
    client = Client.objects.visible_to(by).get(pk=client_id)
    wish = Wish.objects.visible_to(by).filter(client=client).first()
    ways = tuple(str(way) for way in Way if way is Way.OFF or address_of(client, way))
    return ReminderPage(wish.way if wish else Way.OFF, ways, _rows(Feed.objects.filter(client=client, ended_at=None)))


def _rows(feeds: Any) -> tuple[FeedRow, ...]:
    return tuple(FeedRow(one.id, one.given_at, one.seen_at) for one in feeds)
