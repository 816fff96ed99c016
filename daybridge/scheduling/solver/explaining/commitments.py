"""The commitments of a problem, and the exact model with each of them as an assumption. Loads OR-Tools."""

from collections.abc import Iterable

from ortools.sat.python import cp_model

from daybridge.scheduling.solver.exact import Effort, Part, build
from daybridge.scheduling.solver.exact.model import Model, summed
from daybridge.scheduling.solver.exact.solving import quiet_solver
from daybridge.scheduling.solver.explaining.bare import bare
from daybridge.scheduling.solver.ground import survey
from daybridge.scheduling.solver.model import Problem
from daybridge.scheduling.solver.roster import Roster

Commitment = tuple[str, ...]
"""("must_reach", client) | ("mandatory", client, need) | ("must_attend", client, session) | ("must_run", session)."""
WORK = 60.0
"""CP-SAT work one question may cost; the usual one takes a hundredth of it."""


def commitments(problem: Problem) -> tuple[Commitment, ...]:
    """Every commitment of H23, in the order of the problem."""
    out: list[Commitment] = [("must_run", s.id) for s in problem.sessions if s.must_run]
    for client in problem.clients:
        out += [("must_reach", client.id)] if client.must_reach else []
        out += [("mandatory", client.id, need.id) for need in client.requirements if need.mandatory]
        out += [("must_attend", client.id, one) for one in client.must_attend or ()]
    return tuple(out)


class Question:
    """One problem as a yes-or-no question about some of its commitments: can they be kept together?"""

    def __init__(self, problem: Problem, about: Iterable[Commitment]) -> None:
        about = tuple(about)
        problem = bare(problem, {one[1] for one in about})
        everybody = frozenset(c.id for c in problem.clients)
        self.model = build(survey(problem), Roster(), Part(free=everybody))
        self.model.cp.clear_objective()  # type: ignore[no-untyped-call]
        self.literals = {one: _literal(self.model, one) for one in about}

    def core(self, wanted: tuple[Commitment, ...]) -> tuple[Commitment, ...] | None:
        """None if all `wanted` can be kept; else some of them that cannot. Raises RuntimeError if nothing is found."""
        cp, names = self.model.cp, {self.literals[one].index: one for one in wanted}
        cp.clear_assumptions()
        cp.add_assumptions([self.literals[one] for one in wanted])
        solver = quiet_solver(Effort(work=WORK))
        solver.parameters.cp_model_presolve = False  # it costs more than the search, and cores then name only literals
        status = solver.solve(cp)
        if status in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            return None
        if status != cp_model.INFEASIBLE:
            raise RuntimeError("undecided")
        named = {names[index] for index in solver.sufficient_assumptions_for_infeasibility() if index in names}
        core = tuple(one for one in wanted if one in named)
        return core or (wanted if wanted and self.core(()) is None else ())


def _literal(model: Model, commitment: Commitment) -> cp_model.IntVar:
    kind, *about = commitment
    literal = model.cp.new_bool_var("")
    if kind == "must_run":
        kept = model.open.get(about[0])
    elif kind == "must_reach":
        kept = model.reached[about[0]]
    elif kind == "must_attend":
        kept = model.x.get((about[0], about[1]))
    else:
        options = [var for appt, var in model.z.items() if (appt.client, appt.requirement) == (about[0], about[1])]
        model.cp.add(summed(options) >= literal)
        return literal
    model.cp.add(literal <= (0 if kept is None else kept))
    return literal
