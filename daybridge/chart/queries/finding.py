"""The palette: clients, today's sessions and pages, by what one types."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from daybridge.audit import ledger
from daybridge.people.models import Client
from daybridge.people.rules import name_key
from daybridge.scheduling.models import Session

MOST = 8


@dataclass(frozen=True, slots=True)
class Hit:
    """One thing found."""

    label: str
    more: str
    url: str
    icon: str


def find(*, words: str, by, at: datetime) -> list[Hit]:
    """At most eight clients and eight of today's sessions within reach. Clients found are on the ledger as read."""
    key = name_key("", words)
    if not key:
        return []
    return [*_clients(key, words, by, at), *_sessions(words, by, at)]


def _clients(key: str, words: str, by, at: datetime) -> list[Hit]:
    wanted = Q(name_key__startswith=key) | Q(name_key__contains=f" {key}") | Q(record_number=words.strip().upper())
    found = list(Client.objects.visible_to(by).charts_of(by).standing().filter(wanted).order_by("name_key")[:MOST])
    ledger.read_list("find", [client.id for client in found], by=by, at=at)
    return [
        Hit(client.name, client.record_number, reverse("chart:chart", args=[client.id]), "user") for client in found
    ]


def _sessions(words: str, by, at: datetime) -> list[Hit]:
    near = {"starts_at__gte": at - timedelta(hours=12), "starts_at__lt": at + timedelta(days=7)}
    found = Session.objects.visible_to(by).standing().filter(title__icontains=words.strip(), **near)
    return [
        Hit(
            session.title,
            _("{day} in {room}").format(
                day=date_format(localtime(session.starts_at), "D g:i A"), room=session.room.name
            ),
            reverse("scheduling:session", args=[session.id]),
            "calendar-days",
        )
        for session in found.select_related("room").order_by("starts_at")[:MOST]
    ]
