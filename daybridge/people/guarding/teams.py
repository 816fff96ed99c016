"""Who cares for a client: join the team, for good or to cover for a colleague; leave it."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from daybridge.access import reach
from daybridge.access.gates import require
from daybridge.access.rules import Permission
from daybridge.audit import ledger
from daybridge.kit.errors import Refused
from daybridge.people import actions, rules
from daybridge.people.models import CareTeamMember, Client


@dataclass(frozen=True, slots=True)
class Joining:
    """Who joins as what; `until` is the first day it no longer holds, needed for whoever only covers."""

    staff_id: UUID
    role: str
    until: date | None = None


@transaction.atomic
def join_team(*, client_id: UUID, joining: Joining, by, at: datetime) -> CareTeamMember:
    """Put a colleague on the care team; they reach the client from now on, until `joining.until` if given.

    Raises Client.DoesNotExist or Staff.DoesNotExist out of reach, NotAllowed, Refused for days that make no sense.
    """
    rules.check_cover(joining.role, joining.until, actions.local_day(client_id=client_id, by=by, at=at))
    member = actions.assign(client_id=client_id, staff_id=joining.staff_id, role=joining.role, by=by, at=at)
    if joining.until != member.until:
        member.until = joining.until
        member.save(update_fields=["until"])
        ledger.record("team.until", member, by=by, at=at, until=joining.until)
    reach.forget()
    return member


@transaction.atomic
def leave_team(*, client_id: UUID, member_id: UUID, by, at: datetime) -> CareTeamMember:
    """End somebody's place on the care team today. Raises DoesNotExist out of reach, NotAllowed, Refused when over."""
    client = Client.objects.visible_to(by).select_related("site").get(pk=client_id)
    require(by, Permission.TEAM_MANAGE, client)
    member = client.care_team.select_for_update(no_key=True).get(pk=member_id)
    today = actions.local_day(client_id=client_id, by=by, at=at)
    if member.until and member.until <= today:
        raise Refused("This place on the team ended before.")
    member.until = today
    member.save(update_fields=["until"])
    ledger.record("team.leave", member, by=by, at=at, staff=member.staff_id)
    reach.forget()
    return member
