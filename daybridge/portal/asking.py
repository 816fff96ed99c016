"""What the gate is asked for a shared page: which kinds with which labels, about which days, for whom."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta

from django.db.models import QuerySet

from daybridge.admissions.models import PacketItem
from daybridge.consent.rules.facts import Given, Period, Request
from daybridge.consent.rules.labels import label
from daybridge.consent.rules.scopes import purposes_of
from daybridge.consent.rules.words import Kind
from daybridge.people.models import Client
from daybridge.people.rules import age_on
from daybridge.portal.rules import RULES

# Everything an outsider may ever be told.
ASKED = (
    Kind.PRESENCE, Kind.SCHEDULE, Kind.ATTENDANCE, Kind.PLAN, Kind.LEVEL_OF_CARE, Kind.DIAGNOSES, Kind.MEDICATION,
    Kind.TESTS, Kind.MEASURES, Kind.NOTES, Kind.COUNSELING_NOTES, Kind.REFERRAL, Kind.DEMOGRAPHICS, Kind.BILLING,
    Kind.DOCUMENTS,
)  # fmt: skip
# Kinds that are lists of entries with codes of their own, by how they are stored.
LISTED: Mapping[str, str] = {Kind.DIAGNOSES: "condition", Kind.MEDICATION: "medication"}


def asked_period(today: date, own: Period) -> Period:
    """The days a shared page is about, inside those of the consent. Source: POR-8, POR-9."""
    first = today - timedelta(days=RULES.number("POR-9"))
    last = today + timedelta(days=RULES.number("POR-8"))
    start = max(first, own.start) if own.start else first
    return Period(start, max(start, min(last, own.end) if own.end else last))


def cells(client: Client, kinds: Iterable[str], today: date) -> tuple[str, ...]:
    """What the gate is asked for: each kind with the labels its data have, so that a sensitive part is judged apart.

    A list of health problems or medicine is as many cells as it has labels; one without entries is none. CON-14.
    """
    asked: dict[str, None] = {}
    for kind in kinds:
        if kind in LISTED:
            asked.update(dict.fromkeys(cell(kind, item, client, today) for item in stored(client, kind)))
        else:
            asked[label(kind, age=_age(client, today))] = None
    return tuple(asked)


def _age(client: Client, on: date) -> int | None:
    return age_on(client.birth_date, on) if client.birth_date else None


def cell(kind: str, item: PacketItem, client: Client, today: date) -> str:
    return label(kind, system=item.system, code=item.code, age=_age(client, min(item.start or today, today)))


def stored(client: Client, kind: str) -> QuerySet[PacketItem]:
    return PacketItem.objects.filter(referral__client=client, kind=LISTED[kind], end=None)


def request_of(given: Given, asked: Sequence[str], period: Period) -> Request:
    """What the page of the person a consent names asks the gate for."""
    purpose = min(purposes_of(given), default="")
    return Request(
        recipient=given.recipient, purpose=purpose, kinds=tuple(asked), what="page on a phone", period=period
    )  # fmt: skip
