"""Plans as pages and other rooms read them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Q

from daybridge.access.gates import may
from daybridge.access.rules import Permission
from daybridge.audit import ledger
from daybridge.episodes.models import Episode
from daybridge.people import reach
from daybridge.people.rules import age_on
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


@dataclass(frozen=True, slots=True)
class GoalRow:
    """One goal with its objectives' words."""

    id: UUID
    words: str
    short: str
    objectives: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PlanRow:
    """One version of a plan."""

    id: UUID
    number: int
    status: str
    weekly_minutes: int
    days_min: int
    days_max: int
    review_on: date | None
    written_by: str
    signed_by: str
    signed_at: datetime | None
    mix: tuple[tuple[str, int], ...]
    goals: tuple[GoalRow, ...]

    @property
    def hours(self) -> str:
        return rules.hours_text(self.weekly_minutes)

    @property
    def parts(self) -> tuple[tuple[str, str], ...]:
        """The mix in hours."""
        return tuple((kind, rules.hours_text(minutes)) for kind, minutes in self.mix)


@dataclass(frozen=True, slots=True)
class PlanPage:
    """A client's plans: the one in force, the draft, and those before; what the page may offer now."""

    episode_id: UUID
    client_id: UUID
    name: str
    age: int | None
    level: str
    active: PlanRow | None
    draft: PlanRow | None
    earlier: tuple[PlanRow, ...]
    commitments: tuple[rules.Busy, ...]
    may_write: bool


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


def goals(*, episode_ids: Iterable[UUID], by: Any) -> dict[UUID, tuple[GoalRow, ...]]:
    """The goals of the active plans, by episode; for notes. Three queries."""
    plans = TreatmentPlan.objects.visible_to(by).active().filter(episode__in=list(episode_ids))
    return {plan.episode_id: _goals(plan) for plan in plans.prefetch_related("goals__objectives")}


def plan(*, episode_id: UUID, by: Any, at: datetime) -> PlanPage:
    """All of an episode's plans. Raises Episode.DoesNotExist out of reach. The reading is on the ledger."""
    mine = reach.clients_within(by, Permission.PLAN_SEE, "client", site="site")
    episode = Episode.objects.visible_to(by).filter(mine).select_related("client").get(pk=episode_id)
    versions = TreatmentPlan.objects.visible_to(by).filter(episode=episode)
    versions = versions.select_related("written_by", "signed_by").prefetch_related("mix", "goals__objectives")
    rows = [_row(one) for one in versions]
    ledger.read("plan.read", episode, by=by, at=at)
    born = episode.client.birth_date
    return PlanPage(
        episode_id=episode.id, client_id=episode.client_id, name=episode.client.name,
        age=age_on(born, at.date()) if born else None, level=episode.level,
        active=next((row for row in rows if row.status == "active"), None),
        draft=next((row for row in rows if row.status in ("draft", "in-review")), None),
        earlier=tuple(row for row in rows if row.status in ("revised", "closed")),
        commitments=commitments(episode_ids=[episode.id], on=at.date(), by=by)[episode.id],
        may_write=may(by, Permission.PLAN_WRITE, episode) and episode.status != "discharged",
    )  # fmt: skip


def _row(plan: TreatmentPlan) -> PlanRow:
    return PlanRow(
        id=plan.id, number=plan.number, status=plan.status, weekly_minutes=plan.weekly_minutes, days_min=plan.days_min,
        days_max=plan.days_max, review_on=plan.review_on, written_by=plan.written_by.name,
        signed_by=plan.signed_by.name if plan.signed_by else "", signed_at=plan.signed_at,
        mix=tuple((row.kind, row.minutes) for row in plan.mix.all()), goals=_goals(plan),
    )  # fmt: skip


def _goals(plan: TreatmentPlan) -> tuple[GoalRow, ...]:
    return tuple(
        GoalRow(goal.id, goal.words, goal.short, tuple(one.text for one in goal.objectives.all()))
        for goal in plan.goals.all()
    )
