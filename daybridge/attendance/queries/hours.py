"""The week's hours: what came, what is still booked, what the plan asks for."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Q, Sum

from daybridge.access.models import Site
from daybridge.attendance.models import RollLine
from daybridge.attendance.rules import HERE, Hours, credited_minutes
from daybridge.episodes.models import Episode
from daybridge.kit.periods import Period, week_period
from daybridge.plans.models import TreatmentPlan
from daybridge.scheduling.models import Booking
from daybridge.scheduling.rules import SessionState


def week_hours(
    *, episode_ids: Iterable[UUID], first: date, zone: ZoneInfo, at: datetime | None = None
) -> dict[UUID, Hours]:
    """Each episode's program week from `first`: minutes delivered, still booked and prescribed.

    A session that is open now counts what has passed of it up to `at`. Callers ask for episodes within reach.
    4 queries, whatever the number of episodes.
    """
    ids = list(episode_ids)
    return _hours(Q(episode_id__in=ids), ids, week_period(first, zone), at)


def site_hours(*, site: Site, first: date, at: datetime) -> dict[UUID, Hours]:
    """`week_hours` of everybody in care at a site; 5 queries that name no ids, so it works at any size."""
    ids = list(Episode.objects.filter(site=site, status="active").values_list("id", flat=True))
    mine = Q(episode__site=site, episode__status="active")
    return _hours(mine, ids, week_period(first, ZoneInfo(site.timezone)), at)


def _hours(whose: Q, ids: list[UUID], week: Period, at: datetime | None) -> dict[UUID, Hours]:
    inside = whose & Q(session__starts_at__gte=week.start, session__starts_at__lt=week.end)
    held = RollLine.objects.filter(inside, mark__in=HERE)
    delivered = dict(held.values_list("episode_id").annotate(total=Sum("credited_minutes")))
    running, booked = _running(held, at), _booked(inside, at)
    prescribed = dict(TreatmentPlan.objects.active().filter(whose).values_list("episode_id", "weekly_minutes"))
    return {
        one: Hours(delivered.get(one, 0) + running[one], max(0, booked[one] - running[one]), prescribed.get(one, 0))
        for one in ids
    }


def _booked(inside: Q, at: datetime | None) -> dict[UUID, int]:
    """Minutes of sessions that can still be held: one that is over and was never opened delivers nothing."""
    totals: dict[UUID, int] = defaultdict(int)
    booked = Booking.objects.filter(
        inside, status="booked", session__status__in=[SessionState.PLANNED, SessionState.OPEN]
    )
    if at is not None:
        booked = booked.filter(Q(session__ends_at__gt=at) | Q(session__status=SessionState.OPEN))
    for episode, start, end in booked.values_list("episode_id", "session__starts_at", "session__ends_at"):
        totals[episode] += Period(start, end).minutes
    return totals


def _running(held, at: datetime | None) -> dict[UUID, int]:
    """Minutes already sat through in sessions open now."""
    totals: dict[UUID, int] = defaultdict(int)
    if at is None:
        return totals
    for line in held.filter(session__status=SessionState.OPEN).select_related("session"):
        planned = Period(line.session.starts_at, line.session.ends_at)
        totals[line.episode_id] += credited_minutes(planned, line.arrived_at, min(line.left_at or at, at))
    return totals
