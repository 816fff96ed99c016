"""Give something out of a record: asked at the gate, drawn, and the very paper kept."""

from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.core.files.base import ContentFile

from daybridge.access.gates import require
from daybridge.access.rules import Permission
from daybridge.consent import gate, shown
from daybridge.consent.rules.grounds import CourtOrder
from daybridge.people import documents, reach
from daybridge.people.models import Client, Document
from daybridge.release import contents
from daybridge.release.documents import paper
from daybridge.release.rules import Ask, check_ask
from daybridge.rights.record import whose


def give(*, client_id: UUID, ask: Ask, order: Any = None, by, at: datetime) -> Document:
    """Give out what of `ask` may leave; the paper that left, kept sealed with the record. `order` is a court's order.

    The gate writes its answer down first, also a no. Raises Client.DoesNotExist out of reach, NotAllowed, BadInput
    for an ask that names nothing or an order that cannot be kept, Refused with the gate's reason when nothing may
    leave. Source: CON-2, CON-15, CON-50 to CON-57; 42 CFR 2.13, 2.31-2.33, 2.51, 2.53, 2.61-2.67.
    """
    near = reach.clients_within(by, Permission.DISCLOSE)
    client = Client.objects.filter(near).select_related("site").get(pk=client_id)
    require(by, Permission.DISCLOSE, client)
    check_ask(ask)
    if isinstance(ask.ground, CourtOrder):
        ask = replace(ask, ground=_with_order(ask.ground, client, order, by=by, at=at))
    of, day = whose(client), shown.today(client, at)
    found = contents.pieces(of, ask.kinds, ask.period)
    clearance = gate.clear(client=client, request=contents.request_for(ask, found), by=by, at=at)
    made = paper(clearance=clearance, of=of, found=found, program=shown.program_name(), day=day)
    upload, title = ContentFile(made, name="release.pdf"), f"Given to {ask.recipient.name}"[:120]
    return documents.keep(client_id=client.id, kind=documents.Kind.OTHER, title=title, upload=upload, by=by, at=at)


def _with_order(ground: CourtOrder, client: Client, order: Any, *, by, at: datetime) -> CourtOrder:
    """The ground with the place where its order is kept; without an order the gate says what is missing."""
    if order is None:
        return replace(ground, document="")
    title = f"Court order {ground.number}"[:120]
    kept = documents.keep(client_id=client.id, kind=documents.Kind.LEGAL_ORDER, title=title, upload=order, by=by, at=at)
    return replace(ground, document=str(kept.id))
