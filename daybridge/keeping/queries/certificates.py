"""The proof of a purge, as it is printed."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from daybridge.access.gates import require
from daybridge.access.rules import Permission
from daybridge.keeping.models import Certificate
from daybridge.keeping.queries.names import actor_names
from daybridge.keeping.register import classes


@dataclass(frozen=True, slots=True)
class Proof:
    """A certificate's content with the names of the two people and the titles of the classes."""

    id: UUID
    site: str
    content: dict[str, Any]
    sha256: str
    made_at: datetime
    names: dict[str, str]
    titles: dict[str, str]


def certificate(*, purge_id: UUID, by) -> Proof:
    """Raises Certificate.DoesNotExist when the purge is out of reach or not done, NotAllowed."""
    found = Certificate.objects.select_related("purge__site").get(
        purge=purge_id, purge__site__in=by.sites_with(Permission.KEEPING_SEE)
    )
    require(by, Permission.KEEPING_SEE, found.purge)
    people = {found.content["proposed"]["by"], found.content["approved"]["by"]}
    titles = {kept.id: kept.title for kept in classes()}
    return Proof(
        found.pk, found.purge.site.name, found.content, found.sha256, found.made_at, actor_names(people), titles
    )
