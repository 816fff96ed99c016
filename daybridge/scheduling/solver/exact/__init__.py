"""The exact model of a part of a week: some clients free, everything else as it is. Loads OR-Tools: import it late."""

from daybridge.scheduling.solver.exact.parts import Part
from daybridge.scheduling.solver.exact.solving import Answer, Effort, build, read, solve_part

__all__ = ["Answer", "Effort", "Part", "build", "read", "solve_part"]
