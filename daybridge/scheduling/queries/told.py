"""What somebody was told of their week in the last days and has not said they have seen."""

from datetime import datetime, timedelta
from typing import Any

from daybridge.scheduling.models import Notice, StaffNotice

MOST = 4
FRESH = timedelta(days=7)


def told_client(*, by: Any, at: datetime) -> tuple[str, ...]:
    """The newest sentences for the client a guest acts for, in the reader's language. One query."""
    return _lines(Notice.objects.filter(episode__client=by.client_id, seen_at=None, at__gte=at - FRESH))


def told_staff(*, by: Any, at: datetime) -> tuple[str, ...]:
    """The newest sentences for a member of staff; they name nobody. One query."""
    return _lines(StaffNotice.objects.filter(staff__user=by.pk, seen_at=None, at__gte=at - FRESH))


def _lines(rows: Any) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one.line for one in rows[:MOST]))
