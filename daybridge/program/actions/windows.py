"""The only writers of the windows of the week."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from daybridge.access.gates import require
from daybridge.access.rules import Permission
from daybridge.audit import ledger
from daybridge.kit.errors import Refused
from daybridge.program import rules
from daybridge.program.actions.finding import site_within
from daybridge.program.models import Window


@transaction.atomic
def found_window(*, site_id: UUID, window: rules.NewWindow, by: Any, at: datetime) -> Window:
    """Set up a weekly window. Raises Site.DoesNotExist, NotAllowed, Refused for nonsense or one over another."""
    site = site_within(site_id, by)
    require(by, Permission.PROGRAM_WRITE, site)
    if window.kind not in set(rules.WindowKind):
        raise Refused("There is no such kind of window.")
    if not (0 <= window.weekday <= 6 and 0 <= window.start_minute < window.end_minute <= 1440):
        raise Refused("The end comes before the beginning.")
    if window.capacity < 1:
        raise Refused("A window takes at least one person.")
    same_day = Window.objects.filter(site=site, kind=window.kind, weekday=window.weekday)
    if same_day.filter(start_minute__lt=window.end_minute, end_minute__gt=window.start_minute).exists():
        raise Refused("There is such a window at that time already.")
    made = Window.objects.create(
        site=site, kind=window.kind, weekday=window.weekday, start_minute=window.start_minute,
        end_minute=window.end_minute, capacity=window.capacity,
    )  # fmt: skip
    ledger.record("program.window", made, by=by, at=at, kind=window.kind, weekday=window.weekday)
    return made


@transaction.atomic
def end_window(*, window_id: UUID, by: Any, at: datetime) -> None:
    """Offer a weekly window no longer. Raises Window.DoesNotExist out of reach, NotAllowed."""
    found = Window.objects.visible_to(by).select_for_update(no_key=True).get(pk=window_id)
    require(by, Permission.PROGRAM_WRITE, found)
    ledger.record("program.end", found, by=by, at=at, kind=found.kind, weekday=found.weekday)
    found.delete()
