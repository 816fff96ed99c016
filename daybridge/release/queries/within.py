"""The record within reach, and kinds in words."""

from uuid import UUID

from daybridge.access.rules import Permission
from daybridge.consent import phrases
from daybridge.people import reach
from daybridge.people.models import Client


def client(client_id: UUID, by) -> Client:
    """The client with the site. Raises Client.DoesNotExist out of reach."""
    near = reach.clients_within(by, Permission.DISCLOSE)
    return Client.objects.filter(near).select_related("site").get(pk=client_id)


def kind_words(cell: str) -> str:
    """A kind, or a sensitive part of it, as staff read it: "their medicine (HIV)"."""
    kind, _colon, labels = cell.partition(":")
    words = phrases.kind(kind, "en", phrases.THEY)
    told = ", ".join(phrases.sensitivity(one, "en") for one in labels.split("+") if one)
    return f"{words} ({told})" if told else words
