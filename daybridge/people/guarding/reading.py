"""What the pages of guarding show: openings, hidden records, a care team. Readings of names are on the ledger."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from daybridge.access import reach, rowlock
from daybridge.access.gates import may, require
from daybridge.access.models import User
from daybridge.access.rules import OUTCOMES, ROLES, Opening, Permission, glass_state, in_order, review_due
from daybridge.audit import ledger
from daybridge.people import rules
from daybridge.people.models import Client, Glass, Hidden, Staff

SIZE = 20


@dataclass(frozen=True, slots=True)
class GlassRow:
    """One opening as its reviewer sees it: who, which record by its number, why, and what the review found."""

    id: UUID
    who: str
    record_number: str
    reason: str
    opened_at: datetime
    ends_at: datetime
    due_at: datetime
    state: str
    is_late: bool
    outcome: str
    remark: str
    reviewer: str


@dataclass(frozen=True, slots=True)
class OwnOpening:
    """A record one has open now."""

    id: UUID
    client_id: UUID
    name: str
    record_number: str
    ends_at: datetime


@dataclass(frozen=True, slots=True)
class OpenNow:
    """A record one has open in need, without its name."""

    id: UUID
    record_number: str
    ends_at: datetime


@dataclass(frozen=True, slots=True)
class Due:
    """A line for Today."""

    title: str
    reason: str
    url: str
    due: datetime


@dataclass(frozen=True, slots=True)
class HiddenRow:
    """A hidden record, and who still reaches it as (user id, name)."""

    id: UUID
    record_number: str
    name: str
    why: str
    since: datetime
    team: tuple[tuple[UUID, str], ...]


@dataclass(frozen=True, slots=True)
class Member:
    """One place on a care team; `is_over` when it ended."""

    id: UUID
    name: str
    role: str
    since: date
    until: date | None
    is_over: bool


@dataclass(frozen=True, slots=True)
class TeamPage:
    """A client's care team, who may be added, and whether the reader may change it."""

    client_id: UUID
    name: str
    record_number: str
    members: tuple[Member, ...]
    colleagues: tuple[tuple[str, str], ...]
    may_change: bool


@rowlock.as_system("hidden and opened records are guarded")
def openings(*, page: int, by, at: datetime) -> Page:
    """Every opening at one's sites, those to review first, then the newest; hidden records too, by number only."""
    require(by, Permission.GLASS_REVIEW)
    found = Glass.objects.filter(client__site__in=by.sites_with(Permission.GLASS_REVIEW))
    found = found.order_by(F("reviewed_at").desc(nulls_first=True), "-opened_at")
    chosen = Paginator(found.select_related("user", "client", "reviewed_by"), SIZE).get_page(page)
    chosen.object_list = [_glass(one, at) for one in chosen.object_list]
    return chosen


def _glass(one: Glass, at: datetime) -> GlassRow:
    due = review_due(one.opened_at)
    return GlassRow(
        id=one.id, who=one.user.name, record_number=one.client.record_number, reason=one.reason,
        opened_at=one.opened_at, ends_at=one.ends_at, due_at=due,
        state=str(glass_state(Opening(one.opened_at, one.ends_at, one.reviewed_at), at)),
        is_late=not one.reviewed_at and at > due, outcome=OUTCOMES.get(one.outcome, ""), remark=one.remark,
        reviewer=one.reviewed_by.name if one.reviewed_by else "",
    )  # fmt: skip


@rowlock.as_system("hidden and opened records are guarded")
def own_openings(*, by, at: datetime) -> list[OwnOpening]:
    """What one has open now; the names are on the ledger."""
    mine = Glass.objects.filter(user_id=by.pk, ends_at__gt=at, reviewed_at=None).select_related("client")
    rows = [OwnOpening(one.id, one.client_id, one.client.name, one.client.record_number, one.ends_at) for one in mine]
    ledger.read_list("glass.mine", [row.client_id for row in rows], by=by, at=at)
    return rows


