"""What the program agreed to keep back. Pure."""

from collections.abc import Sequence
from datetime import datetime

from daybridge.consent.rules.cells import Cell
from daybridge.consent.rules.facts import Recipient, Request, Restriction
from daybridge.consent.rules.grounds import Lack
from daybridge.consent.rules.names import look_alike, same_name

RESTRICTED = Lack("The program agreed with the client to keep this back.", "42 CFR 2.26")


def is_kept_back(cell: Cell, request: Request, restrictions: Sequence[Restriction], at: datetime) -> bool:
    """Whether an agreed restriction covers this. One that is known holds until it was ended, also where the clock was
    set back, and a look-alike of a restricted recipient is restricted too. Source: CON-26; 42 CFR 2.26."""
    return any(_stands(one, at) and _covers(one, cell, request) for one in restrictions)


def _stands(one: Restriction, at: datetime) -> bool:
    return one.ended_at is None or one.ended_at > at


def _covers(one: Restriction, cell: Cell, request: Request) -> bool:
    kind = not one.kinds or cell.kind in one.kinds or cell.asked in one.kinds
    purpose = not one.purposes or request.purpose in one.purposes
    return kind and purpose and _meets(one.recipient, request.recipient)


def _meets(kept_from: Recipient, asked: Recipient) -> bool:
    if kept_from.name.strip():
        names = (asked.name, asked.via)
        return any(same_name(kept_from.name, name) or look_alike(kept_from.name, name) for name in names)
    return not kept_from.relation or kept_from.relation == asked.relation
