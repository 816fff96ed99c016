"""Whose records somebody may judge, hold or purge here."""

from django.db.models import QuerySet

from daybridge.access.rules import Permission
from daybridge.people import reach
from daybridge.people.models import Client


def records_within(by, permission: Permission) -> QuerySet[Client]:
    """Records within reach that were not joined into another."""
    return Client.objects.standing().filter(reach.clients_within(by, permission)).select_related("site")
