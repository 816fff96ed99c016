"""What a plan is, when its week makes sense, and the life it fits around. Pure."""

from daybridge.plans.rules.life import (
    BOOK,
    Busy,
    Firmness,
    Life,
    Painted,
    Reason,
    Voice,
    Window,
    check_life,
    check_since,
    first_days,
    free_windows,
    life_of,
    merged,
    open_hours,
    painted_of,
    soft_windows,
    without,
)
from daybridge.plans.rules.patterns import Begun, Change, Standing, next_change, repainted
from daybridge.plans.rules.plan import (
    MOVES,
    GoalWords,
    Kind,
    PlanState,
    PlanWords,
    check,
    hours_text,
    least_minutes,
    short_of,
)

__all__ = [
    "BOOK", "MOVES", "Begun", "Busy", "Change", "Firmness", "GoalWords", "Kind", "Life", "Painted", "PlanState",
    "PlanWords", "Reason", "Standing", "Voice", "Window", "check", "check_life", "check_since", "first_days",
    "free_windows", "hours_text", "least_minutes", "life_of", "merged", "next_change", "open_hours", "painted_of",
    "repainted", "short_of", "soft_windows", "without",
]  # fmt: skip
