"""Consents of one person that say different things about the same recipient, until somebody decides (CON-25)."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Count
from django.db.models.functions import Lower

from daybridge.consent.models import Consent
from daybridge.consent.queries.clashes import disagreeing
from daybridge.consent.queries.standing import state_of
from daybridge.consent.rules import ConsentState
from daybridge.people.models import Client

MOST = 20


@dataclass(frozen=True, slots=True)
class Conflict:
    """One person with consents that wait for a decision; the narrower counts until then."""

    client_id: UUID
    name: str
    pairs: int


def conflicts(*, by, at: datetime) -> list[Conflict]:
    """People within reach with undecided pairs of consents, by name; 20 are looked at. 3 queries, 1 a person."""
    alike = (
        Consent.objects.visible_to(by).in_force().exclude(recipient_type="")
        .values("client_id", "recipient_type", name=Lower("recipient_name")).annotate(many=Count("id"))
        .filter(many__gt=1).order_by("client_id").values_list("client_id", flat=True)
    )  # fmt: skip
    ids = list(dict.fromkeys(alike[:MOST]))
    if not ids:
        return []
    people = Client.objects.filter(pk__in=ids).select_related("site")
    held: dict[UUID, list[Consent]] = {}
    for one in Consent.objects.in_force().filter(client__in=ids).order_by("signed_at", "id"):
        held.setdefault(one.client_id, []).append(one)
    found = [Conflict(one.id, one.name, _open(one, held.get(one.id, []), at)) for one in people]
    return sorted((one for one in found if one.pairs), key=lambda one: one.name)


def _open(client: Client, held: list[Consent], at: datetime) -> int:
    """How many pairs nobody has decided."""
    local = at.astimezone(ZoneInfo(client.site.timezone))
    standing = [one for one in held if state_of(one, local) == ConsentState.ACTIVE]
    return sum(pair.counts is None for pair in disagreeing(standing, client))
