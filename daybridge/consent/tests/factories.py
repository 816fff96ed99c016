"""Consents, for tests: prepared and signed through the actions; every kind of form has its terms in TERMS."""

from datetime import datetime

from django.utils import timezone

from daybridge.access.gates import Guest, System
from daybridge.access.rules import Permission
from daybridge.audit import ledger
from daybridge.consent import actions, restrictions, wording
from daybridge.consent.columns import digest
from daybridge.consent.models import Consent, ConsentEvent, ConsentSignature, Representative, Restriction, Ruling
from daybridge.consent.rules.facts import Restriction as Limits
from daybridge.consent.rules.signing import Signature
from daybridge.consent.terms import NOTHING, Terms
from daybridge.people.models import Client

MOTHER = Terms(
    recipient_type="person", name="Ana Vega", relation="mother", purposes=("family",),
    kinds=("presence", "schedule", "attendance"), ends="treatment",
)  # fmt: skip
TERMS: dict[str, Terms] = {
    "family": MOTHER,
    "named-recipient": Terms(
        recipient_type="person", name="Dr. Omar Haddad", relation="family doctor", purposes=("treatment",),
        kinds=("presence", "plan", "medication"), ends="treatment",
    ),
    "class-of-recipients": Terms(
        recipient_type="class", relation="payer", purposes=("payment",), kinds=("presence", "attendance", "billing"),
        ends="treatment",
    ),
    "intermediary": Terms(
        recipient_type="intermediary", name="State Health Exchange", members=("Lakeside Clinic",),
        purposes=("treatment",), kinds=("presence", "medication"), ends="treatment",
    ),
    "counseling-notes": Terms(
        recipient_type="person", name="Dr. Omar Haddad", relation="family doctor", purposes=("treatment",),
        kinds=("counseling-notes",), ends="treatment",
    ),
    "court-referral": Terms(
        recipient_type="authority", name="County Probation", matter="case 26-118", purposes=("referrer",),
        kinds=("presence", "attendance"), ends="event", event="The case is decided", revocable="case",
    ),
    "legal-proceeding": Terms(
        recipient_type="authority", name="County Court", matter="case 26-118", purposes=("legal-proceeding",),
        kinds=("presence", "attendance"), ends="treatment",
    ),
}  # fmt: skip
TEST = System("test")
MAY = frozenset({Permission.CONSENT_SEE, Permission.CONSENT_SIGN, Permission.DISCLOSE})


def typed(name: str = "Rosa Delgado", **fields) -> Signature:
    defaults = {"relation": "self", "kind": "typed", "mark": name, "device": "test"}
    return Signature(name=name, **defaults | fields)


def draft(client: Client, form: str = "family", *, by, at: datetime, language: str = "en", **changed) -> Consent:
    """A prepared consent; `changed` are terms that differ from the usual ones."""
    usual = TERMS.get(form, NOTHING)
    chosen = Terms(**{name: changed.get(name, getattr(usual, name)) for name in Terms.__dataclass_fields__})
    return actions.prepare(client_id=client.id, form=form, language=language, chosen=chosen, by=by, at=at)


def signed(client: Client, form: str, *, by, at: datetime, language: str = "en", **changed) -> Consent:
    """A consent in force; those that ask something are prepared first."""
    if form not in TERMS:
        return actions.sign(client_id=client.id, form=form, language=language, signature=typed(), by=by, at=at)
    prepared = draft(client, form, by=by, at=at, language=language, **changed)
    return actions.sign_draft(consent_id=prepared.id, language=language, signature=typed(), by=by, at=at)


def both(client: Client, *, by, at: datetime) -> list[Consent]:
    return [signed(client, form, by=by, at=at) for form in ("treatment", "part2-tpo")]


def guest(client: Client) -> Guest:
    """The client on their own phone."""
    return Guest(actor=f"client:{client.id}", client_id=client.id, permissions=MAY)


def restriction(client: Client, *, by, at: datetime, **limits) -> Restriction:
    """Something the program agreed to keep back."""
    return restrictions.agree(
        client_id=client.id, limits=Limits(id="", agreed_at=at, **limits), why="asked for", by=by, at=at
    )


def signature(consent: Consent) -> ConsentSignature:
    return consent.signatures.get()


def event(consent: Consent) -> ConsentEvent:
    return consent.events.latest("at", "id")


def representative(client: Client, **fields) -> Representative:
    usual = {"name": "Ines Delgado", "relation": "guardian", "because": "lacks-capacity", "by": "system:test"}
    return Representative.objects.create(client=client, **{**usual, "since": timezone.now().date(), **fields})


def ruling(kept: Consent, set_aside: Consent, *, at: datetime) -> Ruling:
    return Ruling.objects.create(client=kept.client, kept=kept, set_aside=set_aside, at=at, by="system:test")


def stored(client: Client, *, at: datetime, **columns) -> Consent:
    """A consent in force, straight into the database with the ledger's line, as if it had been signed."""
    words = columns.get("text", "# Yes\n")
    usual = {
        "form": f"{columns['kind']}@2026.1", "language": "en", "text": words, "text_hash": wording.text_hash(words),
        "status": "active", "signed_at": at, "signer_name": "Rosa", "signer_relation": "self",
        "signature_kind": "typed", "signature": "Rosa",
    }  # fmt: skip
    one = Consent.objects.create(client=client, **usual | columns)
    ConsentSignature.objects.create(
        consent=one, name=one.signer_name, relation=one.signer_relation, kind="typed", mark=one.signature,
        text_hash=one.text_hash, at=at, by=TEST.actor,
    )  # fmt: skip
    told = {"text_hash": one.text_hash, "terms_hash": digest(one), "relation": one.signer_relation}
    ledger.record("consent.sign", one, by=TEST, at=at, form=one.form, now=one.status, **told)
    return one
