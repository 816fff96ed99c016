"""Everybody's week on one page: a row a client, a column a day, and the hours it makes against the plan."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any
from uuid import UUID

from daybridge.access.gates import may
from daybridge.access.rules import Permission
from daybridge.audit import ledger
from daybridge.episodes.models import Episode
from daybridge.people import reach
from daybridge.plans import queries as plans
from daybridge.program.rules import clock
from daybridge.scheduling import weeks
from daybridge.scheduling.models import Session
from daybridge.scheduling.queries import blocks
from daybridge.scheduling.queries.everybody_page import Chip, ClientRow, EverybodyPage
from daybridge.scheduling.queries.sites import reached_site
from daybridge.scheduling.weeks import SiteWeek


def everybody(*, site_id: UUID, first: date, by: Any, at: datetime) -> EverybodyPage:
    """The week of every client within reach; the reading is on the ledger. Raises Site.DoesNotExist out of reach.

    The same number of queries for any number of clients.
    """
    site, sites = reached_site(site_id=site_id, by=by)
    week = weeks.read(site, first)
    mine = reach.clients_within(by, Permission.WEEK_SEE, "client", site="site")
    episodes = Episode.objects.filter(mine, site=site, status__in=["pending", "active"]).select_related("client")
    found = list(episodes)
    orders = plans.prescriptions(episode_ids=[one.id for one in found], by=by)
    ledger.read_list("week.everybody", sorted({one.client_id for one in found}), by=by, at=at, first=first)
    days = _days(week)
    rows = [_row(one, week, days, orders[one.id].weekly_minutes if one.id in orders else 0) for one in found]
    rows.sort(key=lambda row: (not row.is_short, row.name))
    return EverybodyPage(
        site.id, sites, first, weeks.days_of(first)[-1], days, tuple(rows),
        may(by, Permission.WEEK_PLACE, site),
    )  # fmt: skip


def _days(week: SiteWeek) -> tuple[date, ...]:
    """Working days, and the others on which anything meets."""
    held = {one.starts_at.astimezone(week.zone).date() for one in week.sessions.values()}
    return tuple(day for day in weeks.days_of(week.first) if day.weekday() < 5 or day in held)


def _row(episode: Episode, week: SiteWeek, days: Iterable[date], target: int) -> ClientRow:
    mine = week.of(episode.id)
    cells = tuple(
        tuple(_chip(one, week) for one in mine if one.starts_at.astimezone(week.zone).date() == day) for day in days
    )
    return ClientRow(episode.id, episode.client.name, cells, sum(one.minutes for one in mine), target)


def _chip(session: Session, week: SiteWeek) -> Chip:
    here = session.starts_at.astimezone(week.zone)
    category = session.topic.category if session.topic else ""
    minute = here.hour * 60 + here.minute
    return Chip(session.id, session.title, clock(minute), blocks.look(session.kind, category))
