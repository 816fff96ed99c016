"""The week's hours: what came, what is still booked, what the plan asks for."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Q, Sum

from daybridge.access.models import Site
from daybridge.asking import Given, prepared
from daybridge.attendance.models import RollLine
from daybridge.attendance.rules import HERE, Hours, credited_minutes
from daybridge.episodes.models import Episode
from daybridge.kit.periods import Period, week_period
from daybridge.plans.models import TreatmentPlan
from daybridge.scheduling.models import Booking
from daybridge.scheduling.rules import SessionState

WHOSE = {"ids": Q(episode__in=Given("ids")), "site": Q(episode__site=Given("site"), episode__status="active")}
INSIDE = Q(session__starts_at__gte=Given("start"), session__starts_at__lt=Given("end"))
LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)


def week_hours(
    *, episode_ids: Iterable[UUID], first: date, zone: ZoneInfo, at: datetime | None = None
) -> dict[UUID, Hours]:
    """Each episode's program week from `first`: minutes delivered, still booked and prescribed.

    A session that is open now counts what has passed of it up to `at`. Callers ask for episodes within reach.
    4 queries, whatever the number of episodes.
    """
    ids = list(episode_ids)
    return _hours("ids", ids, {"ids": ids}, week_period(first, zone), at)


def site_hours(*, site: Site, first: date, at: datetime) -> dict[UUID, Hours]:
    """`week_hours` of everybody in care at a site; 5 queries that name no ids, so it works at any size."""
    ids = list(Episode.objects.filter(site=site, status="active").values_list("id", flat=True))
    return _hours("site", ids, {"site": site.id}, week_period(first, ZoneInfo(site.timezone)), at)


def _hours(whose: str, ids: list[UUID], given: dict[str, Any], week: Period, at: datetime | None) -> dict[UUID, Hours]:
    inside = {"start": week.start, "end": week.end, **given}
    delivered = dict(held_lines(whose, **inside))
    running = _running(open_lines(whose, **inside), at) if at is not None else defaultdict(int)
    booked: dict[UUID, int] = defaultdict(int)
    for episode, start, end in bookings(whose, **inside, at=at or LONG_AGO):
        booked[episode] += Period(start, end).minutes
    prescribed = dict(prescriptions(whose, **given))
    return {
        one: Hours(delivered.get(one, 0) + running[one], max(0, booked[one] - running[one]), prescribed.get(one, 0))
        for one in ids
    }


def _running(lines: Iterable[tuple], at: datetime) -> dict[UUID, int]:
    """Minutes already sat through in sessions open now."""
    totals: dict[UUID, int] = defaultdict(int)
    for episode, start, end, arrived, left in lines:
        totals[episode] += credited_minutes(Period(start, end), arrived, min(left or at, at))
    return totals


@prepared
def held_lines(whose: str):
    """Credited minutes by episode."""
    held = RollLine.objects.filter(WHOSE[whose], INSIDE, mark__in=HERE)
    return held.values_list("episode_id").annotate(total=Sum("credited_minutes"))


@prepared
def open_lines(whose: str):
    """Who is in a session that is open now."""
    held = RollLine.objects.filter(WHOSE[whose], INSIDE, mark__in=HERE, session__status=SessionState.OPEN)
    return held.values_list("episode_id", "session__starts_at", "session__ends_at", "arrived_at", "left_at")


@prepared
def bookings(whose: str):
    """Sessions that can still be held: one that is over and was never opened delivers nothing."""
    states = [SessionState.PLANNED, SessionState.OPEN]
    booked = Booking.objects.filter(WHOSE[whose], INSIDE, status="booked", session__status__in=states)
    booked = booked.filter(Q(session__ends_at__gt=Given("at")) | Q(session__status=SessionState.OPEN))
    return booked.values_list("episode_id", "session__starts_at", "session__ends_at")


@prepared
def prescriptions(whose: str):
    """Minutes a week by episode, as the active plan asks."""
    return TreatmentPlan.objects.active().filter(WHOSE[whose]).order_by().values_list("episode_id", "weekly_minutes")
