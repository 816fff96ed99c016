"""Build the model of a part, solve it, read the roster off it."""

from dataclasses import dataclass
from typing import TypeVar

from ortools.sat.python import cp_model

from daybridge.scheduling.solver.board import Week
from daybridge.scheduling.solver.exact.apart import keep_apart
from daybridge.scheduling.solver.exact.clients import add_client
from daybridge.scheduling.solver.exact.model import Model, weighted
from daybridge.scheduling.solver.exact.parts import Part, taken
from daybridge.scheduling.solver.exact.timetable import add_resources, add_sessions, add_sizes
from daybridge.scheduling.solver.ground import Ground
from daybridge.scheduling.solver.model import Appointment
from daybridge.scheduling.solver.roster import Roster, Run

Key = TypeVar("Key")


@dataclass(frozen=True, slots=True)
class Effort:
    """Limits of one solve. `work` is CP-SAT's deterministic time; `seconds` None means that only work counts."""

    work: float = 0.3
    seconds: float | None = None
    seed: int = 1


@dataclass(frozen=True, slots=True)
class Answer:
    """A roster with the part solved; `cost` is the model's (of the part, tolls included), `proved` if none is lower."""

    roster: Roster
    cost: int
    bound: int
    proved: bool
    work: float


def build(ground: Ground, roster: Roster, part: Part) -> Model:
    """The whole model of the part, its objective set and the present bookings as hints."""
    model = Model(ground, part, roster, taken(ground, roster, part))
    left = add_sessions(model)
    for client in ground.ix.problem.clients:
        if client.id in part.free:
            add_client(model, client, left)
    add_sizes(model)
    add_resources(model)
    keep_apart(model)
    model.cp.minimize(weighted(zip(model.terms, model.prices, strict=True)) + model.constant)
    for var, value in model.hints:
        model.cp.add_hint(var, value)
    return model


def solve_part(ground: Ground, roster: Roster, part: Part, effort: Effort = Effort()) -> Answer | None:
    """The best roster found that differs only in the part; None if the limits left no time to find one at all."""
    model = build(ground, roster, part)
    solver = quiet_solver(effort)
    status = solver.solve(model.cp)
    if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return None
    cost, bound = round(solver.objective_value), round(solver.best_objective_bound)
    return Answer(
        read(model, solver), cost, bound, status == cp_model.OPTIMAL, solver.response_proto.deterministic_time
    )


def quiet_solver(effort: Effort) -> cp_model.CpSolver:
    """A CP-SAT solver with one worker and the linearization these models need (scheduling design, pitfall 2)."""
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.linearization_level = 2
    solver.parameters.random_seed = effort.seed
    solver.parameters.max_deterministic_time = effort.work
    if effort.seconds is not None:
        solver.parameters.max_time_in_seconds = effort.seconds
    return solver


def read(model: Model, solver: cp_model.CpSolver) -> Roster:
    """The roster of a solution: the part as solved, the rest as it was."""
    out = model.roster.copy()
    free = [who for who in sorted(model.part.free) if who in model.ground.ix.clients]
    sessions: dict[str, list[str]] = {who: [] for who in free}
    appointments: dict[str, list[Appointment]] = {who: [] for who in free}
    tests: dict[str, list[int]] = {who: [] for who in free}
    for client, one in _taken(solver, model.x):
        sessions[client].append(one)
    for appt in _taken(solver, model.z):
        appointments[appt.client].append(appt)
    for client, day in _taken(solver, model.test):
        tests[client].append(day)
    for who in free:
        out.weeks[who] = Week(tuple(sessions[who]), tuple(appointments[who]), tuple(tests[who]))
    out.runs = dict(model.fixed.runs) | {one: _run(model, solver, one) for one in _taken(solver, model.open)}
    return out


def _taken(solver: cp_model.CpSolver, variables: dict[Key, cp_model.IntVar]) -> list[Key]:
    return [key for key, var in variables.items() if solver.boolean_value(var)]


def _run(model: Model, solver: cp_model.CpSolver, session_id: str) -> Run:
    session = model.ground.ix.sessions[session_id]
    rooms = [one for one in session.room_options if _chosen(solver, model.room.get((session_id, one)))]
    team = [one for one in session.staff_options if _chosen(solver, model.lead.get((session_id, one)))]
    return Run(rooms[0], tuple(dict.fromkeys(team)))


def _chosen(solver: cp_model.CpSolver, var: cp_model.IntVar | None) -> bool:
    return var is not None and bool(solver.boolean_value(var))
