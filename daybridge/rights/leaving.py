"""What the room hands to the person whose record it is: through the one gate, like everything that leaves."""

from datetime import datetime

from daybridge.consent import gate
from daybridge.consent import rules as consent
from daybridge.people.models import Client

LETTER = consent.Kind.DOCUMENTS
RECORD = tuple(kind for kind in consent.Kind if kind != consent.Kind.COUNSELING_NOTES)


def to_client(client: Client, what: str, *, kinds: tuple[str, ...] = (LETTER,), by, at: datetime) -> gate.Clearance:
    """Leave to hand the person something of their own record. Raises NotAllowed or Refused. Source: 42 CFR 2.23."""
    request = consent.Request(recipient=consent.THE_CLIENT, purpose=consent.Purpose.CLIENT, kinds=kinds, what=what)
    return gate.clear(client=client, request=request, by=by, at=at)
