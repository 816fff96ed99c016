"""Plans as pages and other rooms read them."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from daybridge.access.gates import may
from daybridge.access.rules import Permission
from daybridge.audit import ledger
from daybridge.episodes.models import Episode
from daybridge.people import reach
from daybridge.people.rules import age_on
from daybridge.plans.models import TreatmentPlan
from daybridge.plans.queries.plan_page import GoalRow, PlanPage, PlanRow
from daybridge.plans.queries.prescriptions import commitments


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
