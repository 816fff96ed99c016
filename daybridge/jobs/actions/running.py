"""What a worker does with one delivery of a job. Deliveries may repeat; the effect does not."""

from django.db import transaction
from django.utils import timezone
from django_q.exceptions import TimeoutException

from daybridge.access.gates import NIGHT_SHIFT
from daybridge.audit import ledger
from daybridge.jobs import runners, tasks
from daybridge.jobs.models import Job
from daybridge.jobs.rules import MOVES, JobState, Start, Style, start, wait
from daybridge.kit.errors import DaybridgeError, Refused
from daybridge.kit.states import check_move


class Again(DaybridgeError):
    """This delivery is not the last one: the queue keeps its row."""


def run(job_id: str) -> None:
    """Do the job's work unless it is done; called by the queue with the id only.

    Attempts are counted before the work, so a job that ends its worker is counted too. Raises Again when the row
    must stay in the queue, never anything of the work's own: a queue stores and logs what it is told.
    """
    job = _begin(job_id)
    if job is None:
        return
    try:
        _work(job)
    except TimeoutException:
        _stumble(job, "TimeoutException", "It took longer than it may.")
        raise  # the queue ends a worker whose job ran too long
    except DaybridgeError as error:
        _again(job, error, str(error))
    except Exception as error:  # the edge of the worker: whatever the work stumbled over is the job's end, not ours
        _again(job, error, "")


@transaction.atomic
def _begin(job_id: str) -> Job | None:
    now = timezone.now()
    job = Job.objects.select_for_update().filter(pk=job_id).first()
    todo = start(JobState(job.state), job.due_at, now) if job else Start.NEVER
    if job is None or todo is Start.NEVER:
        return None
    if todo is Start.LATER:
        raise Again("The job waits for its time.")
    try:
        task = tasks.find(job.task)
    except Refused as error:
        _fail(job, str(error))
        return None
    if job.attempts >= task.attempts:
        _fail(job, f"It was interrupted {job.attempts} times without an end.")
        return None
    _move(job, JobState.RUNNING)
    job.attempts += 1
    job.started_at, job.due_at, job.runner = now, now + task.lease, runners.name()
    job.save()
    return job


def _work(job: Job) -> None:
    task = tasks.find(job.task)
    work = tasks.function(task)
    if task.style is Style.STEPWISE:
        work(job)
        _finish(job)
        return
    with transaction.atomic():
        work(job)
        _finish(job)


@transaction.atomic
def _finish(job: Job) -> None:
    mine = _still_mine(job)
    if mine is None:
        raise Again("Another worker has taken the job over.")  # and a WHOLE job's effect is taken back
    _move(mine, JobState.DONE)
    mine.ended_at, mine.problem = timezone.now(), ""
    mine.save(update_fields=["state", "ended_at", "problem"])


def _still_mine(job: Job) -> Job | None:
    current = Job.objects.select_for_update().get(pk=job.pk)
    return current if (current.state, current.attempts) == (JobState.RUNNING, job.attempts) else None


def _again(job: Job, error: Exception, sentence: str) -> None:
    if not _stumble(job, type(error).__name__, sentence):
        raise Again("The job will be tried again.") from None


@transaction.atomic
def _stumble(job: Job, kind: str, sentence: str) -> bool:
    """Note a stopped attempt; whether it was the last. The error's own words may name people: its class does not."""
    mine = _still_mine(job)
    if mine is None:
        return False
    mine.problem = f"{kind}. {sentence}".strip()[:500]
    if mine.attempts >= tasks.find(job.task).attempts:
        _fail(mine, f"It stopped {mine.attempts} times, the last time with {mine.problem}"[:500])
        return True
    _move(mine, JobState.QUEUED)
    mine.due_at = timezone.now() + wait(mine.attempts)
    mine.save()
    return False


def _fail(job: Job, sentence: str) -> None:
    now = timezone.now()
    _move(job, JobState.FAILED)
    job.ended_at, job.problem = now, sentence
    job.save()
    ledger.record("job.stopped", job, by=NIGHT_SHIFT, at=now, task=job.task, attempts=job.attempts)


def _move(job: Job, to: JobState) -> None:
    check_move(MOVES, JobState(job.state), to)
    job.state = to
