"""Plans and lives as pages and other rooms read them."""

from daybridge.plans.queries.life import LifePage, Telling, life, my_page, page, told
from daybridge.plans.queries.plan import (
    GoalRow,
    PlanPage,
    PlanRow,
    Prescription,
    commitments,
    goals,
    plan,
    prescription,
    prescriptions,
)

__all__ = [
    "GoalRow", "LifePage", "PlanPage", "PlanRow", "Prescription", "Telling", "commitments", "goals", "life", "my_page",
    "page", "plan", "prescription", "prescriptions", "told",
]  # fmt: skip
