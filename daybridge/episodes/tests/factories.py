"""Episodes, for tests."""

from datetime import date

from daybridge.episodes.models import Episode
from daybridge.people.models import Client


def episode(of: Client, **fields) -> Episode:
    defaults = {"level": "2.1", "status": "active", "admitted_on": date(2026, 1, 5)}
    return Episode.objects.create(client=of, site=of.site, **defaults | fields)
