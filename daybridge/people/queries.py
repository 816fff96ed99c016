"""Reading staff and their caseloads."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, Q

from daybridge.access.rules import Permission
from daybridge.people import rules
from daybridge.people.models import Staff

COUNSELING_ROLES = ("counselor", "director")


@dataclass(frozen=True, slots=True)
class StaffRow:
    """A counselor and how many clients they carry as primary counselor, of at most `caseload_max`."""

    id: UUID
    name: str
    credential: str
    caseload: int
    caseload_max: int

    @property
    def has_room(self) -> bool:
        return self.caseload < self.caseload_max


def counselors(*, site_id: UUID, by) -> list[StaffRow]:
    """Active counselors of a site within reach, those with the most room first; empty out of reach."""
    if site_id not in by.sites_with(Permission.PROGRAM_SEE):
        return []
    carried = Count("caseload", filter=Q(caseload__role=rules.PRIMARY, caseload__until=None), distinct=True)
    found = (
        Staff.objects.filter(site_id=site_id, user__is_active=True)
        .filter(user__memberships__site_id=site_id, user__memberships__role__in=COUNSELING_ROLES)
        .exclude(credential="")
        .select_related("user")
        .annotate(carried=carried)
    )
    rows = [StaffRow(one.id, one.name, one.credential, one.carried, one.caseload_max) for one in found.distinct()]
    return sorted(rows, key=lambda row: (row.caseload - row.caseload_max, row.name))
