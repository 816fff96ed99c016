"""Seeded events on a published week: six each of admit, step-down, therapist ill, missed day."""

import random
from collections.abc import Iterator
from typing import Any

from daybridge.scheduling.solver import Problem, Schedule
from daybridge.scheduling.solver.wire import plain

KINDS = ("admit", "step-down", "absence", "missed day")
EACH = 6


def events(problem: Problem, published: Schedule, seed: int, each: int = EACH) -> Iterator[tuple[str, dict[str, Any]]]:
    """(kind, event as JSON), always the same ones for a seed."""
    chance = random.Random(f"{problem.name}/{seed}")
    for kind in KINDS:
        for number in range(each):
            yield kind, MAKERS[kind](problem, published, chance, number)


def _admit(problem: Problem, published: Schedule, chance: random.Random, number: int) -> dict[str, Any]:
    del published
    like = plain(chance.choice(problem.clients))
    new = like | {
        "id": f"NEW{number}", "waitlist": False, "must_reach": False, "must_attend": [], "last_week_sessions": [],
        "last_week_appts": [],
    }  # fmt: skip
    return {"kind": "admit", "now": [chance.randint(0, 1), 480], "client": new}


def _step_down(problem: Problem, published: Schedule, chance: random.Random, number: int) -> dict[str, Any]:
    del published, number
    client = chance.choice(problem.clients)
    days = max(1, client.days_min - 1)
    changes = {
        "target_minutes": max(180, client.target_minutes - 180), "days_min": days, "days_pref": days,
        "last_week_sessions": [], "last_week_appts": [],
    }  # fmt: skip
    return {"kind": "change_of_plan", "now": [chance.randint(0, 1), 0], "client": client.id, "changes": changes}


def _absence(problem: Problem, published: Schedule, chance: random.Random, number: int) -> dict[str, Any]:
    del number
    day_of = {s.id: s.day for s in problem.sessions}
    busy = {(who, day_of[run.id]) for run in published.sessions for who in run.staff}
    busy |= {(a.staff, a.day) for a in published.appointments}
    who, day = chance.choice(sorted(busy))
    return {"kind": "staff_absence", "now": [day, 480], "staff": who, "days": [day]}


def _missed(problem: Problem, published: Schedule, chance: random.Random, number: int) -> dict[str, Any]:
    del number
    day_of = {s.id: s.day for s in problem.sessions}
    came = {(who, day_of[run.id]) for run in published.sessions for who in run.clients if day_of[run.id] < 3}
    who, day = chance.choice(sorted(came))
    return {"kind": "missed", "now": [day + 1, 0], "client": who, "days": [day]}


MAKERS = {"admit": _admit, "step-down": _step_down, "absence": _absence, "missed day": _missed}
