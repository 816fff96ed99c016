"""Days off, rooms out of use, weekly windows. Sessions laid already stay: the week calls them off."""

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
from daybridge.program.models import Closure, Room, RoomClosure


@transaction.atomic
def close_days(*, site_id: UUID, closure: rules.NewClosure, by: Any, at: datetime) -> Closure:
    """Close a site on some days. Site.DoesNotExist, NotAllowed; Refused for days in disorder or closed already."""
    site = site_within(site_id, by)
    require(by, Permission.PROGRAM_WRITE, site)
    if closure.last < closure.first:
        raise Refused("The last day comes before the first.")
    if Closure.objects.filter(site=site, first__lte=closure.last, last__gte=closure.first).exists():
        raise Refused("Some of these days are closed already.")
    made = Closure.objects.create(
        site=site, first=closure.first, last=closure.last, why=closure.why, holiday=closure.holiday
    )
    ledger.record("program.closure", made, by=by, at=at, first=closure.first, last=closure.last)
    return made


@transaction.atomic
def keep_holidays(*, site_id: UUID, year: int, by: Any, at: datetime) -> int:
    """Close a site on every federal holiday of a year not closed yet; how many. Site.DoesNotExist, NotAllowed."""
    site = site_within(site_id, by)
    require(by, Permission.PROGRAM_WRITE, site)
    made = 0
    for one in rules.holidays(year):
        if not Closure.objects.filter(site=site, first__lte=one.kept, last__gte=one.kept).exists():
            closure = rules.NewClosure(one.kept, one.kept, one.name, one.key)
            close_days(site_id=site_id, closure=closure, by=by, at=at)
            made += 1
    return made


@transaction.atomic
def open_days(*, closure_id: UUID, by: Any, at: datetime) -> None:
    """Open a site again on days that were to be closed. Raises Closure.DoesNotExist out of reach, NotAllowed."""
    found = Closure.objects.visible_to(by).select_for_update(no_key=True).get(pk=closure_id)
    require(by, Permission.PROGRAM_WRITE, found)
    ledger.record("program.reopen", found, by=by, at=at, first=found.first, last=found.last)
    found.delete()


@transaction.atomic
def close_room_for(*, room_id: UUID, closure: rules.NewRoomClosure, by: Any, at: datetime) -> RoomClosure:
    """Take a room out of use for a while. Raises Room.DoesNotExist out of reach, NotAllowed, Refused for no time."""
    room = Room.objects.visible_to(by).get(pk=room_id)
    require(by, Permission.PROGRAM_WRITE, room)
    if closure.ends_at <= closure.starts_at:
        raise Refused("The end comes before the beginning.")
    made = RoomClosure.objects.create(
        room=room, starts_at=closure.starts_at, ends_at=closure.ends_at, why=closure.why
    )  # fmt: skip
    ledger.record("program.closure", made, by=by, at=at, room=room.id)
    return made


@transaction.atomic
def open_room_again(*, closure_id: UUID, by: Any, at: datetime) -> None:
    """Take back that a room is out of use. Raises RoomClosure.DoesNotExist out of reach, NotAllowed."""
    reach = RoomClosure.objects.filter(room__in=Room.objects.visible_to(by))
    found = reach.select_for_update(of=("self",), no_key=True).select_related("room__site").get(pk=closure_id)
    require(by, Permission.PROGRAM_WRITE, found.room)
    ledger.record("program.reopen", found, by=by, at=at, room=found.room_id)
    found.delete()
