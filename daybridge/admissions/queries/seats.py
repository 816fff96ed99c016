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
    tracks = Track.objects.visible_to(by).filter(is_active=True)
    tracks = tracks.annotate(taken=Count("enrollments", filter=HOLDS_A_SEAT))
    free: Counter[str] = Counter()
    sites = set()
    for track in tracks.order_by("part_of_day"):
        left = max(0, track.seats - track.taken)
        free[track.part_of_day] += left
        if left:
            sites.add(track.site_id)
    return Seats(tuple(sorted(free.items())), frozenset(sites))
