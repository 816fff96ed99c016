"""The registry: which kinds of work there are. The rooms write them, config/tasks.py lists them."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.utils.module_loading import import_string

from daybridge.jobs.rules import Task
from daybridge.kit.errors import Refused


def find(name: str) -> Task:
    """The kind of work called `name`; Refused when this version knows none."""
    try:
        return settings.JOB_TASKS[name]
    except KeyError:
        raise Refused("This version knows no work called “{name}”.", name=name) from None


def title(name: str) -> str:
    """The words for people; the name itself for work that is no longer known."""
    known = settings.JOB_TASKS.get(name)
    return str(known.title) if known else name


def function(task: Task) -> Callable[[Any], object]:
    """The function that does the work; it is given the job and finds ids in `job.arguments`."""
    return import_string(task.path)
