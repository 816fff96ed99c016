"""The week as it stands, posed as a problem in which everybody of the site may move."""

from datetime import date, datetime, timedelta

from daybridge.access.gates import NIGHT_SHIFT
from daybridge.access.models import Site
from daybridge.episodes.models import Episode
from daybridge.scheduling import placing, weeks
from daybridge.scheduling.problem import Posed, site_problem


def pose(site: Site, first: date, at: datetime) -> Posed:
    """A site's week with everybody in care who has a track and a signed plan."""
    week, last = weeks.read(site, first), weeks.read(site, first - timedelta(days=7))
    rows = Episode.objects.filter(site=site, status__in=["pending", "active"]).select_related("client").order_by("id")
    today = at.astimezone(week.zone).date()
    needs = placing.needs_of(list(rows), max(first, today), NIGHT_SHIFT)
    return site_problem(week, dict(sorted(needs.items(), key=str)), at, last)