def open_now(*, by, at: datetime) -> list[OpenNow]:
    """The records one has open in need, by number, for the top of every page. Asks nothing more while there is none."""
    if not reach.near(by.pk).opened:
        return []
    mine = Glass.objects.filter(user_id=by.pk, ends_at__gt=at, reviewed_at=None).order_by("ends_at")
    return [OpenNow(*row) for row in mine.values_list("id", "client__record_number", "ends_at")]


@rowlock.as_system("hidden and opened records are guarded")
def reviews_due(*, by, at: datetime) -> list[Due]:
    """Openings nobody has reviewed yet, the oldest first; empty for those who do not review."""
    if not may(by, Permission.GLASS_REVIEW):
        return []
    waiting = Glass.objects.filter(client__site__in=by.sites_with(Permission.GLASS_REVIEW), reviewed_at=None)
    url = reverse("people:openings")
    return [_due(one, url, at) for one in waiting.select_related("user", "client").order_by("opened_at")[:20]]


def _due(one: Glass, url: str, at: datetime) -> Due:
    hours = int((review_due(one.opened_at) - at).total_seconds() // 3600)
    left = ngettext("{n} hour left to review", "{n} hours left to review", hours).format(n=hours)
    title = _("{name} opened {record} in need").format(name=one.user.name, record=one.client.record_number)
    return Due(title, left if hours >= 0 else _("the review is overdue"), url, review_due(one.opened_at))


@rowlock.as_system("hidden and opened records are guarded")
def hidden(*, by, at: datetime) -> list[HiddenRow]:
    """The hidden records of one's sites with their named teams; a read line."""
    require(by, Permission.REACH_MANAGE)
    found = Hidden.objects.filter(client__site__in=by.sites_with(Permission.REACH_MANAGE), ended_at=None)
    rows = list(found.select_related("client").prefetch_related("team__user"))
    ledger.read_list("record.hidden", [one.client_id for one in rows], by=by, at=at)
    return [
        HiddenRow(
            one.id, one.client.record_number, one.client.name, rules.HIDDEN_WHY[one.why], one.since,
            tuple(sorted(((named.user_id, named.user.name) for named in one.team.all()), key=lambda pair: pair[1])),
        )
        for one in rows
    ]  # fmt: skip


def staff_to_name(*, by) -> list[tuple[str, str]]:
    """(user id, name and roles) of active accounts whose role works with clients at one's sites."""
    sites = by.sites_with(Permission.REACH_MANAGE)
    people = User.objects.filter(memberships__site__in=sites, is_active=True).distinct().order_by("name")
    held = [
        (one, in_order([row.role for row in one.memberships.all()])) for one in people.prefetch_related("memberships")
    ]
    return [(str(one.id), f"{one.name}, {', '.join(ROLES[role][0] for role in roles)}") for one, roles in held]


def team(*, client_id: UUID, by, at: datetime) -> TeamPage:
    """A client's care team. Raises Client.DoesNotExist out of reach; the reading is on the ledger."""
    client = Client.objects.charts_of(by).select_related("site").get(pk=client_id)
    ledger.read("team.read", client, by=by, at=at)
    today = rules.day_at(client.site.timezone, at)
    rows = client.care_team.select_related("staff__user").order_by(F("until").desc(nulls_first=True), "since", "id")
    return TeamPage(
        client.id, client.name, client.record_number,
        tuple(
            Member(one.id, one.staff.signature, one.role, one.since, one.until, bool(one.until and one.until <= today))
            for one in rows
        ),
        tuple(colleagues(site_id=client.site_id, by=by)), may(by, Permission.TEAM_MANAGE, client),
    )  # fmt: skip


def colleagues(*, site_id: UUID, by) -> list[tuple[str, str]]:
    """(staff id, name) of active staff at a site, for those who may say who is on a team."""
    if site_id not in by.sites_with(Permission.TEAM_MANAGE):
        return []
    found = Staff.objects.filter(Q(user__memberships__site=site_id), site=site_id, user__is_active=True)
    return [(str(one.id), one.signature) for one in found.distinct().select_related("user").order_by("user__name")]


def colleagues_of(*, client_id: UUID, by) -> list[tuple[str, str]]:
    """The same for a client's site; empty out of reach."""
    client = Client.objects.visible_to(by).filter(pk=client_id).first()
    return colleagues(site_id=client.site_id, by=by) if client else []
