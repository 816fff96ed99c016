"""What comes round by itself: the queue's scheduler asks for a job under the day's key."""

from datetime import datetime

from croniter import croniter
from django.utils import timezone
from django_q.models import Schedule

from daybridge.access.gates import NIGHT_SHIFT
from daybridge.jobs import actions

NIGHTLY = "daybridge.jobs.schedules.nightly"


def nightly(task: str) -> None:
    """Ask for today's run of `task`; however often the schedule fires, once a day."""
    now = timezone.now()
    actions.ask(task=task, key=f"{task}:{now:%Y-%m-%d}", arguments=[], by=NIGHT_SHIFT, at=now)


def often(cron_by_work: dict[str, str]) -> None:
    """Have functions called at their times (cron expressions in UTC), without a job each: they guard themselves."""
    for path, cron in cron_by_work.items():
        if Schedule.objects.filter(name=path, func=path, cron=cron).exists():
            continue
        plan = {"func": path, "schedule_type": Schedule.CRON, "cron": cron}
        plan["next_run"] = croniter(cron, timezone.now()).get_next(datetime)
        Schedule.objects.update_or_create(name=path, defaults=plan)


def keep(cron_by_task: dict[str, str]) -> None:
    """Make the nightly schedules be these (cron expressions in UTC); doing it again changes nothing."""
    for task, cron in cron_by_task.items():
        if Schedule.objects.filter(name=task, cron=cron).exists():
            continue
        plan = {"func": NIGHTLY, "args": repr(task), "schedule_type": Schedule.CRON, "cron": cron}
        plan["next_run"] = croniter(cron, timezone.now()).get_next(datetime)
        Schedule.objects.update_or_create(name=task, defaults=plan)
    Schedule.objects.filter(func=NIGHTLY).exclude(name__in=cron_by_task).delete()
