"""Background work as people see it: what, how far, how it ended. The queue itself is django-q2's."""

from django.db import models
from django.db.models import Q

from daybridge.jobs.rules import JobState
from daybridge.kit.ids import new_id


class Job(models.Model):
    """One piece of work under its idempotency key: done once, however often it is started."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    key = models.CharField(max_length=200, unique=True)
    task = models.CharField(max_length=60)
    arguments = models.JSONField(default=list)
    state = models.CharField(max_length=10, default=JobState.QUEUED)
    attempts = models.PositiveSmallIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    problem = models.CharField(max_length=500, blank=True)
    runner = models.CharField(max_length=100, blank=True)  # which cluster runs it; that one's death frees it
    asked_by = models.CharField(max_length=60)
    asked_at = models.DateTimeField()
    due_at = models.DateTimeField()  # not before: the next try, or the end of the running one's lease
    started_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-asked_at",)
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["queued", "running", "done", "failed"]), name="jobs_job_state_known"
            )
        ]
        indexes = [models.Index(fields=["state", "asked_at"], name="jobs_job_by_state")]

    def __str__(self) -> str:
        return f"{self.task} {self.state}"


class Worker(models.Model):
    """A cluster of workers that is being watched over; its row goes when it does."""

    name = models.CharField(max_length=100, primary_key=True)
    started_at = models.DateTimeField()
    beat_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name
