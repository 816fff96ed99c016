"""What the queries of this room share: the records within reach."""

from uuid import UUID

from daybridge.access.rules import Permission
from daybridge.consent.models import Consent
from daybridge.people import reach
from daybridge.people.models import Client


def client(client_id: UUID, by, permission: Permission = Permission.CONSENT_SEE) -> Client:
    """The client with the site. Raises Client.DoesNotExist out of reach."""
    near = reach.clients_within(by, permission)
    return Client.objects.select_related("site").get(near, pk=client_id)


def consent(consent_id: UUID, by, permission: Permission = Permission.CONSENT_SEE) -> Consent:
    """The consent with client and site. Raises Consent.DoesNotExist out of reach."""
    near = reach.clients_within(by, permission, "client")
    return Consent.objects.select_related("client__site").get(near, pk=consent_id)
