"""What the room's writers find within reach before they write."""

from typing import Any
from uuid import UUID

from daybridge.access.models import Site
from daybridge.access.rules import Permission


def site_within(site_id: UUID, by: Any) -> Site:
    """A site whose program `by` may see. Raises Site.DoesNotExist."""
    return Site.objects.filter(id__in=by.sites_with(Permission.PROGRAM_SEE)).get(pk=site_id)
