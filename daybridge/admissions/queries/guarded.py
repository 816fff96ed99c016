"""What only whoever guards hidden records may know of the way in."""

from dataclasses import dataclass

from daybridge.access import rowlock
from daybridge.access.rules import Permission
from daybridge.admissions.models import PossibleMatch


@dataclass(frozen=True, slots=True)
class HiddenMatch:
    """A new referral may be of somebody whose record is hidden: that record by its number, and who reaches it."""

    record_number: str
    named: tuple[str, ...]


@rowlock.as_system("hidden and opened records are guarded")
def hidden_matches(*, by) -> list[HiddenMatch]:
    """Open matches with hidden records at the sites whose hidden records `by` guards, by record number, at most 20."""
    sites = by.sites_with(Permission.REACH_MANAGE)
    found = PossibleMatch.objects.filter(state="open", client__site__in=sites, client__hidings__ended_at=None)
    found = found.filter(client__hidings__isnull=False).select_related("client").distinct().order_by("client_id")
    rows = found.prefetch_related("client__hidings__team__user")[:20]
    return [HiddenMatch(one.client.record_number, _named(one)) for one in rows]


def _named(match: PossibleMatch) -> tuple[str, ...]:
    standing = (one for one in match.client.hidings.all() if one.ended_at is None)
    return tuple(sorted(one.user.name for hidden in standing for one in hidden.team.all()))
