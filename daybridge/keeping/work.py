"""The jobs of the room: a purge, which goes on after any interruption where it stopped; the nightly sweep."""

from uuid import UUID

from django.utils import timezone

from daybridge.jobs import actions as jobs
from daybridge.jobs.models import Job
from daybridge.keeping import actions, erasing, queries


def purge(job: Job) -> None:
    """Every waiting record in its own transaction, then the certificate."""
    purge_id = UUID(job.arguments[0])
    decided, waiting = queries.progress(purge_id=purge_id)
    for done, item_id in enumerate(waiting, start=decided + 1):
        actions.purge_one(item_id=item_id, at=timezone.now())
        jobs.progress(job_id=job.id, done=done, total=decided + len(waiting))
    actions.certify(purge_id=purge_id, at=timezone.now())
    erasing.settle()


def sweep(job: Job) -> None:
    """Working papers past their time."""
    actions.sweep(job=job, at=timezone.now())
