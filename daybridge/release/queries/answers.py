"""What the gate would say, and what it said."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from daybridge.audit import ledger
from daybridge.consent import gate
from daybridge.consent.models import Disclosure
from daybridge.release import contents
from daybridge.release.queries import within
from daybridge.release.rules import Ask, check_ask
from daybridge.rights.record import whose


@dataclass(frozen=True, slots=True)
class Weighed:
    """What the gate would say, in words."""

    allowed: tuple[str, ...]
    withheld: tuple[tuple[str, str], ...]
    scope: tuple[str, ...]
    has_notice: bool


@dataclass(frozen=True, slots=True)
class Released:
    """What left: to whom, when, what, what stayed, and the paper."""

    client_id: UUID
    client: str
    recipient: str
    at: datetime
    allowed: tuple[str, ...]
    withheld: tuple[tuple[str, str], ...]
    document_id: UUID


def weighed(*, client_id: UUID, ask: Ask, by, at: datetime) -> Weighed:
    """What the gate would say to `ask`; nothing leaves and nothing is disclosed. Raises as `actions.give`."""
    client = within.client(client_id, by)
    check_ask(ask)
    found = contents.pieces(whose(client), ask.kinds, ask.period)
    decision = gate.weigh(client=client, request=contents.request_for(ask, found), at=at)
    ledger.read("release.weigh", client, by=by, at=at, purpose=ask.purpose)
    withheld = tuple(dict.fromkeys((within.kind_words(one.kind), one.reason) for one in decision.withheld))
    allowed = tuple(dict.fromkeys(within.kind_words(one) for one in decision.allowed))
    return Weighed(allowed, withheld, decision.scope, bool(decision.notice))


def released(*, document_id: UUID, client_id: UUID, by, at: datetime) -> Released:
    """What was given out on this paper. Raises ObjectDoesNotExist out of reach."""
    client = within.client(client_id, by)
    paper = client.documents.defer("sealed").get(pk=document_id)
    row = Disclosure.objects.filter(client=client, at=paper.kept_at).latest("at")
    withheld = tuple(dict.fromkeys((within.kind_words(one["kind"]), one["reason"]) for one in row.withheld))
    allowed = tuple(dict.fromkeys(within.kind_words(one) for one in row.allowed))
    ledger.read("release.see", client, by=by, at=at)
    return Released(client.id, client.name, row.recipient, row.at, allowed, withheld, paper.id)
