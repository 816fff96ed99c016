"""What a rule is made of, and the few questions several rules ask."""

from collections.abc import Callable
from dataclasses import dataclass

from daybridge.level_of_care.rules.case import Case


@dataclass(frozen=True, slots=True)
class Scale:
    """What the rulebook calls moderate, serious and severe."""

    moderate: int
    serious: int
    severe: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """`also`: other levels that meet this rule. `without`: levels that do not, though more intensive.
    `covers`: weaker rules whose reason need not be told as well. `first`: what comes before admission."""

    id: str
    text: str
    applies: Callable[[Case, Scale], bool]
    also: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    covers: tuple[str, ...] = ()
    first: str = ""


def at_least(rating: int | None, threshold: int) -> bool:
    """Whether a rating reaches a threshold; an unknown one does not."""
    return rating is not None and rating >= threshold


def is_hard_home(case: Case, scale: Scale) -> bool:
    """Whether home is unsafe or its rating is serious: recovery needs other surroundings first."""
    return case.safe_home is False or at_least(case.environment, scale.serious)
