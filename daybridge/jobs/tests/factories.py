"""Jobs for tests."""

from daybridge.jobs.models import Job


def job(now, **fields) -> Job:
    given = {"key": f"key-{Job.objects.count()}", "task": "test.effect", "asked_by": "system:test"}
    return Job.objects.create(**given | {"asked_at": now, "due_at": now} | fields)
