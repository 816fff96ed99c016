"""Legal holds: somebody asked that nothing be destroyed."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from daybridge.access.gates import require
from daybridge.access.models import Site
from daybridge.access.rules import Permission
from daybridge.audit import ledger
from daybridge.keeping.models import LegalHold
from daybridge.keeping.reach import records_within
from daybridge.keeping.rules import check_reason
from daybridge.kit.errors import BadInput, IllegalMove


@transaction.atomic
def place(*, on: UUID, reason: str, asked_by: str, by, at: datetime) -> LegalHold:
    """Hold one person's record, or everybody's at a site when `on` is the site's id. It counts at once.

    Raises ObjectDoesNotExist out of reach, NotAllowed, BadInput without a reason or without who asked.
    """
    site = Site.objects.filter(pk=on, id__in=by.sites_with(Permission.HOLD_PLACE)).first()
    client = None if site else records_within(by, Permission.HOLD_PLACE).select_for_update(no_key=True).get(pk=on)
    require(by, Permission.HOLD_PLACE, site or client)
    if not asked_by.strip():
        raise BadInput("Say who asked for the hold.")
    hold = LegalHold.objects.create(
        site_id=site.pk if site else client.site_id, client=client, reason=check_reason(reason),
        asked_by=asked_by.strip(), placed_by=by.actor, placed_at=at,
    )  # fmt: skip
    ledger.record("hold.placed", hold, by=by, at=at, scope="site" if site else "client")
    return hold


@transaction.atomic
def lift(*, hold_id: UUID, reason: str, by, at: datetime) -> LegalHold:
    """End a hold. Raises LegalHold.DoesNotExist out of reach, NotAllowed, IllegalMove when it is lifted already."""
    hold = LegalHold.objects.visible_to(by).select_for_update(no_key=True).get(pk=hold_id)
    require(by, Permission.HOLD_PLACE, hold)
    if hold.lifted_at:
        raise IllegalMove("This hold was lifted before.")
    hold.lifted_because, hold.lifted_by, hold.lifted_at = check_reason(reason), by.actor, at
    hold.save(update_fields=["lifted_because", "lifted_by", "lifted_at"])
    ledger.record("hold.lifted", hold, by=by, at=at)
    return hold
