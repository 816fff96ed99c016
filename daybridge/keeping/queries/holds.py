"""Which records are held, for this room's page and for the chart."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from daybridge.access.gates import may
from daybridge.access.rules import Permission
from daybridge.asking import Given, prepared
from daybridge.keeping.models import LegalHold
from daybridge.keeping.queries.names import actor_names
from daybridge.people import reach
from daybridge.people.models import Client


@dataclass(frozen=True, slots=True)
class HeldRow:
    """One hold: on whose record (or everybody's at a site), why, since when; `may_lift` for the reader."""

    id: UUID
    client_id: UUID | None
    whose: str
    reason: str
    asked_by: str
    placed_by: str
    placed_at: datetime
    lifted_at: datetime | None
    lifted_because: str
    may_lift: bool

    @property
    def state(self) -> str:
        return "ended" if self.lifted_at else "on-hold"


def holds(*, by) -> tuple[HeldRow, ...]:
    """Holds at the sites within reach, those in force first, newest first."""
    found = list(LegalHold.objects.visible_to(by).select_related("client", "site"))
    names = actor_names({hold.placed_by for hold in found})
    rows = [
        HeldRow(
            hold.pk, hold.client_id, hold.client.name if hold.client else hold.site.name, hold.reason, hold.asked_by,
            names.get(hold.placed_by, hold.placed_by), hold.placed_at, hold.lifted_at, hold.lifted_because,
            may(by, Permission.HOLD_PLACE, hold.site),
        )
        for hold in found
    ]  # fmt: skip
    return tuple(sorted(rows, key=lambda row: row.lifted_at is not None))


def held(*, client_id: UUID, by) -> bool:
    """Whether a hold keeps this record; for the chart, which says so without the reason. False out of reach."""
    return bool(_holding(reach.asking(by, Permission.CHART_READ), client=client_id))


@prepared
def _holding(within: reach.Shape):
    mine = Client.objects.filter(within.of(), pk=Given("client"))
    whole_site = Q(client=None, site__in=mine.values("site"))
    concerns = Q(client__in=mine) | Q(client__merged_into__in=mine) | whole_site
    return LegalHold.objects.in_force().filter(concerns).values_list("id")[:1]
