"""What keeps a record from being purged in rooms that `keeping` cannot see; settings.KEEPING_OPEN names these."""

from collections.abc import Collection
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from daybridge.rights.models import BreachPerson, Request
from daybridge.rights.rules.breaches import BreachState
from daybridge.rights.rules.requests import OPEN

REQUEST = _("A request about the record is not answered yet.")
BREACH = _("A breach that touched the record is not closed.")


def requests(*, client_ids: Collection[UUID]) -> dict[UUID, str | Promise]:
    """Those of these clients who asked for something and wait for it."""
    found = Request.objects.filter(client__in=client_ids, state__in=OPEN)
    return dict.fromkeys(found.values_list("client", flat=True), REQUEST)


def breaches(*, client_ids: Collection[UUID]) -> dict[UUID, str | Promise]:
    """Those whose record a breach touched that is still worked on."""
    found = BreachPerson.objects.filter(client__in=client_ids).exclude(breach__state=BreachState.CLOSED)
    return dict.fromkeys(found.values_list("client", flat=True), BREACH)
