"""Thinking a change of the program through, and why somebody's hours are short: asked here, worked out by a worker.

Answers are counts and codes kept in the cache for a day; nothing is written to the record.
"""

from daybridge.scheduling.thinking.answers import Answer, Question, kept

__all__ = ["Answer", "Question", "kept"]
