"""Decide between two consents that say different things about the same recipient."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from daybridge.audit import ledger
from daybridge.consent.actions import within
from daybridge.consent.models import Ruling
from daybridge.consent.rules.words import ConsentState
from daybridge.kit.errors import Refused


@transaction.atomic
def decide_between(*, kept_id: UUID, set_aside_id: UUID, by, at: datetime, why: str = "") -> Ruling:
    """From now on `kept` counts where both apply, until another decision on the two. `by` decided with the client.

    Raises Consent.DoesNotExist out of reach, NotAllowed, or Refused unless both hold and are the same client's.
    Source: CON-25.
    """
    first, second = sorted((kept_id, set_aside_id))  # locked in one order
    pair = {one: within.consent(one, by) for one in (first, second)}
    kept, aside = pair[kept_id], pair[set_aside_id]
    if kept.pk == aside.pk or kept.client_id != aside.client_id:
        raise Refused("Choose between two pages of the same client.")
    if {kept.status, aside.status} != {ConsentState.ACTIVE}:
        raise Refused("One of the two has ended, so there is nothing to decide.")
    ruling = Ruling.objects.create(
        client_id=kept.client_id, kept=kept, set_aside=aside, why=why[:300], at=at, by=by.actor
    )
    ledger.record("consent.decide", ruling, by=by, at=at, kept=str(kept.pk), set_aside=str(aside.pk))
    return ruling
