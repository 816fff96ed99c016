"""Nightly work at three in the morning, by the program's clock."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from django.utils import timezone

from daybridge.config.tasks import NIGHTLY_MINUTE, OFTEN
from daybridge.jobs import schedules

HOUR = 3


def keep(zone: str) -> None:
    """Set the schedules of this program; the hour is set anew at each start, so summer time moves it at most once."""
    local = timezone.now().astimezone(ZoneInfo(zone))
    hour = datetime(local.year, local.month, local.day, HOUR, tzinfo=ZoneInfo(zone)).astimezone(UTC).hour
    schedules.often(OFTEN)
    schedules.keep({task: f"{minute} {hour} * * *" for task, minute in NIGHTLY_MINUTE.items()})
