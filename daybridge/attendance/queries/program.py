"""Hours of the whole program: who will fall short this week, and eight weeks of delivered against prescribed."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.core.paginator import Page, Paginator
from django.db.models import OuterRef, Q, Subquery, Sum

from daybridge.access import rowlock
from daybridge.access.models import Site
from daybridge.access.rules import Permission
from daybridge.attendance.models import RollLine
from daybridge.attendance.queries.hours import site_hours
from daybridge.attendance.rules import HERE, Hours
from daybridge.audit import ledger
from daybridge.episodes.models import Episode
from daybridge.kit.periods import week_period, week_start
from daybridge.people import reach
from daybridge.people.models import CareTeamMember
from daybridge.people.rules import PRIMARY
from daybridge.plans.models import TreatmentPlan

SIZE = 50
WEEKS = 8


@dataclass(frozen=True, slots=True)
class Person:
    """One client in care and how the week stands."""

    episode_id: UUID
    client_id: UUID
    name: str
    hours: Hours
    counselor: str

    @property
    def has_plan(self) -> bool:
        return self.hours.prescribed > 0


@dataclass(frozen=True, slots=True)
class Week:
    """One past week of the whole program, in minutes."""

    first: date
    delivered: int
    prescribed: int


@dataclass(frozen=True, slots=True)
class HoursPage:
    """The week from `first`: a page of people, the sums over everybody, and the eight weeks before."""

    first: date
    is_this_week: bool
    people: Page
    total: Hours
    everyone: int
    short: int
    without_plan: int
    weeks: tuple[Week, ...]

    @property
    def last(self) -> date:
        return self.first + timedelta(days=6)

    @property
    def before(self) -> date:
        return self.first - timedelta(days=7)

    @property
    def after(self) -> date:
        return self.first + timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Asked:
    """Which week (any day of it; None for this one), which page, everybody or only who falls short."""

    day: date | None = None
    page: int = 1
    only_short: bool = False


def hours_page(*, by, asked: Asked, at: datetime) -> HoursPage:
    """The program's week, the most short first; one read line for the people on the page.

    Everybody at the sites where `by` may see hours; the number of queries grows with the sites, never with people.
    """
    sites = list(Site.objects.filter(id__in=by.sites_with(Permission.HOURS_SEE)).order_by("name"))
    lead = sites[0]
    this = week_start(at.astimezone(ZoneInfo(lead.timezone)).date(), lead.first_weekday)
    first = week_start(asked.day, lead.first_weekday) if asked.day else this
    hours: dict[UUID, Hours] = {}
    for site in sites:
        hours |= site_hours(site=site, first=first, at=at)
    if not reach.is_whole(by, Permission.HOURS_SEE):
        mine = _within_reach(by)
        hours = {one: week for one, week in hours.items() if one in mine}
    short = [one for one in hours if hours[one].short]
    order = sorted(short if asked.only_short else hours, key=lambda one: (-hours[one].short, str(one)))
    page = Paginator(order, SIZE).get_page(asked.page)
    page.object_list = _people(page.object_list, hours)
    ledger.read_list("hours.see", [person.client_id for person in page.object_list], by=by, at=at)
    return HoursPage(
        first, first == this, page, _sum(hours.values()), len(hours), len(short),
        sum(not one.prescribed for one in hours.values()), _weeks(sites, first),
    )  # fmt: skip


def _within_reach(by) -> set[UUID]:
    """Stays that are running, of clients whose hours `by` may see."""
    mine = reach.clients_within(by, Permission.HOURS_SEE, "client", site="site")
    return set(Episode.objects.filter(mine, status="active").values_list("id", flat=True))


def _people(ids: list[UUID], hours: dict[UUID, Hours]) -> list[Person]:
    team = CareTeamMember.objects.filter(client=OuterRef("client"), role=PRIMARY, until=None)
    found = (
        Episode.objects.filter(id__in=ids)
        .select_related("client")
        .annotate(counselor=Subquery(team.values("staff__user__name")[:1]))
        .in_bulk()
    )
    rows = (found[one] for one in ids)
    return [Person(one.id, one.client_id, one.client.name, hours[one.id], one.counselor or "") for one in rows]


def _sum(all_hours: Iterable[Hours]) -> Hours:
    rows = list(all_hours)
    return Hours(sum(r.delivered for r in rows), sum(r.booked for r in rows), sum(r.prescribed for r in rows))


@rowlock.as_system("sums over the whole program name nobody")
def _weeks(sites: list[Site], first: date) -> tuple[Week, ...]:
    """The eight whole weeks before `first`: two queries, the sums made where the rows are."""
    zone = ZoneInfo(sites[0].timezone)
    firsts = [first - timedelta(days=7 * back) for back in range(WEEKS, 0, -1)]
    spans = {day: week_period(day, zone) for day in firsts}
    whole = {"session__starts_at__gte": spans[firsts[0]].start, "session__starts_at__lt": spans[firsts[-1]].end}
    came = RollLine.objects.filter(session__site__in=sites, mark__in=HERE, **whole).aggregate(**{
        f"week_{number}": Sum(
            "credited_minutes",
            filter=Q(session__starts_at__gte=spans[day].start, session__starts_at__lt=spans[day].end), default=0,
        )
        for number, day in enumerate(firsts)
    })  # fmt: skip
    asked = _prescribed(sites, firsts, zone)
    return tuple(Week(day, came[f"week_{number}"], asked[day]) for number, day in enumerate(firsts))


def _prescribed(sites: list[Site], firsts: list[date], zone: ZoneInfo) -> dict[date, int]:
    """What the plans asked of each week: of every stay of that week, the last plan signed before the week ended."""
    signed = TreatmentPlan.objects.filter(episode__site__in=sites, signed_at__isnull=False).order_by("signed_at")
    plans = list(signed.values_list(
        "episode_id", "weekly_minutes", "signed_at", "episode__admitted_on", "episode__ended_on"
    ))  # fmt: skip
    totals = {}
    for day in firsts:
        end, standing = week_period(day, zone).end, {}
        for episode, minutes, at, since, until in plans:
            if at < end and since < day + timedelta(days=7) and (until is None or until > day):
                standing[episode] = minutes
        totals[day] = sum(standing.values())
    return totals
