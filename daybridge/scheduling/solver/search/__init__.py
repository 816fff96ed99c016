"""Large neighbourhood search: free a few clients, solve their part exactly, keep what is not worse. Loads OR-Tools."""

from daybridge.scheduling.solver.search.improve import Search, improve

__all__ = ["Search", "improve"]
