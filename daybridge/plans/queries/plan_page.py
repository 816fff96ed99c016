"""What the page of a plan holds."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from daybridge.plans import rules


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
