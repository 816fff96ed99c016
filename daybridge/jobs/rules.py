"""What a job may become, when it is tried again, and what kinds of work there are. Pure."""

from collections.abc import Mapping, Set
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

LONGEST_WAIT_SECONDS = 3600
LEASE_MARGIN_SECONDS = 30
STUCK_SECONDS = 60
ALIVE_SECONDS = 60


class JobState(StrEnum):
    """Where a job stands."""

    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


MOVES: Mapping[JobState, Set[JobState]] = {
    JobState.QUEUED: {JobState.RUNNING, JobState.FAILED},
    JobState.RUNNING: {JobState.RUNNING, JobState.QUEUED, JobState.DONE, JobState.FAILED},  # again: its worker was lost
    JobState.DONE: set(),
    JobState.FAILED: {JobState.QUEUED},
}
FINISHED = frozenset({JobState.DONE, JobState.FAILED})


class Style(StrEnum):
    """WHOLE: effect and done-mark in one short transaction. STEPWISE: long work, which guards its own effects."""

    WHOLE = "whole"
    STEPWISE = "stepwise"


@dataclass(frozen=True, slots=True)
class Task:
    """A kind of work: `path` is a function of the job, `seconds` the longest one run may take."""

    path: str
    title: object
    style: Style = Style.WHOLE
    seconds: int = 300
    attempts: int = 5

    @property
    def lease(self) -> timedelta:
        """How long a run holds its job: past it, the worker is taken for lost."""
        return timedelta(seconds=self.seconds + LEASE_MARGIN_SECONDS)


class Start(StrEnum):
    """Whether a delivery of a job begins the work."""

    GO = "go"
    LATER = "later"
    NEVER = "never"


def start(state: JobState, due_at: datetime, now: datetime) -> Start:
    """NEVER for a finished job; LATER while it waits for another try or somebody else's lease on it holds."""
    if state in FINISHED:
        return Start.NEVER
    return Start.LATER if due_at > now else Start.GO


def wait(attempts: int) -> timedelta:
    """The pause after the n-th attempt: 2, 4, 8 seconds, at most an hour."""
    return timedelta(seconds=min(2**attempts, LONGEST_WAIT_SECONDS))
