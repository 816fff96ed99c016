"""On which grounds something may be given out, what the gate would say, and what was given."""

from daybridge.release.queries.agreements import Agreed, agreed
from daybridge.release.queries.answers import Released, Weighed, released, weighed
from daybridge.release.queries.offering import LAW_WORDS, Way, Ways, law_kinds, name_of, ways

__all__ = [
    "LAW_WORDS", "Agreed", "Released", "Way", "Ways", "Weighed", "agreed", "law_kinds", "name_of", "released", "ways",
    "weighed",
]  # fmt: skip
