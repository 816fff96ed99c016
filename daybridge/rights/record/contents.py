"""What a record is made of when it is handed over: sections of entries of facts."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from uuid import UUID
from zoneinfo import ZoneInfo

from daybridge.access.models import User
from daybridge.people.models import Client

Fact = tuple[str, object]


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing of a record: what it is, and its facts. Values are text, numbers, days or aware times."""

    title: str
    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """One part of a record."""

    id: str
    title: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Whose:
    """The person, the records joined into theirs, the zone of their site, and who staff are."""

    client: Client
    ids: tuple[UUID, ...]
    zone: ZoneInfo
    names: dict[str, str]

    def who(self, actor: str) -> str:
        """Who an actor is, by name; "" for a part of the program."""
        return self.names.get(actor, "")


Reader = Callable[[Whose], Iterator[Entry]]


def whose(client: Client) -> Whose:
    """What every section needs to know of a person; the caller found them within reach. 2 queries."""
    ids = (client.id, *client.joined.values_list("id", flat=True))
    names = {f"user:{pk}": name for pk, name in User.objects.values_list("id", "name")}
    return Whose(client, ids, ZoneInfo(client.site.timezone), names)
