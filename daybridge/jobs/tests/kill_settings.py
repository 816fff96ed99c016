"""The real settings, and the tests' kinds of work."""

from daybridge.config.settings import *  # noqa: F403
from daybridge.jobs.tests.works import TASKS

JOB_TASKS = {**JOB_TASKS, **TASKS}  # noqa: F405
