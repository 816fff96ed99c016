"""Keep back what the program agreed to keep back (42 CFR 2.26): agree to a restriction, end one."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from daybridge.access.gates import require
from daybridge.access.rules import Permission
from daybridge.audit import ledger
from daybridge.consent.models import Restriction
from daybridge.consent.rules import facts
from daybridge.kit.errors import Refused
from daybridge.people import reach
from daybridge.people.models import Client


@transaction.atomic
def agree(*, client_id: UUID, limits: facts.Restriction, why: str, by, at: datetime) -> Restriction:
    """From now on what `limits` names stays here: its kinds, recipient and purposes; nothing named means all.

    Raises Client.DoesNotExist out of reach, NotAllowed. Source: CON-26; 42 CFR 2.26; 45 CFR 164.522(a).
    """
    within = Client.objects.filter(reach.clients_within(by, Permission.REQUEST_WORK))
    client = within.select_for_update(no_key=True).get(pk=client_id)
    require(by, Permission.REQUEST_WORK, client)
    restriction = Restriction.objects.create(
        client=client, kinds=list(limits.kinds), purposes=list(limits.purposes), recipient_type=limits.recipient.type,
        recipient_name=limits.recipient.name[:200], recipient_relation=limits.recipient.relation[:60],
        why=why[:300], agreed_at=at, by=by.actor,
    )  # fmt: skip
    ledger.record("restriction.agree", restriction, by=by, at=at, kinds=restriction.kinds)
    return restriction


@transaction.atomic
def end(*, restriction_id: UUID, by, at: datetime) -> Restriction:
    """The person, or the program with a written word to the person, ends a restriction.

    Raises Restriction.DoesNotExist out of reach, NotAllowed, Refused when it ended already.
    """
    within = Restriction.objects.filter(reach.clients_within(by, Permission.REQUEST_WORK, "client"))
    restriction = within.select_for_update(of=("self",), no_key=True).get(pk=restriction_id)
    require(by, Permission.REQUEST_WORK, restriction)
    if restriction.ended_at:
        raise Refused("This restriction has ended already.")
    restriction.ended_at = at
    restriction.save(update_fields=["ended_at"])
    ledger.record("restriction.end", restriction, by=by, at=at)
    return restriction
