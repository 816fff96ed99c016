"""What the guard of a cluster writes: its heartbeat, the work a dead cluster held, the work the queue lost."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q
from django_q.models import OrmQ

from daybridge.jobs import runners
from daybridge.jobs.actions.asking import enqueue
from daybridge.jobs.models import Job, Worker
from daybridge.jobs.rules import STUCK_SECONDS, JobState


def beat(*, runner: str, at: datetime) -> None:
    """The cluster lives and is watched over. Without a ledger line: it says nothing about anybody."""
    if not Worker.objects.filter(pk=runner).update(beat_at=at):
        Worker.objects.create(pk=runner, started_at=at, beat_at=at)


@transaction.atomic
def release(*, runner: str, at: datetime) -> int:
    """Free what a dead cluster held, at once; how many jobs it was running.

    Rows that other clusters hold come free as well: those find the job leased and go back to wait.
    """
    held = Job.objects.filter(state=JobState.RUNNING, runner=runner).update(due_at=at)
    OrmQ.objects.filter(lock__gt=at).update(lock=at)
    Worker.objects.filter(pk=runner).delete()
    return held


def release_gone(*, at: datetime) -> None:
    """Free what clusters of this machine held that ended without a word (power, kill -9)."""
    for worker in Worker.objects.all():
        if runners.is_gone(worker.name):
            release(runner=worker.name, at=at)


@transaction.atomic
def sweep(*, at: datetime) -> int:
    """Lay unfinished jobs into the queue again when the queue itself holds nothing (its secret changed, say)."""
    if OrmQ.objects.exists():
        return 0
    lost = Job.objects.filter(state__in=[JobState.QUEUED, JobState.RUNNING], due_at__lt=_long_ago(at))
    for job in lost:
        enqueue(job)
    return len(lost)


def is_stuck(*, runner: str, at: datetime) -> bool:
    """Whether work has waited for a minute while this cluster does none: the sign of a wedge nobody logged."""
    is_busy = Q(state=JobState.RUNNING, runner=runner, due_at__gt=at)
    waits = Q(state=JobState.QUEUED, due_at__lt=_long_ago(at))
    return Job.objects.filter(waits).exists() and not Job.objects.filter(is_busy).exists()


def _long_ago(at: datetime) -> datetime:
    return at - timedelta(seconds=STUCK_SECONDS)
