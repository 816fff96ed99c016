"""The list of clients: who is in care, with whom, and how the week stands."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from django.core.paginator import Page, Paginator
from django.db.models import F, OuterRef, Q, Subquery

from daybridge.attendance.queries import week_hours
from daybridge.attendance.rules import Hours
from daybridge.audit import ledger
from daybridge.episodes.models import Episode
from daybridge.kit.periods import week_start
from daybridge.people.models import CareTeamMember, Client
from daybridge.people.rules import PRIMARY, name_key

SIZE = 50
SHOWN = ("in-care", "mine", "everyone")


@dataclass(frozen=True, slots=True)
class Row:
    """One client of the list."""

    id: UUID
    name: str
    record_number: str
    level: str
    status: str
    week_number: int | None
    counselor: str
    hours: Hours | None


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the list is asked for: words to look for, which clients, which page."""

    words: str = ""
    shown: str = "in-care"
    page: int = 1


def clients(*, by, wanted: Wanted, at: datetime) -> Page:
    """A page of 50 clients within reach, by name; writes one read line for the list."""
    page = Paginator(_found(by, wanted), SIZE).get_page(wanted.page)
    people = list(page.object_list)
    hours = _hours(people, at)
    page.object_list = [_row(client, hours.get(client.open_episode), at) for client in people]
    ledger.read_list("clients.list", [client.id for client in people], by=by, at=at)
    return page


def _found(by, wanted: Wanted):
    now = Episode.objects.open().filter(client=OuterRef("pk"))
    team = CareTeamMember.objects.filter(client=OuterRef("pk"), role=PRIMARY, until=None)
    rows = Client.objects.visible_to(by).standing().select_related("site").order_by(*ORDER, "id")
    key = name_key("", wanted.words)
    if key:
        rows = rows.filter(
            Q(name_key__startswith=key) | Q(name_key__contains=f" {key}") | Q(record_number=wanted.words.upper())
        )
    if wanted.shown == "in-care":
        rows = rows.filter(episodes__in=Episode.objects.open())
    elif wanted.shown == "mine":
        rows = rows.filter(care_team__staff__user_id=getattr(by, "id", None), care_team__until=None)
    return rows.annotate(
        open_episode=Subquery(now.values("id")[:1]),
        level=Subquery(now.values("level")[:1]),
        stay=Subquery(now.values("status")[:1]),
        since=Subquery(now.values("admitted_on")[:1]),
        counselor=Subquery(team.values("staff__user__name")[:1]),
    )


ORDER = (F("family_name"), F("given_name"))


def _hours(people: list[Client], at: datetime) -> dict[UUID, Hours]:
    """The week of each episode, asked for once a site."""
    found: dict[UUID, Hours] = {}
    for site in {client.site for client in people}:
        zone = ZoneInfo(site.timezone)
        first = week_start(at.astimezone(zone).date(), site.first_weekday)
        ids = [client.open_episode for client in people if client.site == site and client.open_episode]
        found |= week_hours(episode_ids=ids, first=first, zone=zone, at=at)
    return found


def _row(client: Client, hours: Hours | None, at: datetime) -> Row:
    week = None
    if client.since:
        week = (at.astimezone(ZoneInfo(client.site.timezone)).date() - client.since).days // 7 + 1
    return Row(
        client.id, client.name, client.record_number, client.level or "", client.stay or "", week,
        client.counselor or "", hours,
    )  # fmt: skip
