"""Commitments that contradict each other: an irreducible set, and the rule that makes it one."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from daybridge.scheduling.solver.explaining.bare import near
from daybridge.scheduling.solver.explaining.lifting import FAMILIES
from daybridge.scheduling.solver.model import Problem
from daybridge.scheduling.solver.sites import by_site

if TYPE_CHECKING:
    from daybridge.scheduling.solver.explaining.commitments import Commitment


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Commitments that cannot be kept together, though any proper part of them can.

    `causes` are the codes of the families of rules that make it so: without any one of them the set could be kept.
    """

    core: "tuple[Commitment, ...]"
    causes: tuple[str, ...]


def explain_infeasible(problem: Problem) -> Contradiction | None:
    """An irreducible contradiction among the commitments (H23) of the problem, or None if all can be kept.

    The first one found, site by site. Raises RuntimeError if a question stays undecided within its limits.
    """
    from daybridge.scheduling.solver.explaining.commitments import Question, commitments

    for part in by_site(problem):
        everything = commitments(part)
        if not everything:
            continue
        core = Question(part, everything).core(everything)
        if core is not None:
            core = _irreducible(part, core, everything)
            return Contradiction(core, _causes(part, core))
    return None


def _irreducible(
    problem: Problem, core: "tuple[Commitment, ...]", everything: "tuple[Commitment, ...]"
) -> "tuple[Commitment, ...]":
    """Verify the core in a model of its own, then take members away one by one while it stays a contradiction."""
    from daybridge.scheduling.solver.explaining.commitments import Question

    question = Question(problem, core)
    again = question.core(core)
    if again is None:  # the core named too little: start from all
        question, again = Question(problem, everything), everything
    core = again
    for one in again:
        if one in core:
            smaller = question.core(tuple(other for other in core if other != one))
            core = core if smaller is None else smaller
    return core


def _causes(problem: Problem, core: "tuple[Commitment, ...]") -> tuple[str, ...]:
    from daybridge.scheduling.solver.explaining.commitments import Question

    small = near(problem, {row[1] for row in core})
    if Question(small, core).core(core) is not None:
        problem = small
    out = []
    for code, lift in FAMILIES.items():
        lifted = lift(problem)
        if lifted != problem and Question(lifted, core).core(core) is None:
            out.append(code)
    return tuple(out)
