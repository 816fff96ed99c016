"""Who is away and when, and who was named to step in."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from daybridge.access.gates import require
from daybridge.access.rules import Permission
from daybridge.audit import ledger
from daybridge.kit.errors import NotAllowed, Refused
from daybridge.people import rules
from daybridge.people.actions.posts import staff_to_run
from daybridge.people.models import Leave, Staff, StandIn

MAY_SAY = (Permission.PROGRAM_WRITE, Permission.WEEK_PLACE)


@transaction.atomic
def say_leave(*, staff_id: UUID, starts_at: datetime, ends_at: datetime, kind: str, by, at: datetime) -> Leave:
    """Say that somebody is away; said twice it is one leave. Nothing is laid or placed with them in that time.

    People say it of themselves; of others who runs the program or places weeks. Raises Staff.DoesNotExist out of
    reach, NotAllowed, Refused for an end before the beginning. Source: rules.check_leave.
    """
    staff = _within(staff_id, by)
    rules.check_leave(kind, starts_at, ends_at)
    same = Leave.objects.filter(staff=staff, starts_at=starts_at, ends_at=ends_at, taken_back_at=None).first()
    if same:
        return same
    leave = Leave.objects.create(
        staff=staff, starts_at=starts_at, ends_at=ends_at, kind=kind, said_at=at, said_by=by
    )  # fmt: skip
    ledger.record("staff.leave", leave, by=by, at=at, staff=staff.id, starts_at=starts_at, ends_at=ends_at)
    return leave


@transaction.atomic
def take_back_leave(*, staff_id: UUID, leave_id: UUID, by, at: datetime) -> Leave:
    """Say that somebody is there after all. Raises as `say_leave`, and Leave.DoesNotExist for one taken back before."""
    leave = _within(staff_id, by).leaves.get(pk=leave_id, taken_back_at=None)
    leave.taken_back_at = at
    leave.save(update_fields=["taken_back_at"])
    ledger.record("staff.leave-back", leave, by=by, at=at, staff=leave.staff_id)
    return leave


def _within(staff_id: UUID, by) -> Staff:
    sites = frozenset[UUID]().union(*(by.sites_with(one) for one in MAY_SAY))
    staff = Staff.objects.filter(Q(site__in=sites) | Q(user=by.pk)).select_for_update(no_key=True).get(pk=staff_id)
    if staff.user_id != by.pk and staff.site_id not in sites:
        raise NotAllowed("You do not have the permission for this.")
    if staff.user_id == by.pk:
        require(by, Permission.OWN_ACCOUNT)
    return staff


@transaction.atomic
def name_stand_in(*, staff_id: UUID, stands_in_for_id: UUID, by, at: datetime) -> StandIn:
    """Name somebody of the same site who steps in for a colleague. Raises as `supervise`."""
    absent = staff_to_run(stands_in_for_id, by)
    one = Staff.objects.get(pk=staff_id, site_id=absent.site_id)
    if one == absent:
        raise Refused("Nobody can stand in for themselves.")
    row, made = StandIn.objects.get_or_create(staff=one, stands_in_for=absent)
    if made:
        ledger.record("staff.stand-in", row, by=by, at=at, staff=one.id, stands_in_for=absent.id)
    return row


@transaction.atomic
def unname_stand_in(*, staff_id: UUID, stands_in_for_id: UUID, by, at: datetime) -> None:
    """Take a named stand-in back. Raises as `name_stand_in`, and StandIn.DoesNotExist where nobody was named."""
    absent = staff_to_run(stands_in_for_id, by)
    row = StandIn.objects.get(staff=staff_id, stands_in_for=absent)
    ledger.record("staff.stand-in-end", row, by=by, at=at, staff=row.staff_id, stands_in_for=absent.id)
    row.delete()
