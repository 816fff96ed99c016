"""The only writers of who supervises whom."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from daybridge.audit import ledger
from daybridge.kit.errors import Refused
from daybridge.people import rules
from daybridge.people.actions.posts import staff_to_run
from daybridge.people.models import Staff


@transaction.atomic
def supervise(*, staff_id: UUID, supervisor_id: UUID | None, by, at: datetime) -> Staff:
    """Say who supervises a member of staff; None: nobody has to.

    Raises Staff.DoesNotExist out of reach or for somebody of another site, NotAllowed, Refused for a circle, a
    supervisor without a credential in force.
    """
    staff = staff_to_run(staff_id, by)
    above = Staff.objects.get(pk=supervisor_id, site_id=staff.site_id) if supervisor_id else None
    if above:
        rules.check_supervisor(staff.pk, _chain(above))
        if not rules.in_force(above.held, rules.day_at(staff.site.timezone, at)):
            raise Refused("Who supervises needs a credential that is in force.")
    staff.supervisor = above
    staff.save(update_fields=["supervisor"])
    ledger.record("staff.supervise", staff, by=by, at=at, supervisor=supervisor_id)
    return staff


def _chain(staff: Staff | None) -> list[UUID]:
    """Somebody, who supervises them, and so on up."""
    chain: list[UUID] = []
    while staff is not None and staff.pk not in chain:
        chain.append(staff.pk)
        staff = staff.supervisor
    return chain
