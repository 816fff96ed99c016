"""Reading staff and their caseloads."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, Prefetch, Q

from daybridge.access.models import Membership, User
from daybridge.access.rules import ROLES, Permission, in_order
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


@dataclass(frozen=True, slots=True)
class Colleague:
    """Somebody with an account at a site: the roles there in words, and whether anybody said what they do."""

    user_id: UUID
    name: str
    roles: str
    has_post: bool


@dataclass(frozen=True, slots=True)
class PostPage:
    """One person's post at a site as its form shows it; `post` is None until somebody said what they do."""

    user_id: UUID
    site_id: UUID
    site: str
    name: str
    roles: str
    caseload: int
    post: rules.Post | None


def colleagues(*, site_id: UUID, by) -> list[Colleague]:
    """Everybody with an open account at a site whose program `by` may change, by name; empty out of reach."""
    if site_id not in by.sites_with(Permission.PROGRAM_WRITE):
        return []
    found = User.objects.filter(memberships__site=site_id, is_active=True).distinct().order_by("name", "id")
    here = Prefetch("memberships", Membership.objects.filter(site=site_id), to_attr="here")
    return [
        Colleague(one.id, one.name, _roles(one.here), hasattr(one, "staff"))
        for one in found.select_related("staff").prefetch_related(here)
    ]


def post(*, user_id: UUID, by) -> PostPage:
    """A colleague's post at a site whose program `by` may change: where it is held, else where they first have a role.

    Raises User.DoesNotExist out of reach.
    """
    sites = by.sites_with(Permission.PROGRAM_WRITE)
    here = Prefetch("memberships", Membership.objects.filter(site__in=sites).select_related("site"), to_attr="here")
    reach = User.objects.filter(memberships__site__in=sites, is_active=True).distinct()
    user = reach.select_related("staff__site").prefetch_related(here).get(pk=user_id)
    staff = getattr(user, "staff", None)
    if staff and staff.site_id not in sites:
        staff = None
    site = staff.site if staff else min((one.site for one in user.here), key=lambda one: one.name)
    mine = [one for one in user.here if one.site_id == site.id]
    carried = staff.caseload.filter(role=rules.PRIMARY, until=None).count() if staff else 0
    return PostPage(user.id, site.id, site.name, user.name, _roles(mine), carried, _post(staff) if staff else None)


def _post(staff: Staff) -> rules.Post:
    hours = tuple(staff.hours.values_list("weekday", "start_minute", "end_minute"))
    return rules.Post(
        title=staff.title, credential=staff.credential, credential_until=staff.credential_until,
        languages=tuple(staff.languages), caseload_max=staff.caseload_max, hours=hours,
    )  # fmt: skip


def _roles(places: list[Membership]) -> str:
    return ", ".join(ROLES[role][0] for role in in_order([place.role for place in places]))
