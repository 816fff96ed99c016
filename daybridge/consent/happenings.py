"""What came true for a client by the facts of rooms above, so that a consent which waits for it ends by itself."""

from collections.abc import Callable, Iterable
from typing import Any
from uuid import UUID

from django.db.models import OuterRef, QuerySet, Subquery

from daybridge.consent.rules import Happening
from daybridge.people.models import Client

# The code of an event to the instants (`at`) it came true for a client, newest first; rooms above fill it at start.
CAME_TRUE: dict[str, Callable[[Any], QuerySet]] = {}


def newest() -> list[Subquery]:
    """For each event its newest instant, as columns of a query over clients; `read` takes them back."""
    return [Subquery(instants(OuterRef("pk"))[:1]) for instants in CAME_TRUE.values()]


def read(instants: Iterable[Any]) -> tuple[Happening, ...]:
    """The happenings in those columns."""
    return tuple(Happening(event, at) for event, at in zip(CAME_TRUE, instants, strict=True) if at is not None)


def of(client_ids: Iterable[UUID]) -> dict[UUID, tuple[Happening, ...]]:
    """What came true for each of these clients."""
    rows = Client.objects.filter(pk__in=list(client_ids)).order_by().values_list("pk", *newest())
    return {client_id: read(instants) for client_id, *instants in rows}
