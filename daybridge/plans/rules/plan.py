"""What a plan is, and when its week makes sense. Pure."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from daybridge.kit.decisions import Decision, Finding
from daybridge.kit.rulebook import Rulebook
from daybridge.plans.rules.life import BOOK, Busy


class PlanState(StrEnum):
    """The life of one version of a plan."""

    DRAFT = "draft"
    IN_REVIEW = "in-review"
    ACTIVE = "active"
    REVISED = "revised"
    CLOSED = "closed"


MOVES: dict[PlanState, set[PlanState]] = {
    PlanState.DRAFT: {PlanState.IN_REVIEW, PlanState.ACTIVE},
    PlanState.IN_REVIEW: {PlanState.DRAFT, PlanState.ACTIVE},
    PlanState.ACTIVE: {PlanState.REVISED, PlanState.CLOSED},
    PlanState.REVISED: set(),
    PlanState.CLOSED: set(),
}


class Kind(StrEnum):
    """The kinds of service a week is mixed of."""

    GROUP = "group"
    INDIVIDUAL = "individual"
    FAMILY = "family"
    EDUCATION = "education"


class GoalWords(NamedTuple):
    """A goal in the client's own words, its short form for chips, and up to three measurable objectives."""

    words: str
    short: str = ""
    objectives: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PlanWords:
    """A plan as it is written. `mix` is minutes a week by Kind; its sum must be `weekly_minutes`."""

    weekly_minutes: int
    mix: Mapping[str, int]
    goals: tuple[GoalWords, ...]
    days_min: int = 3
    days_max: int = 5
    commitments: tuple[Busy, ...] = field(default=())
    review_on: date | None = None


def least_minutes(age: int | None, book: Rulebook = BOOK) -> int:
    """The fewest minutes a week at level 2.1; an unknown age counts as adult. Source: PLAN-1, PLAN-2, PLAN-5."""
    is_adolescent = age is not None and age < book.number("PLAN-5")
    return book.number("PLAN-2" if is_adolescent else "PLAN-1")


def check(plan: PlanWords, age: int | None, book: Rulebook = BOOK) -> Decision:
    """Whether a plan may be kept; every reason against it is found. Source: PLAN-1 to PLAN-8."""
    findings = (*_hours(plan, age, book), *_days(plan, book), *_words(plan), *_life(plan))
    return Decision(not findings, findings, book.version)


def _hours(plan: PlanWords, age: int | None, book: Rulebook) -> Iterator[Finding]:
    least, most = least_minutes(age, book), book.number("PLAN-3")
    if plan.weekly_minutes < least:
        yield Finding(
            "PLAN-1", f"This level of care asks for at least {least // 60} hours a week.", book.source("PLAN-1")
        )
    if plan.weekly_minutes >= most:
        yield Finding(
            "PLAN-3", f"From {most // 60} hours a week on, another level of care begins.", book.source("PLAN-3")
        )
    if set(plan.mix) - set(Kind) or any(minutes < 0 for minutes in plan.mix.values()):
        yield Finding("mix", "The mix may hold group, individual, family and education hours.")
    if sum(plan.mix.values()) != plan.weekly_minutes:
        total = hours_text(sum(plan.mix.values()))
        yield Finding("mix-sum", f"The mix adds up to {total} hours, the week has {hours_text(plan.weekly_minutes)}.")


def _days(plan: PlanWords, book: Rulebook) -> Iterator[Finding]:
    if not 1 <= plan.days_min <= plan.days_max <= 7:
        yield Finding("days", "The days a week must run from the fewest to the most, between 1 and 7.")
    elif plan.days_max * book.number("PLAN-8") < plan.weekly_minutes:
        yield Finding("PLAN-8", "So many hours do not fit into so few days.", book.source("PLAN-8"))


def _words(plan: PlanWords) -> Iterator[Finding]:
    if not any(words.strip() for words, *_ in plan.goals):
        yield Finding("goal", "A plan needs at least one goal in the client's own words.")
    if len(plan.goals) > 3:
        yield Finding("goals", "A plan has at most three goals at a time.")
    if any(len(objectives) > 3 for _, _, objectives in plan.goals):
        yield Finding("objectives", "A goal has at most three objectives at a time.")


def _life(plan: PlanWords) -> Iterator[Finding]:
    for _, weekday, start, end in plan.commitments:
        if not (0 <= weekday <= 6 and 0 <= start < end <= 1440):
            yield Finding("commitment", "A time the client cannot come must end after it starts, on the same day.")
            return


def hours_text(minutes: int) -> str:
    """Minutes as hours, without needless decimals: 540 is "9", 570 is "9.5"."""
    return f"{minutes / 60:.2f}".rstrip("0").rstrip(".")


def short_of(words: str) -> str:
    """The first words of a goal, at most forty characters, for chips."""
    line = " ".join(words.split())
    if len(line) <= 40:
        return line
    return line[:39].rpartition(" ")[0].rstrip(",.;") + "…" if " " in line[:39] else line[:39] + "…"
