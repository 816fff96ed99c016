"""What the actions of this room share: the record within reach, and the trace of a move."""

from datetime import datetime
from uuid import UUID

from daybridge.access.gates import require
from daybridge.access.models import User
from daybridge.access.rules import Permission
from daybridge.consent.models import Consent, ConsentEvent
from daybridge.consent.rules.words import MOVES, ConsentState
from daybridge.kit.errors import IllegalMove
from daybridge.people import reach
from daybridge.people.models import Client


def client(client_id: UUID, by) -> Client:
    """The client, locked, for somebody who may take a signature. Raises Client.DoesNotExist or NotAllowed."""
    near = reach.clients_within(by, Permission.CLIENT_LIST) | reach.clients_within(by, Permission.CONSENT_SIGN)
    found = Client.objects.filter(near).select_related("site")
    one = found.select_for_update(of=("self",), no_key=True).get(pk=client_id)
    require(by, Permission.CONSENT_SIGN, one)
    return one


def consent(consent_id: UUID, by) -> Consent:
    """The consent, locked, for somebody who may take a signature. Raises Consent.DoesNotExist or NotAllowed."""
    near = Consent.objects.visible_to(by).select_related("client__site")
    one = near.select_for_update(of=("self",), no_key=True).get(pk=consent_id)
    require(by, Permission.CONSENT_SIGN, one)
    return one


def check_open(one: Consent) -> None:
    """Raise IllegalMove unless it still waits for a yes or a no: one that was decided is not decided again."""
    if not MOVES[ConsentState(one.status)] & {ConsentState.ACTIVE, ConsentState.REFUSED}:
        raise IllegalMove("This was decided already.")


def witness(by) -> User | None:
    """The staff member who saw it; nobody when the client signs on their own phone."""
    return by if isinstance(by, User) else None


def tell(one: Consent, was: str, *, by, at: datetime, reason: str = "", how: str = "") -> None:
    """One line of the consent's history."""
    ConsentEvent.objects.create(
        consent=one, was=was, now=one.status, by=by.actor, at=at, reason=reason[:300], how=how[:12]
    )
