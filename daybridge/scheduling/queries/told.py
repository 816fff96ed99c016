"""What somebody was told of their week and has not said they have seen."""

from typing import Any

from daybridge.scheduling.models import Notice, StaffNotice

MOST = 4


def told_client(*, by: Any) -> tuple[str, ...]:
    """The newest sentences for the client a guest acts for, in the reader's language. One query."""
    return _lines(Notice.objects.filter(episode__client=by.client_id, seen_at=None))


def told_staff(*, by: Any) -> tuple[str, ...]:
    """The newest sentences for a member of staff; they name nobody. One query."""
    return _lines(StaffNotice.objects.filter(staff__user=by.pk, seen_at=None))


def _lines(rows: Any) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one.line for one in rows[:MOST]))
