"""A site's whole week as the solver's Problem, and the way back from its Schedule. Reads, never writes.

Day 0 of the problem is the first day of the program week. Ids are our own as text; no name goes in.
"""

from daybridge.scheduling.problem.choice import Choice
from daybridge.scheduling.problem.posed import Posed, instant, site_problem, windows_of

__all__ = ["Choice", "Posed", "instant", "site_problem", "windows_of"]
