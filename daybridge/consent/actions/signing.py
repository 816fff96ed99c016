"""Sign: on the tablet or on the client's own phone. One signature, or two when the law asks for two."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from daybridge.audit import ledger
from daybridge.consent import columns, gate, shown, tickets, who, wording
from daybridge.consent.actions import within
from daybridge.consent.models import Consent, ConsentSignature
from daybridge.consent.rules import signing
from daybridge.consent.rules.signing import Signature
from daybridge.consent.rules.words import ConsentState
from daybridge.consent.terms import asked
from daybridge.kit.errors import Refused
from daybridge.kit.ids import new_id

PHONE = "own phone"


@transaction.atomic
def sign(*, client_id: UUID, form: str, language: str, signature: Signature, by, at: datetime) -> Consent:
    """Keep a signed consent of a form that asks nothing: the exact words, their hash, who signed and how.

    It holds at once, or waits as a draft for the second signature when the law asks for two. Raises
    Client.DoesNotExist out of reach, NotAllowed, or Refused: unknown form, no mark, somebody who may not sign, a page
    forged, sent twice or left open too long, words that changed since they were read, or already in force.
    Source: CON-7, CON-8, CON-10, CON-19; 42 CFR 2.31.
    """
    client = within.client(client_id, by)
    words = wording.form(form, language)
    if asked(form).chooses:
        raise Refused("Choose first who may receive what.")
    consent = Consent(client=client, kind=form, discloser=shown.program_name(), status=ConsentState.DRAFT)
    bind(consent, words, shown.text_for(client, words, at))
    number = leave(consent, signature, by=by, at=at, draft_id=None)
    check_not_given(consent, at)
    consent.save(force_insert=True)
    return add(consent, signature, number, by=by, at=at)


@transaction.atomic
def sign_draft(*, consent_id: UUID, language: str, signature: Signature, by, at: datetime) -> Consent:
    """Sign what was prepared, or add the second signature; the first one binds the words of its day.

    Raises Consent.DoesNotExist out of reach, IllegalMove when it was decided already, else as `sign`.
    """
    consent = within.consent(consent_id, by)
    if not consent.signatures.exists():
        words = wording.form(consent.kind, language)
        bind(consent, words, shown.text_for(consent.client, words, at, columns.terms_of(consent)))
    number = leave(consent, signature, by=by, at=at, draft_id=consent.id)
    within.check_open(consent)
    check_not_given(consent, at)
    consent.save()
    return add(consent, signature, number, by=by, at=at)


def bind(consent: Consent, words: wording.Form, text: str) -> None:
    """Put these exact words under the consent, with their hash; what was chosen is told in their language."""
    for name, value in columns.of(words, columns.terms_of(consent)).items():
        setattr(consent, name, value)
    consent.form, consent.language = words.name, words.language
    consent.text, consent.text_hash = text, wording.text_hash(text)


def leave(consent: Consent, signature: Signature, *, by, at: datetime, draft_id: UUID | None) -> UUID:
    """The number this signature gets: that of its ticket, which works once. Only staff who watch may do without.

    Raises Refused, also when the words read are not the words about to be kept.
    """
    signing.check_same_text(signature, consent.text_hash)
    if not signature.ticket and within.witness(by):
        return new_id()
    page = tickets.page_of(
        client_id=consent.client_id, form=consent.form, consent_id=draft_id, text_hash=consent.text_hash, by=by
    )
    return tickets.use(signature.ticket, page, at)


def check_not_given(consent: Consent, at: datetime) -> None:
    """Raise Refused when the very same consent is in force: two people at once, or a form begun twice."""
    agreed = columns.terms_of(consent)
    others = Consent.objects.in_force().filter(client=consent.client, kind=consent.kind).exclude(pk=consent.pk)
    for other in others.select_related("client__site"):
        if columns.terms_of(other) == agreed and gate.holds(other, at):
            raise Refused("This form is already signed and in force.")


def add(consent: Consent, signature: Signature, number: UUID, *, by, at: datetime) -> Consent:
    """Put one signature under the consent; with the last one needed it holds."""
    signing.check_signature(signature)
    before = list(consent.signatures.values_list("relation", flat=True))
    needed = who.needed(consent.client, shown.today(consent.client, at))
    signing.check_may_sign(needed, signature.relation, before)
    who.check_speaker(consent.client, signature.relation, signature.name, shown.today(consent.client, at))
    row = _row(consent, signature, by=by, at=at)
    ConsentSignature.objects.create(id=number, consent=consent, **row)
    waits = needed.missing([*before, signature.relation])
    _stand(consent, row, at=at, by=by, waits=waits)
    ledger.record(
        "consent.sign", consent, by=by, at=at, form=consent.form, text_hash=consent.text_hash,
        terms_hash=columns.digest(consent), how=signature.kind, relation=signature.relation, now=consent.status,
        waits=[sorted(group) for group in waits],
    )  # fmt: skip
    return consent


def _row(consent: Consent, signature: Signature, *, by, at: datetime) -> dict:
    place = signature.place or (consent.client.site.name if within.witness(by) else PHONE)
    return {
        "name": signature.name.strip(), "relation": signature.relation, "kind": signature.kind, "mark": signature.mark,
        "device": signature.device[:200], "place": place[:200], "text_hash": consent.text_hash, "at": at,
        "by": by.actor,
    }  # fmt: skip


def _stand(consent: Consent, row: dict, *, at: datetime, by, waits: tuple) -> None:
    """The first signer stands in the consent's own columns; with everybody's signature it holds from `at` on."""
    if not consent.signer_name:
        consent.signer_name, consent.signer_relation = row["name"], row["relation"]
        consent.signature_kind, consent.signature = row["kind"], row["mark"]
        consent.device, consent.witness = row["device"], within.witness(by)
    if not waits:
        consent.status, consent.signed_at = ConsentState.ACTIVE, at
        within.tell(consent, ConsentState.DRAFT, by=by, at=at)
    consent.save()
