"""Free seats in the tracks within reach."""

from collections import Counter
from dataclasses import dataclass
from uuid import UUID

from daybridge.access import rowlock
from daybridge.access.rules import Permission
from daybridge.admissions.queries import asked


@dataclass(frozen=True, slots=True)
class Seats:
    """Free seats by part of the day over all sites, and the sites that have any."""

    by_part: tuple[tuple[str, int], ...]
    sites: frozenset[UUID]

    @property
    def total(self) -> int:
        return sum(free for _part, free in self.by_part)


@rowlock.as_system("seats are counted over everybody")
def seats(*, by) -> Seats:
    """The seats of running tracks that nobody in care holds. One query."""
    free: Counter[str] = Counter()
    sites = set()
    for site, part, many, taken in asked.tracks(sites=list(by.sites_with(Permission.PROGRAM_SEE))):
        left = max(0, many - taken)
        free[part] += left
        if left:
            sites.add(site)
    return Seats(tuple(sorted(free.items())), frozenset(sites))
