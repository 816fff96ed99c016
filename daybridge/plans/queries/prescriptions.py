"""What a client's plan asks of the week: hours, days, mix, and when they cannot come."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Q

from daybridge.access.rules import Permission
from daybridge.people import reach
from daybridge.plans import rules
from daybridge.plans.models import Commitment, TreatmentPlan


@dataclass(frozen=True, slots=True)
class Prescription:
    """What the active plan asks of a week; minutes. `mix` is minutes by kind."""

    plan_id: UUID
    weekly_minutes: int
    days_min: int
    days_max: int
    mix: dict[str, int]


def prescription(*, episode_id: UUID, by: Any) -> Prescription | None:
    """What the episode's active plan asks of a week; None without one or out of reach."""
    return prescriptions(episode_ids=[episode_id], by=by).get(episode_id)


def prescriptions(*, episode_ids: Iterable[UUID], by: Any) -> dict[UUID, Prescription]:
    """The prescriptions of several episodes, in two queries; episodes without an active plan are missing."""
    plans = TreatmentPlan.objects.visible_to(by).active().filter(episode__in=list(episode_ids)).prefetch_related("mix")
    return {
        plan.episode_id: Prescription(
            plan.id,
            plan.weekly_minutes,
            plan.days_min,
            plan.days_max,
            {row.kind: row.minutes for row in plan.mix.all()},
        )
        for plan in plans
    }


def commitments(*, episode_ids: Iterable[UUID], on: date, by: Any) -> dict[UUID, tuple[rules.Busy, ...]]:
    """What stands against coming, by episode, as of a day; one query. Every episode asked for is a key.

    Where they would rather not come, and how far they travel: `life`.
    """
    ids = list(episode_ids)
    found: dict[UUID, list[rules.Busy]] = {episode_id: [] for episode_id in ids}
    standing = Commitment.objects.filter(
        Q(until=None) | Q(until__gt=on),
        reach.clients_within(by, Permission.PLAN_SEE, "episode__client", site="episode__site"),
        episode__in=ids,
        since__lte=on,
        firmness=rules.Firmness.HARD,
    )
    for row in standing:
        found[row.episode_id].append(rules.Busy(row.kind, row.weekday, row.start_minute, row.end_minute))
    return {episode_id: tuple(rows) for episode_id, rows in found.items()}
