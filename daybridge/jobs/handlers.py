"""The queue's two questions, answered our way: how long a delivery is held, and when it comes back."""

import logging
from datetime import timedelta
from typing import Any

from django.db import Error
from django.utils import timezone
from django_q.models import OrmQ

from daybridge.jobs import tasks
from daybridge.jobs.actions.asking import RUN
from daybridge.jobs.models import Job
from daybridge.kit.errors import Refused

LOG = logging.getLogger(__name__)


def hold(task: dict[str, Any], **_: object) -> None:
    """Before the work: hold the row for as long as this kind of work may take."""
    if task.get("func") != RUN:
        return
    try:
        kind = Job.objects.values_list("task", flat=True).get(pk=task["args"][0])
        _lock(task, timezone.now() + tasks.find(kind).lease)
    except (Job.DoesNotExist, Refused):
        return  # the run itself says what to do with it
    except Error:  # must not end the worker: the queue's own, longer hold stands
        LOG.warning("the lease of a job could not be set")


def come_back(task: dict[str, Any], **_: object) -> None:
    """After a delivery that was not the last: the row comes back when the job is due."""
    if task.get("func") != RUN or task.get("success"):
        return
    try:
        due = Job.objects.values_list("due_at", flat=True).filter(pk=task["args"][0]).first()
        _lock(task, max(due or timezone.now(), timezone.now() + timedelta(seconds=1)))
    except Error:
        LOG.warning("the next try of a job could not be set")


def _lock(task: dict[str, Any], until: Any) -> None:
    OrmQ.objects.filter(pk=task.get("ack_id")).update(lock=until)
