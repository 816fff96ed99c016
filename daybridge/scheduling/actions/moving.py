"""Move one session: dragged, by keyboard or by form, the same act."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from daybridge.access import rowlock
from daybridge.access.gates import require
from daybridge.access.models import Site, User
from daybridge.access.rules import Permission
from daybridge.kit.errors import Refused
from daybridge.kit.periods import week_start
from daybridge.scheduling import weeks
from daybridge.scheduling.actions.placing import locked_week
from daybridge.scheduling.actions.publishing import put_in_force
from daybridge.scheduling.models import Session, WeekDraft
from daybridge.scheduling.moving import Where, judge, place_of
from daybridge.scheduling.plan import Plan


@transaction.atomic
def move_session(*, session_id: UUID, to: Where, by: Any, at: datetime) -> WeekDraft:
    """Give a session another time, length, room or lead within its week, and tell everybody it touches.

    What comes back can be taken back with undo(). Raises Session.DoesNotExist out of reach, NotAllowed, Refused with
    every reason against it: room, lead, clients, hours, credential, closures.
    """
    found = Session.objects.visible_to(by).select_related("site").get(pk=session_id)
    require(by, Permission.WEEK_PLACE, found)
    site = Site.objects.select_for_update(no_key=True).get(pk=found.site_id)
    first = week_start(found.starts_at.astimezone(weeks.zone_of(site)).date(), site.first_weekday)
    week = locked_week(site.id, first)
    if session_id not in week.sessions:
        raise Refused("This session was called off.")
    with rowlock.as_system("a move is judged by everybody booked"):
        against = judge(week, week.sessions[session_id], to, at)
    if not against.ok:
        raise Refused(" ".join(one.text for one in against.findings))
    draft = WeekDraft.objects.create(
        site=site, first=first, kind="move", state="open", based_on=week.fingerprint(),
        asked_by=by if isinstance(by, User) else None, asked_at=at, event={"kind": "move", "session": str(session_id)},
    )  # fmt: skip
    plan = Plan(places={session_id: place_of(week, to)})
    draft.plan = plan.sessions_json()
    return put_in_force(draft, week, plan, by=by, at=at)
