"""Write a plan and sign it; a signed plan is never edited, the next version takes its place."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import transaction

from daybridge.access.gates import require
from daybridge.access.rules import Permission
from daybridge.audit import ledger
from daybridge.episodes.models import Episode
from daybridge.kit.errors import Refused
from daybridge.kit.states import check_move
from daybridge.people import signing
from daybridge.people.rules import age_on
from daybridge.plans import rules
from daybridge.plans.actions import life
from daybridge.plans.models import Goal, Mix, Objective, TreatmentPlan


@transaction.atomic
def write(*, episode_id: UUID, plan: rules.PlanWords, by: Any, at: datetime) -> TreatmentPlan:
    """Keep a plan as the episode's draft, in place of an earlier draft, and the client's commitments from today on.

    The signed plan stays in force until the draft is signed. Raises Episode.DoesNotExist out of reach, NotAllowed,
    Refused with every reason against the plan. Source: plans.rules.check.
    """
    reach = Episode.objects.visible_to(by).select_related("client", "site")
    episode = reach.select_for_update(of=("self",), no_key=True).get(pk=episode_id)
    require(by, Permission.PLAN_WRITE, episode)
    if episode.status == "discharged":
        raise Refused("This stay has ended; a plan belongs to an open one.")
    today = at.astimezone(ZoneInfo(episode.site.timezone)).date()
    born = episode.client.birth_date
    decision = rules.check(plan, age_on(born, today) if born else None)
    if not decision.ok:
        raise Refused(" ".join(finding.text for finding in decision.findings))
    draft = _draft(episode, by)
    draft.weekly_minutes, draft.days_min, draft.days_max = plan.weekly_minutes, plan.days_min, plan.days_max
    draft.review_on = plan.review_on or today + timedelta(days=rules.BOOK.number("PLAN-4"))
    draft.rulebook, draft.written_by = decision.version, by
    draft.save()
    _put_words(draft, plan)
    life.keep_commitments(episode, plan.commitments, today)
    ledger.record(
        "plan.write", draft, by=by, at=at, number=draft.number, weekly_minutes=plan.weekly_minutes,
        goals=len(plan.goals), commitments=len(plan.commitments),
    )  # fmt: skip
    return draft


@transaction.atomic
def sign(*, plan_id: UUID, by: Any, at: datetime) -> TreatmentPlan:
    """Sign a draft: it becomes the active plan, the one before becomes revised.

    Raises TreatmentPlan.DoesNotExist out of reach, NotAllowed, IllegalMove when it is signed already, Refused when the
    credential `by` signs with has ended.
    """
    plan = TreatmentPlan.objects.visible_to(by).select_related("episode").select_for_update(no_key=True).get(pk=plan_id)
    require(by, Permission.PLAN_WRITE, plan)
    was = rules.PlanState(plan.status)
    check_move(rules.MOVES, was, rules.PlanState.ACTIVE)
    signing.check(by=by, at=at)
    before = TreatmentPlan.objects.active().select_for_update(no_key=True).filter(episode=plan.episode_id).first()
    if before:
        before.status = rules.PlanState.REVISED
        before.save(update_fields=["status"])
        ledger.record("plan.revise", before, by=by, at=at, number=before.number, next=plan.number)
    plan.status, plan.signed_by, plan.signed_at = rules.PlanState.ACTIVE, by, at
    plan.save(update_fields=["status", "signed_by", "signed_at"])
    ledger.record("plan.sign", plan, by=by, at=at, was=was, now=plan.status, number=plan.number)
    return plan


def _draft(episode: Episode, by: Any) -> TreatmentPlan:
    """The episode's unsigned version, emptied, or a new one."""
    draft = TreatmentPlan.objects.select_for_update(no_key=True).filter(
        episode=episode, status__in=[rules.PlanState.DRAFT, rules.PlanState.IN_REVIEW]
    ).first()  # fmt: skip
    if draft:
        Objective.objects.filter(goal__plan=draft).delete()
        draft.goals.all().delete()
        draft.mix.all().delete()
        return draft
    number = TreatmentPlan.objects.filter(episode=episode).count() + 1
    return TreatmentPlan(episode=episode, number=number, written_by=by)


def _put_words(draft: TreatmentPlan, plan: rules.PlanWords) -> None:
    Mix.objects.bulk_create(Mix(plan=draft, kind=kind, minutes=n) for kind, n in plan.mix.items() if n)
    goals = [(goal, place) for place, goal in enumerate(plan.goals, 1) if goal[0].strip()]
    for (words, short, objectives), place in goals:
        goal = Goal.objects.create(plan=draft, place=place, words=words.strip(), short=short or rules.short_of(words))
        Objective.objects.bulk_create(
            Objective(goal=goal, place=n, text=text.strip()) for n, text in enumerate(objectives, 1) if text.strip()
        )
