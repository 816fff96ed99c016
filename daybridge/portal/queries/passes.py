"""Which pages a client gave or was given, on which phones; for the client and for staff."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from daybridge.access.rules import Permission
from daybridge.audit import ledger
from daybridge.consent import gate
from daybridge.consent.models import Consent
from daybridge.people import reach
from daybridge.people.models import Client
from daybridge.portal.models import Pass
from daybridge.portal.rules import PERSONAL, PassState


@dataclass(frozen=True, slots=True)
class PassRow:
    """One page: whose ("" for the client's own), where it stands, on which phone, since when."""

    id: UUID
    holder: str
    state: str
    device: str
    phone: str
    given_at: datetime
    link_until: datetime
    opened_at: datetime | None
    seen_at: datetime | None

    @property
    def is_waiting(self) -> bool:
        return self.state == PassState.WAITING

    @property
    def may_end(self) -> bool:
        return self.state in (PassState.WAITING, PassState.OPEN)


@dataclass(frozen=True, slots=True)
class Chosen:
    """Somebody a consent in force names, who may be given a page."""

    consent_id: UUID
    name: str
    relation: str


@dataclass(frozen=True, slots=True)
class Passes:
    """A client's pages: their own, those of others, and who else may be given one."""

    client_id: UUID
    client: str
    own: tuple[PassRow, ...]
    others: tuple[PassRow, ...]
    chosen: tuple[Chosen, ...]


def passes(*, client_id: UUID, by: Any, at: datetime) -> Passes:
    """Every page that waits or is open, newest first. Writes a read line; raises Client.DoesNotExist out of reach."""
    client = Client.objects.filter(reach.clients_within(by, Permission.PHONE_ACCESS_GIVE)).select_related("site")
    client = client.get(pk=client_id)
    ledger.read("pass.list", client, by=by, at=at)
    rows = [_row(one, at) for one in Pass.objects.standing(at).filter(client=client).select_related("consent")]
    standing = [row for row in rows if row.may_end]
    own, others = ([row for row in standing if bool(row.holder) is is_other] for is_other in (False, True))
    return Passes(client.id, client.name, tuple(own), tuple(others), _chosen(client, at))


def _row(one: Pass, at: datetime) -> PassRow:
    holder = one.consent.recipient_name if one.consent else ""
    return PassRow(
        one.id, holder, str(one.state_at(at)), one.device, one.phone, one.given_at, one.link_until, one.opened_at,
        one.seen_at,
    )  # fmt: skip


def _chosen(client: Client, at: datetime) -> tuple[Chosen, ...]:
    found = Consent.objects.in_force().filter(client=client, kind__in=PERSONAL).order_by("recipient_name")
    rows = list(found.select_related("client__site").prefetch_related("signatures"))
    held = gate.holding(rows, at)
    return tuple(Chosen(one.id, one.recipient_name, one.recipient_relation) for one in rows if one.id in held)


@dataclass(frozen=True, slots=True)
class Whose:
    """A client by name, with the consents whose person one may look through the eyes of."""

    client_id: UUID
    client: str
    named: tuple[Chosen, ...]


def whose(*, client_id: UUID, by: Any) -> Whose:
    """Whose record a preview is of. Raises Client.DoesNotExist out of reach."""
    client = Client.objects.filter(reach.clients_within(by, Permission.CONSENT_SEE)).get(pk=client_id)
    named = Consent.objects.visible_to(by).filter(client=client, status__in=["draft", "active"])
    named = named.exclude(recipient_name="").order_by("recipient_name", "id")
    rows = named.values_list("id", "recipient_name", "recipient_relation")
    return Whose(client.id, client.name, tuple(Chosen(*row) for row in rows))
