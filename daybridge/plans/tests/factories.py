"""Plans and the lives they fit around, for tests."""

from datetime import UTC, date, datetime

from daybridge.access.models import User
from daybridge.episodes.models import Episode
from daybridge.plans.models import Commitment, Goal, Mix, Objective, Said, Travel, TreatmentPlan

SIGNED_AT = datetime(2026, 1, 6, 15, tzinfo=UTC)
NINE_HOURS = {"group": 420, "individual": 60, "education": 60}


def plan(of: Episode, by: User, **fields) -> TreatmentPlan:
    """An active plan of nine hours on three to five days, signed by `by`; `mix=` and `status=` may differ."""
    mix = fields.pop("mix", NINE_HOURS)
    defaults = {
        "number": of.plans.count() + 1, "status": "active", "weekly_minutes": sum(mix.values()),
        "rulebook": "plans@2026.1", "review_on": date(2026, 4, 6), "written_by": by,
        "signed_by": by, "signed_at": SIGNED_AT,
    }  # fmt: skip
    made = TreatmentPlan.objects.create(episode=of, **defaults | fields)
    for kind, minutes in mix.items():
        Mix.objects.create(plan=made, kind=kind, minutes=minutes)
    goal = Goal.objects.create(plan=made, place=1, words="I want to keep my job and stop using.", short="Keep my job")
    Objective.objects.create(goal=goal, place=1, text="Name three early signs and what helps.")
    return made


def commitment(of: Episode, weekday: int, start_minute: int, end_minute: int, **fields) -> Commitment:
    """A weekly stretch the client is not free."""
    defaults = {"kind": "job", "since": date(2026, 1, 5)}
    return Commitment.objects.create(
        episode=of, weekday=weekday, start_minute=start_minute, end_minute=end_minute, **defaults | fields
    )


def travel(of: Episode, minutes_each_way: int = 30, **fields) -> Travel:
    """How far the client comes."""
    return Travel.objects.create(
        episode=of, minutes_each_way=minutes_each_way, **{"since": date(2026, 1, 5), **fields}
    )  # fmt: skip


def said(of: Episode, **fields) -> Said:
    """A week the client told that nobody looked at yet."""
    defaults = {"since": date(2026, 3, 2), "said_at": SIGNED_AT, "said_by": f"client:{of.client_id}", "voice": "client"}
    return Said.objects.create(episode=of, **defaults | fields)
