"""Growing rings of people who may change, each solved exactly. Loads OR-Tools. Source: scheduling design, section 8."""

from dataclasses import dataclass

from ortools.sat.python import cp_model

from daybridge.scheduling.solver.check import Booking
from daybridge.scheduling.solver.exact import Effort, Part, build, read
from daybridge.scheduling.solver.exact.model import Model, weighted
from daybridge.scheduling.solver.exact.solving import quiet_solver
from daybridge.scheduling.solver.ground import Ground
from daybridge.scheduling.solver.mending.case import Before
from daybridge.scheduling.solver.roster import Roster

MOST_OTHERS = 6
"""Bookings of people the event is not about that may change at most, dropped and added."""


@dataclass(frozen=True, slots=True)
class Ring:
    """Who may change. `keeps` are those among them who must still reach their hours because they did.

    `capped`: people the event is not about have at most MOST_OTHERS bookings changed.
    """

    free: frozenset[str]
    locked: bool
    keeps: frozenset[str] = frozenset()
    capped: bool = True


def solve_ring(ground: Ground, roster: Roster, before: Before, ring: Ring, effort: Effort) -> Roster | None:
    """The best roster that changes only this ring; None if there is none, or none was found in time."""
    model = build(ground, roster, Part(free=ring.free, locked=ring.locked, toll=before.toll()))
    for who in sorted(ring.keeps):
        model.cp.add(model.reached[who] == 1)
    if ring.capped:
        _few_others(model, before)
    solver = quiet_solver(effort)
    solver.parameters.cp_model_presolve = len(ring.free) > 1  # for one client alone it costs more than it saves
    if solver.solve(model.cp) not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return None
    return read(model, solver)


def _few_others(model: Model, before: Before) -> None:
    """At most so many changed bookings of people the event is not about."""
    variables: dict[Booking, cp_model.IntVar] = {("group", who, one): var for (who, one), var in model.x.items()}
    for appt, var in model.z.items():
        variables["appt", appt.client, appt.requirement, appt.staff, appt.day, appt.start] = var
    rows = [
        (var, -1 if booking in before.bookings else 1)
        for booking, var in variables.items()
        if booking[1] not in before.own
    ]
    held = sum(1 for _, weight in rows if weight < 0)
    if rows:
        model.cp.add(weighted(rows) <= MOST_OTHERS - held)
