"""The page that asks who can stand in: somebody's sessions of a day, and for each who could lead it."""

from collections import Counter
from datetime import date, datetime
from typing import Any
from uuid import UUID

from daybridge.access.gates import may
from daybridge.access.models import Site
from daybridge.access.rules import Permission
from daybridge.kit.periods import week_start
from daybridge.people.models import Staff
from daybridge.scheduling import weeks
from daybridge.scheduling.models import Session
from daybridge.scheduling.queries import blocks
from daybridge.scheduling.queries.standing_in_page import AbleRow, NeedRow, StandInPage
from daybridge.scheduling.rules import SessionState
from daybridge.scheduling.standing_in import able_for, reasons
from daybridge.scheduling.weeks import SiteWeek

SHOWN = 5


def _still_to_come(week: SiteWeek, on: date, at: datetime) -> list[Session]:
    return [
        one for one in week.sessions.values()
        if one.starts_at.astimezone(week.zone).date() == on and one.status == SessionState.PLANNED
        and one.starts_at > at
    ]  # fmt: skip


def _leads(today: list[Session]) -> tuple[tuple[UUID, str, int], ...]:
    """Who leads that day and how many sessions, by name."""
    names = {one.lead_id: one.lead.name for one in today}
    leads = Counter(one.lead_id for one in today)
    return tuple((one, names[one], many) for one, many in sorted(leads.items(), key=lambda row: names[row[0]]))


def stand_ins(*, site_id: UUID, staff_id: UUID | None, on: date, by: Any, at: datetime) -> StandInPage:
    """The sessions still to come that somebody leads on a day, each with at most five who could take it over.

    Names no client. Raises Site.DoesNotExist or Staff.DoesNotExist out of reach.
    """
    site = Site.objects.filter(id__in=by.sites_with(Permission.WEEK_SEE)).get(pk=site_id)
    week = weeks.read(site, week_start(on, site.first_weekday))
    today = _still_to_come(week, on, at)
    absent = Staff.objects.select_related("user").filter(site=site).get(pk=staff_id) if staff_id else None
    mine = [one for one in today if absent and one.lead_id == absent.id]
    return StandInPage(
        staff_id, absent.name if absent else "", on, site.id,
        _leads(today),
        tuple(_row(week, one, on) for one in sorted(mine, key=lambda one: one.starts_at)),
        may(by, Permission.WEEK_PLACE, site),
    )  # fmt: skip


def _row(week: SiteWeek, session: Session, on: date) -> NeedRow:
    return NeedRow(
        session.id, session.title, blocks.look(session.kind, session.topic.category if session.topic else ""),
        session.starts_at, session.ends_at, session.room.name, week.taken(session.id),
        tuple(AbleRow(one.staff_id, one.name, reasons(one)) for one in able_for(week, session)[:SHOWN]),
    )  # fmt: skip
