"""What left a person's record, as the lists they may ask for show it."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from daybridge.consent.models import Consent, Disclosure
from daybridge.people.models import Client
from daybridge.rights import words
from daybridge.rights.models import Request
from daybridge.rights.rules import accounting
from daybridge.rights.rules.accounting import Left
from daybridge.rights.rules.book import BOOK
from daybridge.rights.rules.requests import Kind

INTERMEDIARY = "intermediary"
LISTS = (Kind.ACCOUNTING, Kind.INTERMEDIARIES)


@dataclass(frozen=True, slots=True)
class LeftRow:
    """One thing that left: when (site-local), to whom, what, which parts, what for, and on a consent or not."""

    at: datetime
    recipient: str
    what: str
    parts: tuple[str, ...]
    purpose: str
    on_consent: bool


@dataclass(frozen=True, slots=True)
class LeftList:
    """A list a person asked for, newest first."""

    client_id: UUID
    client: str
    record_number: str
    language: str
    asked_on: date
    kind: str
    rows: tuple[LeftRow, ...]

    @property
    def is_intermediaries(self) -> bool:
        return self.kind == Kind.INTERMEDIARIES


def list_of(request: Request) -> LeftList:
    """The list that a request for accounting or for intermediaries asks for, as of the day it was received. 3 queries.

    The caller found the request within reach. Source: 42 CFR 2.24(b), 2.25; 45 CFR 164.528.
    """
    client, zone = request.client, ZoneInfo(request.client.site.timezone)
    keep = _through if request.kind == Kind.INTERMEDIARIES else _is_listed
    found = given(client).filter(at__date__gte=accounting.first_day(request.received_on))
    passed = _intermediary_consents(client)
    rows = tuple(left_row(one, zone) for one in found if keep(one, request, zone, passed))
    return LeftList(
        client.id, client.name, client.record_number, request.language, request.received_on, request.kind, rows
    )


def _is_listed(one: Disclosure, request: Request, zone: ZoneInfo, passed: set[str]) -> bool:
    left = Left(one.at.astimezone(zone).date(), one.purpose, on_consent=bool(one.relied_on))
    return accounting.is_listed(left, request.received_on)


def _through(one: Disclosure, request: Request, zone: ZoneInfo, passed: set[str]) -> bool:
    """Whether it went through an intermediary in the last three years. Source: RIGHTS-14; 42 CFR 2.24(b)."""
    since = accounting.years_back(request.received_on, BOOK.number("RIGHTS-14"))
    day = one.at.astimezone(zone).date()
    went = one.recipient_type == INTERMEDIARY or bool(passed & set(one.relied_on))
    return went and since <= day <= request.received_on


def _intermediary_consents(client: Client) -> set[str]:
    found = Consent.objects.filter(client__in=_ids(client), kind=INTERMEDIARY)
    return {str(pk) for pk in found.values_list("id", flat=True)}


def _ids(client: Client) -> list[UUID]:
    return [client.id, *client.joined.values_list("id", flat=True)]


def given(client: Client):
    """What really left; a refusal left nothing."""
    return Disclosure.objects.filter(client__in=_ids(client)).exclude(allowed=[]).order_by("-at", "-id")


def left_row(one: Disclosure, zone: ZoneInfo) -> LeftRow:
    return LeftRow(
        one.at.astimezone(zone), one.recipient, one.what, tuple(one.allowed), words.purpose(one.purpose),
        bool(one.relied_on),
    )  # fmt: skip
