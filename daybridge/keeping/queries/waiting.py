"""What waits for somebody in this room, for Today."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from daybridge.access.rules import Permission
from daybridge.keeping.models import Purge
from daybridge.keeping.rules import PurgeState


@dataclass(frozen=True, slots=True)
class WaitingRow:
    """One line of Today; names nobody. `since` is when it began to wait."""

    title: str
    reason: str
    url: str
    since: datetime


def waiting(*, by) -> tuple[WaitingRow, ...]:
    """Proposed purges that this person may approve: not their own, at sites where they may. The oldest first."""
    sites = by.sites_with(Permission.PURGE_APPROVE)
    if not sites:
        return ()
    open_ones = Purge.objects.filter(site__in=sites, state=PurgeState.PROPOSED).exclude(proposed_by=by.actor)
    return tuple(
        WaitingRow(_("A purge waits for your answer"), _records(one.records), _page(one), one.proposed_at)
        for one in open_ones.annotate(records=Count("items")).order_by("proposed_at")
    )


def _records(count: int) -> str:
    return ngettext("%(n)d record past its time", "%(n)d records past their time", count) % {"n": count}


def _page(purge: Purge) -> str:
    return reverse("keeping:purge", args=[purge.pk])
