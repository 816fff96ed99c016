"""The sites whose weeks somebody sees, and the one that is asked for."""

from typing import Any
from uuid import UUID

from daybridge.access.models import Site
from daybridge.access.rules import Permission


def reached_site(*, site_id: UUID, by: Any) -> tuple[Site, tuple[tuple[UUID, str], ...]]:
    """A site within reach, and the ids and names of all of them. Raises Site.DoesNotExist out of reach. One query."""
    sites = {one.id: one for one in Site.objects.filter(id__in=by.sites_with(Permission.WEEK_SEE))}
    if site_id not in sites:
        raise Site.DoesNotExist
    return sites[site_id], tuple((one.id, one.name) for one in sites.values())
