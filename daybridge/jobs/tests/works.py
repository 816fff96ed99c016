"""Kinds of work that tests ask for, and the settings under which a real cluster knows them."""

import os
import time

from django.db import connection

from daybridge.jobs.rules import Style, Task

HERE = "daybridge.jobs.tests.works"
TASKS = {
    "test.effect": Task(f"{HERE}.effect", "Leave a mark", seconds=20),
    "test.slow": Task(f"{HERE}.slow", "Leave a mark slowly", seconds=20),
    "test.trouble": Task(f"{HERE}.trouble", "Stumble", attempts=3),
    "test.steps": Task(f"{HERE}.steps", "Step by step", Style.STEPWISE),
    "test.deadly": Task(f"{HERE}.deadly", "End its worker", Style.STEPWISE, attempts=2),
}


def effect(job) -> None:
    """One more row for this job: twice done would show."""
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO django_session (session_key, session_data, expire_date) VALUES (%s, %s, %s)",
                       [f"{job.id.hex}{time.time_ns() % 10**7:07}", job.key, "2030-01-01"])  # fmt: skip


def slow(job) -> None:
    effect(job)
    time.sleep(0.4)


def trouble(job) -> None:
    effect(job)
    raise ValueError("Rosa Delgado did not fit")


def steps(job) -> None:
    from daybridge.jobs import actions

    actions.progress(job_id=job.id, done=2, total=5)


def deadly(job) -> None:
    os.kill(os.getpid(), 9)
