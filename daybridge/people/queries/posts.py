"""Reading staff: caseloads, posts, credentials, who is their supervisor and who steps in for them."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Count, Prefetch, Q
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from daybridge.access.models import Membership, Site, User
from daybridge.access.rules import ROLES, Permission, in_order
from daybridge.asking import Given, prepared
from daybridge.people import rules
from daybridge.people.models import Credential, Staff

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
        return self.load is rules.Load.ROOM

    @property
    def load(self) -> rules.Load:
        return rules.load_of(self.caseload, self.caseload_max)


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
    zone: str = ""
    staff_id: UUID | None = None
    credentials: tuple["Paper", ...] = ()
    leaves: tuple["Away", ...] = ()
    supervisor: UUID | None = None
    supervises: tuple[str, ...] = ()
    stand_ins: tuple[tuple[UUID, str], ...] = ()
    others: tuple[tuple[UUID, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Paper:
    """A credential as its row shows it; `warning` counts down to 0, which is ended."""

    id: UUID
    kind: str
    number: str
    state: str
    issued_on: date | None
    expires_on: date | None
    warning: int | None
    signs: bool

    @property
    def ending(self) -> str:
        return ending_words(self.warning, self.expires_on)


@dataclass(frozen=True, slots=True)
class Away:
    """A leave as its row shows it."""

    id: UUID
    words: str
    starts_at: datetime
    ends_at: datetime
    said_by: str


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


def post(*, user_id: UUID, by, at: datetime) -> PostPage:
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
    roles = _roles([one for one in user.here if one.site_id == site.id])
    return _page(user, site, roles, staff, at)


def mine(*, by, at: datetime) -> PostPage | None:
    """One's own post; None for somebody who has none. Raises nothing: everybody reads their own."""
    staff = Staff.objects.filter(user=by.pk).select_related("site", "user").first()
    if staff is None:
        return None
    places = Membership.objects.filter(user=by.pk, site=staff.site_id)
    return _page(staff.user, staff.site, _roles(list(places)), staff, at)


def _page(user: User, site: Site, roles: str, staff: Staff | None, at: datetime) -> PostPage:
    if staff is None:
        return PostPage(user.id, site.id, site.name, user.name, roles, 0, None, site.timezone)
    carried = staff.caseload.filter(role=rules.PRIMARY, until=None).count()
    others = Staff.objects.filter(site=site, user__is_active=True).exclude(pk=staff.pk).select_related("user")
    others = others.order_by("user__name", "id")
    named = set(staff.stand_ins.values_list("staff_id", flat=True))
    return PostPage(
        user.id, site.id, site.name, user.name, roles, carried, _post(staff), site.timezone, staff.id,
        credentials=_papers(staff, rules.day_at(site.timezone, at)), leaves=_leaves(staff, at),
        supervisor=staff.supervisor_id,
        supervises=tuple(one.name for one in others if one.supervisor_id == staff.pk),
        stand_ins=tuple((one.id, one.signature) for one in others if one.id in named),
        others=tuple((one.id, one.signature) for one in others),
    )  # fmt: skip


def _papers(staff: Staff, today: date) -> tuple[Paper, ...]:
    return tuple(
        Paper(
            one.id, one.kind, one.number, one.state, one.issued_on, one.expires_on,
            rules.warning(one.expires_on, today), one.kind == staff.credential,
        )
        for one in staff.credentials.all()
    )  # fmt: skip


def _leaves(staff: Staff, at: datetime) -> tuple[Away, ...]:
    """Those that are on or to come."""
    found = staff.leaves.filter(taken_back_at=None, ends_at__gt=at).select_related("said_by")
    return tuple(
        Away(one.id, rules.LEAVES[one.kind], one.starts_at, one.ends_at, one.said_by.name) for one in found
    )  # fmt: skip


def _post(staff: Staff) -> rules.Post:
    hours = tuple(staff.hours.values_list("weekday", "start_minute", "end_minute"))
    return rules.Post(
        title=staff.title, credential=staff.credential, credential_until=staff.credential_until,
        languages=tuple(staff.languages), gender=staff.gender, caseload_max=staff.caseload_max, hours=hours,
    )  # fmt: skip


def _roles(places: list[Membership]) -> str:
    return ", ".join(ROLES[role][0] for role in in_order([place.role for place in places]))


def ending_words(warning: int | None, expires_on: date | None) -> str:
    """How the end of a credential is said: nothing while it is far."""
    if warning is None or expires_on is None:
        return ""
    day = date_format(expires_on, "M j, Y")
    return _("Ended {day}").format(day=day) if warning == 0 else _("Ends {day}").format(day=day)


@dataclass(frozen=True, slots=True)
class Ending:
    """A credential that ends soon or has ended: whose, which, when; `is_mine` when it is the reader's own."""

    user_id: UUID
    name: str
    kind: str
    expires_on: date
    warning: int
    is_mine: bool


def endings(*, by, today: date) -> list[Ending]:
    """Credentials within a warning of their end, nearest first: one's own, and all of the sites one runs. One query.

    Source: PEO-4 to PEO-6.
    """
    last = today + timedelta(days=max(map(rules.BOOK.number, rules.WARNINGS)))
    sites = list(by.sites_with(Permission.PROGRAM_WRITE))
    rows = (
        endings_until("sites", user=by.pk, sites=sites, last=last)
        if sites
        else endings_until("own", user=by.pk, last=last)
    )
    found = ((user, name, kind, day, rules.warning(day, today), user == by.pk) for user, name, kind, day in rows)
    return [Ending(*row) for row in found if row[4] is not None]


@prepared
def endings_until(whose_too: str):
    """Credentials that end by a day, of one user, or of whole sites too; asked by every Today."""
    whose = Q(staff__user=Given("user"))
    whose |= Q(staff__site__in=Given("sites")) if whose_too == "sites" else Q()
    rows = Credential.objects.filter(whose, staff__user__is_active=True, expires_on__lte=Given("last"))
    return rows.order_by("expires_on", "kind").values_list(
        "staff__user_id", "staff__user__name", "kind", "expires_on"
    )  # fmt: skip
