"""What the pages of a question hold: what may be asked, and its answer."""

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from daybridge.jobs.queries import JobRow
from daybridge.scheduling.thinking.answers import Question


@dataclass(frozen=True, slots=True)
class Asking:
    """What may be asked of a site: its tracks and counselors, and all sites within reach."""

    site_id: UUID
    sites: tuple[tuple[UUID, str], ...]
    tracks: tuple[tuple[str, str], ...]
    counselors: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Outcome:
    """How far a question is, and its answer: a verdict with figures, ideas with what they bring, reasons."""

    job: JobRow
    question: Question | None = None
    title: str = ""
    verdict: str = ""
    rows: tuple[dict[str, Any], ...] = ()
    ideas: tuple[tuple[str, str], ...] = ()
    reasons: tuple[str, ...] = ()
    client: tuple[UUID, str] | None = field(default=None)

    @property
    def is_answered(self) -> bool:
        return self.question is not None

    @property
    def found_nothing(self) -> bool:
        """Whether ideas were asked for and there are none."""
        return self.question is not None and self.question.kind == "ideas" and not self.ideas
