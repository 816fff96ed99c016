"""The shared page and its preview: one renderer, once with leave from the gate, once with what the gate would say."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from daybridge.access.gates import Guest, require
from daybridge.access.rules import Permission
from daybridge.audit import ledger
from daybridge.consent import gate, phrases, wording
from daybridge.consent.models import Consent
from daybridge.consent.rules import RELATIONS, cells
from daybridge.consent.rules.facts import Decision, Given, Period, Recipient
from daybridge.consent.rules.words import ConsentState, FormKind, Purpose
from daybridge.consent.terms import BOXES
from daybridge.people import reach
from daybridge.people.models import Client
from daybridge.portal import asking
from daybridge.portal.queries import shared
from daybridge.portal.queries.shared import BUILDERS, Leave, Section

MATTERS = frozenset(BOXES)


@dataclass(frozen=True, slots=True)
class Kept:
    """What stays here for one reason, in words."""

    reason: str
    kinds: str


@dataclass(frozen=True, slots=True)
class Seen:
    """A shared page: whose, for whom, the sections; `told` may be told or sent, too, though no page shows it.

    `scope` says in words all that may be known (42 CFR 2.32(b)).
    `kept` is for previews alone; the page itself never says what it leaves out.
    """

    client_id: UUID
    name: str
    recipient: str
    sections: tuple[Section, ...]
    told: str
    notice: str
    scope: str
    kept: tuple[Kept, ...] = ()
    is_draft: bool = False

    @property
    def is_empty(self) -> bool:
        return not (self.sections or self.told)


@dataclass(frozen=True, slots=True, kw_only=True)
class Supposed:
    """Terms nobody signed yet: who, on which form, what for, which kinds."""

    form: FormKind
    recipient: Recipient
    purpose: Purpose
    kinds: tuple[str, ...]


def page(*, clearance: gate.Clearance, period: Period, at: datetime) -> Seen:
    """The shared page that a clearance lets out, and nothing but that."""
    client = Client.objects.select_related("site").get(pk=clearance.client_id)
    leave = Leave(client, frozenset(clearance.kinds), period, at)
    return Seen(
        client.id, client.called, str(clearance.recipient), shared.sections(leave), _told(clearance.kinds),
        clearance.notice, _listed(clearance.kinds, phrases.THEY),
    )  # fmt: skip


def of_consent(*, consent_id: UUID, by: Any, at: datetime) -> Seen:
    """What the person a consent names would see; of a draft, once it is signed. Nothing is disclosed.

    Writes a read line. Raises Consent.DoesNotExist out of reach, NotAllowed.
    """
    consent = Consent.objects.visible_to(by).select_related("client__site").get(pk=consent_id)
    require(by, Permission.CONSENT_SEE, consent)
    ledger.read("preview.read", consent, by=by, at=at, form=consent.kind)
    given = gate.as_given(consent)
    if consent.status != ConsentState.DRAFT:
        return _preview(consent.client, given, by=by, at=at)
    signed = replace(given, state=ConsentState.ACTIVE, signed_at=at, signed_by=RELATIONS)
    return replace(_preview(consent.client, signed, by=by, at=at), is_draft=True)


def supposed(*, client_id: UUID, terms: Supposed, by: Any, at: datetime) -> Seen:
    """What somebody would see if the client signed these terms. Nothing is disclosed; a read line.

    Raises Client.DoesNotExist out of reach.
    """
    client = Client.objects.filter(reach.clients_within(by, Permission.CONSENT_SEE)).select_related("site")
    client = client.get(pk=client_id)
    given = Given(
        id="supposed", kind=terms.form, state=ConsentState.ACTIVE, signed_at=at, recipient=terms.recipient,
        kinds=terms.kinds, purposes=(terms.purpose,), signed_by=RELATIONS,
    )  # fmt: skip
    ledger.read("preview.read", client, by=by, at=at, form=str(terms.form))
    return _preview(client, given, by=by, at=at)


def _preview(client: Client, given: Given, *, by: Any, at: datetime) -> Seen:
    today = at.astimezone(ZoneInfo(client.site.timezone)).date()
    period = asking.asked_period(today, given.period)
    request = asking.request_of(given, asking.cells(client, asking.ASKED, today), period)
    decision = gate.weigh(client=client, request=request, at=at, supposing=given)
    leave = Leave(client, frozenset(decision.allowed), period, at)
    voice = phrases.YOU if isinstance(by, Guest) else phrases.THEY
    return Seen(
        client.id, client.called, _name(given.recipient, voice), shared.sections(leave), _told(decision.allowed),
        wording.notices().get(decision.notice, ""), _listed(decision.allowed, phrases.THEY), _kept(decision, voice),
    )  # fmt: skip


def _name(recipient: Recipient, voice: int) -> str:
    return phrases.who(recipient.type, recipient.name, recipient.relation, _language(), voice)


def _language() -> str:
    return (get_language() or "en")[:2]


def _told(allowed: Sequence[str]) -> str:
    """Kinds that may be told or sent but have no section, as a list in words; "" for none."""
    kinds = dict.fromkeys(cells.read(cell).kind for cell in allowed)
    return _listed([kind for kind in kinds if kind not in BUILDERS], phrases.THEY)


def _kept(decision: Decision, voice: int) -> tuple[Kept, ...]:
    """What stays, by reason, each kind once and in the order asked."""
    found: dict[str, list[str]] = {}
    for one in decision.withheld:
        found.setdefault(one.reason, []).append(one.kind)
    return tuple(Kept(_(reason), _listed(asked, voice)) for reason, asked in found.items())


def _listed(asked: Sequence[str], voice: int) -> str:
    """Cells in words, each kind once, with the sensitive matters it is about: "their health problems (also HIV)"."""
    matters: dict[str, set[str]] = {}
    for cell in map(cells.read, asked):
        matters.setdefault(cell.kind, set()).update(cell.labels if cell.labels & MATTERS else {""})
    said = [_kind_words(kind, labels, voice) for kind, labels in matters.items()]
    return phrases.listed(said, _language()) if said else ""


def _kind_words(kind: str, labels: set[str], voice: int) -> str:
    words = phrases.kind(kind, _language(), voice)
    named = ", ".join(phrases.sensitivity(one, _language()) for one in sorted(labels & MATTERS))
    if not named or kind not in asking.LISTED:
        return words
    return f"{words} ({_('also %(matters)s') % {'matters': named}})" if "" in labels else f"{words} ({named})"
