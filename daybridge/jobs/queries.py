"""What the jobs page and the progress piece show."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.core.exceptions import ObjectDoesNotExist
from django_q.models import Schedule

from daybridge.access.gates import may, require
from daybridge.access.rules import Permission
from daybridge.audit.ledger import Actor
from daybridge.jobs import schedules, tasks
from daybridge.jobs.models import Job, Worker
from daybridge.jobs.rules import ALIVE_SECONDS, FINISHED, JobState

SHOWN = 20


@dataclass(frozen=True, slots=True)
class JobRow:
    """One job for a page. `of` is 0 while nobody knows how much there is to do."""

    id: UUID
    title: str
    state: str
    done: int
    of: int
    attempts: int
    problem: str
    asked_at: datetime
    ended_at: datetime | None

    @property
    def is_finished(self) -> bool:
        return self.state in FINISHED

    @property
    def has_stopped(self) -> bool:
        return self.state == JobState.FAILED


@dataclass(frozen=True, slots=True)
class WorkerRow:
    """One cluster of workers and when it was last heard."""

    name: str
    beat_at: datetime
    is_alive: bool


@dataclass(frozen=True, slots=True)
class ScheduleRow:
    """Work that comes round by itself."""

    title: str
    next_run: datetime | None


@dataclass(frozen=True, slots=True)
class Overview:
    """The jobs page: each list newest first, at most SHOWN long; the counts are of all."""

    running: tuple[JobRow, ...]
    waiting: tuple[JobRow, ...]
    stopped: tuple[JobRow, ...]
    ended: tuple[JobRow, ...]
    waiting_count: int
    workers: tuple[WorkerRow, ...]
    schedules: tuple[ScheduleRow, ...]

    @property
    def is_worked(self) -> bool:
        return any(worker.is_alive for worker in self.workers)


def overview(*, by: Actor, at: datetime) -> Overview:
    """Everything an administrator sees of the background work. Raises NotAllowed."""
    require(by, Permission.JOBS_SEE)
    waiting = Job.objects.filter(state=JobState.QUEUED)
    return Overview(
        running=_rows(Job.objects.filter(state=JobState.RUNNING)),
        waiting=_rows(waiting),
        stopped=_rows(Job.objects.filter(state=JobState.FAILED)),
        ended=_rows(Job.objects.filter(state=JobState.DONE).order_by("-ended_at")),
        waiting_count=waiting.count(),
        workers=workers(at=at),
        schedules=tuple(
            ScheduleRow(tasks.title(row.name), row.next_run)
            for row in Schedule.objects.filter(func=schedules.NIGHTLY).order_by("next_run", "name")
        ),
    )


def workers(*, at: datetime) -> tuple[WorkerRow, ...]:
    """Every cluster that has not said good-bye; alive when heard within a minute. Knows no client."""
    since = at - timedelta(seconds=ALIVE_SECONDS)
    return tuple(WorkerRow(row.name, row.beat_at, row.beat_at >= since) for row in Worker.objects.order_by("name"))


def progress(*, job_id: UUID, by: Actor) -> JobRow:
    """One job, for whoever asked for it or may see all; ObjectDoesNotExist for everybody else."""
    job = Job.objects.get(pk=job_id)
    if job.asked_by != by.actor and not may(by, Permission.JOBS_SEE):
        raise ObjectDoesNotExist
    return row(job=job)


def row(*, job: Job) -> JobRow:
    """A job as `jobs/_progress.html` wants it."""
    return JobRow(
        job.id, tasks.title(job.task), job.state, job.done, job.total, job.attempts,
        job.problem, job.asked_at, job.ended_at,
    )  # fmt: skip


def _rows(jobs) -> tuple[JobRow, ...]:
    return tuple(row(job=job) for job in jobs[:SHOWN])
