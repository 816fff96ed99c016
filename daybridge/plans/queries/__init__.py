"""Plans and lives as pages and other rooms read them."""

from daybridge.plans.queries.life import LifePage, Telling, life, my_page, page, told
from daybridge.plans.queries.plan import goals, plan
from daybridge.plans.queries.plan_page import GoalRow, PlanPage, PlanRow
from daybridge.plans.queries.prescriptions import Prescription, commitments, prescription, prescriptions

__all__ = [
    "GoalRow", "LifePage", "PlanPage", "PlanRow", "Prescription", "Telling", "commitments", "goals", "life", "my_page",
    "page", "plan", "prescription", "prescriptions", "told",
]  # fmt: skip
