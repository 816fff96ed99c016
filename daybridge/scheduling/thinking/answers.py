"""A question as the job's arguments carry it, and the answer as the cache keeps it: codes and counts."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.core.cache import cache

KEPT_SECONDS = 24 * 3600
KINDS = ("block", "room", "counselor", "admissions", "close", "ideas", "why")


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked of a site's week: `kind` is one of KINDS, `about` what it is about (track, person, number)."""

    site_id: UUID
    first: date
    kind: str
    about: str = ""
    day: int = 0
    minute: int = 0

    def arguments(self) -> list[object]:
        return [self.site_id, self.first, self.kind, self.about, self.day, self.minute]

    @staticmethod
    def of(arguments: list[str]) -> "Question":
        site, first, kind, about, day, minute = arguments
        return Question(UUID(site), date.fromisoformat(first), kind, about, int(day), int(minute))


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of it: figures before and after, ideas, or an explanation, by kind of question."""

    question: Question
    found: dict[str, Any]


def keep(job_id: UUID, answer: Answer) -> None:
    """Keep an answer for a day."""
    rows = [str(one) for one in answer.question.arguments()]
    cache.set(_key(job_id), {"question": rows, "found": answer.found}, KEPT_SECONDS)


def kept(job_id: UUID) -> Answer | None:
    """The answer to a job's question; None while there is none, or none any more."""
    row = cache.get(_key(job_id))
    return Answer(Question.of(row["question"]), row["found"]) if row else None


def _key(job_id: UUID) -> str:
    return f"scheduling.thinking.{job_id}"
