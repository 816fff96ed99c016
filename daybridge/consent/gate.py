"""The one gate: whatever leaves the program is asked for here and written down in the same transaction."""

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import TypeVar
from uuid import UUID

from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction

from daybridge.access.gates import require
from daybridge.access.rules import Permission
from daybridge.audit import ledger
from daybridge.consent import records, rules, wording
from daybridge.consent.models import Disclosure
from daybridge.consent.records import as_given as as_given
from daybridge.consent.records import given as given
from daybridge.consent.records import holding as holding
from daybridge.consent.records import holds as holds
from daybridge.consent.records import known as known
from daybridge.kit.errors import Refused
from daybridge.people.models import Client
from daybridge.vault import sealing

_SEAL = object()
ENDED = "What let this leave has ended. The rest stays here."
Record = TypeVar("Record")


@dataclass(frozen=True, slots=True, kw_only=True)
class Clearance:
    """Leave to send: whose record, which kinds, to whom, what for, and what must travel along.

    Only the gate makes one; senders take nothing else. `notice` are the words of 42 CFR 2.32, `scope` explains the
    consent; `disclosure_id` is its line in the accounting.
    """

    client_id: UUID
    disclosure_id: UUID
    request: rules.Request
    kinds: tuple[str, ...]
    relied_on: tuple[str, ...]
    notice: str
    scope: tuple[str, ...]
    at: datetime
    seal: object = field(repr=False, compare=False)

    def __post_init__(self) -> None:
        if self.seal is not _SEAL:
            raise TypeError("a Clearance is made by consent.gate.clear and nowhere else")

    @property
    def recipient(self) -> str:
        return self.request.recipient.name

    @property
    def purpose(self) -> str:
        return self.request.purpose

    def covers(self, client_id: UUID, kind: str) -> bool:
        """Whether this lets `kind` of this client's record leave; "tests" does not cover "tests:hiv"."""
        return client_id == self.client_id and kind in self.kinds

    def check(self, client_id: UUID, kind: str) -> None:
        """Raise ValueError unless it covers this: a sender was handed leave for something else."""
        if not self.covers(client_id, kind):
            raise ValueError("this clearance does not cover what is being sent")


def clear(
    *, client: Client, request: rules.Request, by, at: datetime, permission: Permission = Permission.DISCLOSE
) -> Clearance:
    """Leave to disclose what `request` asks for, or the part of it that may leave.

    Writes the Disclosure row and the ledger line in one transaction, also for a refusal, then raises Refused with
    the reason when nothing may leave; NotAllowed when `by` may not disclose this client's record.
    Source: CON-1 to CON-57; 42 CFR 2.13, 2.25, 2.31-2.33.
    """
    require(by, permission, client)
    return _cleared(client, request, _write, by=by, at=at)


def clear_today(*, client: Client, request: rules.Request, by, at: datetime) -> Clearance:
    """Leave for a page that is looked at again and again: the gate decides anew at every look, and the same answer to
    the same actor is one Disclosure a local day. Raises as `clear` does. Source: CON-1 to CON-57; 42 CFR 2.25.
    """
    require(by, Permission.DISCLOSE, client)
    return _cleared(client, request, _written_today, by=by, at=at)


def _cleared(client: Client, request: rules.Request, keep: Callable[..., Disclosure], *, by, at: datetime) -> Clearance:
    with transaction.atomic():
        history = records.history(client, given(client=client, at=at), at)
        decision = rules.decide(history, request, records.local(client, at))
        row = keep(client, request, decision, by=by, at=at)
    if not decision.ok:
        reason = decision.withheld[0].reason if decision.withheld else "Nothing was asked for."
        raise Refused(reason)
    notice = wording.notices()[decision.notice] if decision.notice else ""
    return Clearance(
        client_id=client.pk, disclosure_id=row.pk, request=request, kinds=decision.allowed,
        relied_on=decision.relied_on, notice=notice, scope=decision.scope, at=at, seal=_SEAL,
    )  # fmt: skip


def weigh(
    *, client: Client, request: rules.Request, at: datetime, supposing: rules.Given | None = None
) -> rules.Decision:
    """What the gate would say at `at`, also if the consent `supposing` were signed; nothing is disclosed or written."""
    more = [supposing] if supposing else []
    return rules.decide(known(client=client, at=at, more=more), request, records.local(client, at))


def still(clearance: Clearance, at: datetime) -> None:
    """Raise Refused when what the clearance let out may no longer leave: taken back, ended, restricted since."""
    client = Client.objects.select_related("site").get(pk=clearance.client_id)
    decision = weigh(client=client, request=clearance.request, at=at)
    if not set(clearance.kinds) <= set(decision.allowed):
        raise Refused(ENDED)


def bulk(*, clearance: Clearance, records: Iterable[Record], clock: Callable[[], datetime]) -> Iterator[Record]:
    """The records one by one, each only while the clearance still holds; stops with Refused before the next one."""
    for record in records:
        still(clearance, clock())
        yield record


def each(
    *, clients: Iterable[Client], request: rules.Request, by, clock: Callable[[], datetime]
) -> Iterator[tuple[Client, Clearance]]:
    """For an export of many clients: leave for each, asked right before their record; those refused are left out."""
    for client in clients:
        try:
            cleared = clear(client=client, request=request, by=by, at=clock())
        except Refused:
            continue
        yield client, cleared


def code_word(word: str, client_id: UUID) -> str:
    """The keyed digest of the word a caller must know, as a consent keeps it; "" for none."""
    plain = " ".join(word.split()).lower()
    return sealing.digest(f"{client_id} {plain}", "consent-code-word") if plain else ""


def _written_today(client: Client, request: rules.Request, decision: rules.Decision, *, by, at: datetime) -> Disclosure:
    """The row of the same answer to the same actor since the local midnight, else a new one."""
    midnight = records.local(client, at).replace(hour=0, minute=0, second=0, microsecond=0)
    rows = Disclosure.objects.filter(
        client=client, by=by.actor, at__gte=midnight, at__lte=at, recipient=request.recipient.name[:200],
        purpose=request.purpose[:40], what=request.what[:200],
    )  # fmt: skip
    answer = list(decision.allowed), list(decision.relied_on)
    same = (row for row in rows if (row.allowed, row.relied_on) == answer)
    return next(same, None) or _write(client, request, decision, by=by, at=at)


def _write(client: Client, request: rules.Request, decision: rules.Decision, *, by, at: datetime) -> Disclosure:
    row = Disclosure.objects.create(
        client=client, at=at, by=by.actor, recipient=request.recipient.name[:200],
        recipient_type=request.recipient.type[:20], recipient_relation=request.recipient.relation[:60],
        purpose=request.purpose[:40], what=request.what[:200], ground=_facts(request), allowed=list(decision.allowed),
        withheld=[{"kind": one.kind, "reason": one.reason} for one in decision.withheld],
        relied_on=list(decision.relied_on), notice=decision.notice,
    )  # fmt: skip
    facts = {"purpose": row.purpose, "allowed": row.allowed, "relied_on": row.relied_on, "notice": row.notice}
    if decision.ok:
        ledger.disclosed("disclosure.made", row, by=by, at=at, **facts)
    else:
        ledger.record("disclosure.refused", row, by=by, at=at, **facts)
    return row


def _facts(request: rules.Request) -> dict[str, object]:
    """The facts the law wants written down at once: who, what, when and why of an emergency, the order and its file."""
    return json.loads(json.dumps(asdict(request.ground), cls=DjangoJSONEncoder)) if request.ground else {}
