"""The levels of care, least intensive first. Names only; no licensed text."""

LEVELS = ("1.5", "1.7", "2.1", "2.5", "2.7", "3.1", "3.5", "3.7", "4", "emergency")
_RANK = {level: n for n, level in enumerate(LEVELS)}


def rank(level: str) -> int:
    """The place of a level in LEVELS; higher is more intensive. KeyError for an unknown level."""
    return _RANK[level]


def is_outpatient(level: str) -> bool:
    """Whether the person lives at home at this level."""
    return rank(level) < rank("3.1")
