"""What left a record, for staff who look after it, and lately for the privacy desk."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from django.core.paginator import Page, Paginator

from daybridge.access.rules import Permission
from daybridge.audit import ledger
from daybridge.consent.models import Disclosure
from daybridge.people import reach
from daybridge.people.models import Client
from daybridge.rights import words
from daybridge.rights.left import given, left_row
from daybridge.rights.rules import accounting

SIZE = 50


@dataclass(frozen=True, slots=True)
class Disclosures:
    """Everything that left one record, a page of it."""

    client_id: UUID
    client: str
    page: Page


def disclosures(*, client_id: UUID, by, at: datetime, page: int = 1) -> Disclosures:
    """A page of 50 of what left a record, to whom and why, newest first; the reading is on the ledger.

    Raises Client.DoesNotExist out of reach. 4 queries and the ledger.
    """
    within = Client.objects.filter(reach.clients_within(by, Permission.DISCLOSURES_SEE)).select_related("site")
    client = within.get(pk=client_id)
    zone = ZoneInfo(client.site.timezone)
    found = Paginator(given(client), SIZE).get_page(page)
    found.object_list = [left_row(one, zone) for one in found.object_list]
    ledger.read("disclosures.list", client, by=by, at=at, rows=len(found.object_list))
    return Disclosures(client.id, client.name, found)


@dataclass(frozen=True, slots=True)
class Recent:
    """One thing that left lately, for the privacy desk."""

    client_id: UUID
    client: str
    at: datetime
    recipient: str
    purpose: str
    what: str


def recent(*, by, at: datetime, most: int = 8) -> list[Recent]:
    """What left lately from records within reach, but not what went to the person; a list read. 1 query."""
    found = Disclosure.objects.filter(reach.clients_within(by, Permission.DISCLOSURES_SEE, "client"), at__lte=at)
    found = found.exclude(allowed=[]).exclude(purpose=accounting.OWN).select_related("client__site")
    rows = [
        Recent(one.client_id, one.client.name, one.at.astimezone(ZoneInfo(one.client.site.timezone)), one.recipient,
               words.purpose(one.purpose), one.what)
        for one in found.order_by("-at", "-id")[:most]
    ]  # fmt: skip
    ledger.read_list("disclosures.list", [row.client_id for row in rows], by=by, at=at)
    return rows
