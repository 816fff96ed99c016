"""The one gate: whatever leaves the program is asked for here and written down in the same transaction."""

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import transaction

from daybridge.access.gates import require
from daybridge.access.rules import Permission
from daybridge.audit import ledger
from daybridge.consent import rules, wording
from daybridge.consent.models import Consent, Disclosure
from daybridge.kit.errors import Refused
from daybridge.people.models import Client

_SEAL = object()


@dataclass(frozen=True, slots=True, kw_only=True)
class Clearance:
    """Leave to send: whose record, which kinds, to whom, what for, and the notice that must travel along.

    Only the gate makes one; senders take nothing else. `disclosure_id` is its line in the accounting.
    """

    client_id: UUID
    disclosure_id: UUID
    recipient: str
    purpose: str
    kinds: tuple[str, ...]
    notice: str
    at: datetime
    seal: object = field(repr=False, compare=False)

    def __post_init__(self) -> None:
        if self.seal is not _SEAL:
            raise TypeError("a Clearance is made by consent.gate.clear and nowhere else")

    def covers(self, client_id: UUID, kind: str) -> bool:
        """Whether this lets `kind` of this client's record leave."""
        return client_id == self.client_id and kind in self.kinds


def clear(*, client: Client, request: rules.Request, by, at: datetime) -> Clearance:
    """Leave to disclose what `request` asks for, or the part of it that may leave.

    Writes the Disclosure row and the ledger line in one transaction, also for a refusal, then raises Refused with
    the reason when nothing may leave; NotAllowed when `by` may not disclose at the client's site.
    Source: CON-1 to CON-6; 42 CFR 2.13, 2.25, 2.31-2.33.
    """
    require(by, Permission.DISCLOSE, client)
    with transaction.atomic():
        decision = rules.decide(given(client=client, at=at), request, _local(client, at))
        row = _write(client, request, decision, by=by, at=at)
    if not decision.ok:
        reason = decision.withheld[0].reason if decision.withheld else "Nothing was asked for."
        raise Refused(reason)
    notice = wording.notices()[decision.notice] if decision.notice else ""
    return Clearance(
        client_id=client.pk, disclosure_id=row.pk, recipient=request.recipient, purpose=request.purpose,
        kinds=decision.allowed, notice=notice, at=at, seal=_SEAL,
    )  # fmt: skip


def given(*, client: Client, at: datetime) -> list[rules.Given]:
    """The client's signed consents as the rules see them; locked, so that a revocation comes first or waits."""
    signed = Consent.objects.filter(client=client, signed_at__lte=at).order_by("signed_at", "id")
    signed = signed.select_for_update(no_key=True)
    return [as_given(consent) for consent in signed]


def as_given(consent: Consent) -> rules.Given:
    return rules.Given(
        id=str(consent.id), kind=consent.kind, state=rules.ConsentState(consent.status), signed_at=consent.signed_at,
        expires_on=consent.expires_on,
    )  # fmt: skip


def _local(client: Client, at: datetime) -> datetime:
    return at.astimezone(ZoneInfo(client.site.timezone))


def _write(client: Client, request: rules.Request, decision: rules.Decision, *, by, at: datetime) -> Disclosure:
    row = Disclosure.objects.create(
        client=client, at=at, by=by.actor, recipient=request.recipient[:200], purpose=request.purpose[:40],
        what=request.what[:200], allowed=list(decision.allowed),
        withheld=[{"kind": one.kind, "reason": one.reason} for one in decision.withheld],
        relied_on=list(decision.relied_on), notice=decision.notice,
    )  # fmt: skip
    facts = {"purpose": row.purpose, "allowed": row.allowed, "relied_on": row.relied_on, "notice": row.notice}
    if decision.ok:
        ledger.disclosed("disclosure.made", row, by=by, at=at, **facts)
    else:
        ledger.record("disclosure.refused", row, by=by, at=at, **facts)
    return row
