"""Lay a week: make this week's sessions out of the groups that meet every week."""

from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from daybridge.access.gates import require
from daybridge.access.models import Site
from daybridge.access.rules import Permission
from daybridge.audit import ledger
from daybridge.kit.errors import Refused
from daybridge.kit.periods import local_instant
from daybridge.people import rules as people_rules
from daybridge.program.models import WeeklyGroup
from daybridge.scheduling import weeks
from daybridge.scheduling.models import Session
from daybridge.scheduling.rules import Service, check_clear
from daybridge.scheduling.weeks import SiteWeek


@transaction.atomic
def lay_week(*, site_id: UUID, first: date, by: Any, at: datetime) -> int:
    """Make the sessions of the week that begins on `first`; how many were made. Again makes none.

    Times are the site's wall clock, whatever the clocks do that week. A session that was called off stays called off.
    Nothing is laid on a day the site is closed. A group is not laid when its lead's credential has ended by then, or
    room or lead are taken; the ledger says which, and the week's page shows it.
    Raises Site.DoesNotExist out of reach, NotAllowed.
    """
    reach = by.sites_with(Permission.WEEK_SEE)
    site = Site.objects.select_for_update(no_key=True).filter(id__in=reach).get(pk=site_id)
    require(by, Permission.WEEK_PLACE, site)
    week = weeks.read(site, first)
    laid, left = _lay(week)
    Session.objects.bulk_create(laid)
    if laid or left:
        ledger.record("week.lay", site, by=by, at=at, first=first, sessions=len(laid), not_laid=left)
    return len(laid)


def _lay(week: SiteWeek) -> tuple[list[Session], list[UUID]]:
    """The sessions to make, and the groups that cannot meet this week."""
    known, laid, left = _laid_before(week), [], []
    for day in weeks.days_of(week.first):
        if day in week.closed:
            continue
        for group in _groups_on(week.site, day):
            if (group.id, day) in known:
                continue
            session = _session(week, group, day)
            if session is None:
                left.append(group.id)
            else:
                laid.append(session)
                week.add(session)
    return laid, left


def _laid_before(week: SiteWeek) -> set[tuple[UUID | None, date]]:
    rows = Session.objects.filter(
        site=week.site, group__isnull=False, starts_at__gte=week.period.start, starts_at__lt=week.period.end
    )
    pairs = rows.values_list("group_id", "starts_at")
    return {(group_id, starts.astimezone(week.zone).date()) for group_id, starts in pairs}


def _groups_on(site: Site, day: date) -> list[WeeklyGroup]:
    standing = WeeklyGroup.objects.filter(Q(until=None) | Q(until__gt=day), track__site=site, weekday=day.weekday())
    standing = standing.filter(since__lte=day, track__is_active=True)
    return list(
        standing.select_related("topic", "room", "lead", "track")
        .prefetch_related("lead__credentials")
        .order_by("start_minute", "id")
    )


def _session(week: SiteWeek, group: WeeklyGroup, day: date) -> Session | None:
    lead = group.lead
    if not people_rules.leads_as(group.topic.credentials, lead.held, day):
        return None
    # the end is reckoned on the wall clock too: a group across a clock change keeps its times
    midnight, minutes = day + timedelta(days=(group.start_minute + group.minutes) // 1440), group.minutes
    session = Session(
        site=week.site, kind=Service.GROUP, title=group.topic.name, track=group.track, topic=group.topic, group=group,
        starts_at=local_instant(day, group.start_minute, week.zone),
        ends_at=local_instant(midnight, (group.start_minute + minutes) % 1440, week.zone),
        room=group.room, lead=lead, seats=min(group.max_size, group.room.seats),
    )  # fmt: skip
    try:
        check_clear(weeks.meeting(session), week.meetings())
    except Refused:
        return None
    return session
