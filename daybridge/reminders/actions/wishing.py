"""A client says how to be reminded."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from daybridge.access.gates import require
from daybridge.access.rules import Permission
from daybridge.audit import ledger
from daybridge.kit.errors import Refused
from daybridge.people.models import Client
from daybridge.reminders.channels import address_of
from daybridge.reminders.models import Wish
from daybridge.reminders.rules import Way

LANGUAGES = ("en", "es")


@transaction.atomic
def wish(*, client_id: UUID, way: Way, language: str, by: Any, at: datetime) -> Wish:
    """Remind this client this way from now on; OFF ends it.

    Raises Client.DoesNotExist out of reach, NotAllowed, Refused when there is no address of this kind on record.
    """
    client = Client.objects.visible_to(by).select_for_update(of=("self",), no_key=True).get(pk=client_id)
    require(by, Permission.PHONE_ACCESS_GIVE, client)
    if way is not Way.OFF and not address_of(client, way):
        raise Refused("We have no address of this kind. Please tell us at the desk first.")
    values = {
        "way": way, "language": language if language in LANGUAGES else "en", "said_at": at, "said_by": by.actor,
    }  # fmt: skip
    found, _new = Wish.objects.update_or_create(client=client, defaults=values)
    ledger.record("reminder.wish", found, by=by, at=at, way=str(way))
    return found
