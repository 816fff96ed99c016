"""Free seats in the tracks within reach."""

from collections import Counter
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count

from daybridge.program.models import HOLDS_A_SEAT, Track


@dataclass(frozen=True, slots=True)
class Seats:
    """Free seats by part of the day over all sites, and the sites that have any."""

    by_part: tuple[tuple[str, int], ...]
    sites: frozenset[UUID]

    @property
    def total(self) -> int:
        return sum(free for _part, free in self.by_part)


def seats(*, by) -> Seats:
    """The seats of running tracks that nobody in care holds. One query."""
    tracks = Track.objects.visible_to(by).filter(is_active=True).values_list("site_id", "part_of_day", "seats")
    free: Counter[str] = Counter()
    sites = set()
    for site, part, many, taken in tracks.annotate(taken=Count("enrollments", filter=HOLDS_A_SEAT)).order_by("id"):
        left = max(0, many - taken)
        free[part] += left
        if left:
            sites.add(site)
    return Seats(tuple(sorted(free.items())), frozenset(sites))
