"""Somebody else leads a session: whoever is named is judged once more, the people and both leads are told."""

from datetime import datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import transaction

from daybridge.access.gates import require
from daybridge.access.models import Site
from daybridge.access.rules import Permission
from daybridge.kit.errors import Refused
from daybridge.kit.periods import week_start
from daybridge.scheduling.actions.applying import apply
from daybridge.scheduling.actions.placing import locked_week
from daybridge.scheduling.actions.telling import tell_changes
from daybridge.scheduling.models import Session
from daybridge.scheduling.plan import Place, Plan
from daybridge.scheduling.standing_in import able_for


@transaction.atomic
def stand_in(*, session_id: UUID, staff_id: UUID, by: Any, at: datetime) -> Session:
    """Have `staff_id` lead a session that has not begun.

    Raises Session.DoesNotExist out of reach, NotAllowed, Refused when they may not lead it, do not work then, are away
    or lead something else. Source: people.rules.may_stand_in.
    """
    session = Session.objects.visible_to(by).select_related("site").get(pk=session_id)
    Site.objects.select_for_update(no_key=True).get(pk=session.site_id)
    require(by, Permission.WEEK_PLACE, session)
    day = session.starts_at.astimezone(ZoneInfo(session.site.timezone)).date()
    week = locked_week(session.site_id, week_start(day, session.site.first_weekday))
    held = week.sessions.get(session.id)
    if held is None or staff_id not in {one.staff_id for one in able_for(week, held)}:
        raise Refused("This person cannot lead the session then.")
    place = Place(held.starts_at, held.ends_at, held.room_id, staff_id)
    done = apply(week, Plan(places={held.id: place}), by=by, at=at)
    tell_changes(week, done, at=at)
    return held
