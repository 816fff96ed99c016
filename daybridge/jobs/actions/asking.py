"""A job is asked for in the transaction of the act that needs it: what is rolled back leaves none."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django_q.tasks import async_task

from daybridge.access.gates import require
from daybridge.access.rules import Permission
from daybridge.audit import ledger
from daybridge.jobs import tasks
from daybridge.jobs.models import Job
from daybridge.jobs.rules import JobState
from daybridge.kit.errors import IllegalMove

RUN = "daybridge.jobs.actions.running.run"


@transaction.atomic
def ask(*, task: str, key: str, arguments: list[object], by: ledger.Actor, at: datetime) -> Job:
    """Have the work `task` done once under `key`; the same key again answers with the job there is.

    `arguments` are ids only: they lie open in the queue. Whoever calls has required its own permission.
    Raises Refused for a task nobody listed in config/tasks.py.
    """
    tasks.find(task)
    asked = {"task": task, "arguments": [str(one) for one in arguments], "asked_by": by.actor}
    job, is_new = Job.objects.get_or_create(key=key, defaults={**asked, "asked_at": at, "due_at": at})
    if is_new:
        enqueue(job)
        ledger.record("job.asked", job, by=by, at=at, task=task)
    return job


def enqueue(job: Job) -> None:
    """Lay the job's id into the queue; a row of the caller's transaction."""
    async_task(RUN, str(job.id), group=job.task, save=False, timeout=tasks.find(job.task).seconds)


def progress(*, job_id: UUID, done: int, total: int) -> None:
    """Say how far a STEPWISE job is. Without a ledger line: it changes nothing but a bar."""
    Job.objects.filter(pk=job_id).update(done=done, total=total)


@transaction.atomic
def restart(*, job_id: UUID, by: ledger.Actor, at: datetime) -> Job:
    """Queue a job that stopped for good once more, with all its attempts.

    Raises Job.DoesNotExist, NotAllowed, IllegalMove for a job that did not stop, Refused for unknown work.
    """
    require(by, Permission.JOBS_SEE)
    job = Job.objects.select_for_update().get(pk=job_id)
    if job.state != JobState.FAILED:
        raise IllegalMove("Only work that stopped can be started again.")
    job.state, job.attempts, job.problem = JobState.QUEUED, 0, ""
    job.due_at, job.ended_at, job.done, job.runner = at, None, 0, ""
    job.save()
    enqueue(job)
    ledger.record("job.restarted", job, by=by, at=at, task=job.task)
    return job
