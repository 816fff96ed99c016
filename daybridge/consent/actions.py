"""The only writers of consents: sign one, take it back, hand out a copy."""

from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import transaction

from daybridge.access.gates import require
from daybridge.access.rules import Permission
from daybridge.audit import ledger
from daybridge.consent import gate, rules, shown, wording
from daybridge.consent.models import Consent, ConsentEvent
from daybridge.consent.rules import ConsentState, Kind, Purpose, Signature
from daybridge.kit.states import check_move
from daybridge.people.models import Client


@transaction.atomic
def sign(*, client_id: UUID, form: str, language: str, signature: Signature, by, at: datetime) -> Consent:
    """Keep a signed consent: the exact words, their hash, who signed and how; `by` is the witness.

    Raises Client.DoesNotExist out of reach, NotAllowed, or Refused: unknown form, no mark, the words changed since
    they were read, or this form is already in force. Source: CON-7, CON-8; 42 CFR 2.31.
    """
    reach = Client.objects.visible_to(by).select_related("site")
    client = reach.select_for_update(of=("self",), no_key=True).get(pk=client_id)
    require(by, Permission.CONSENT_SIGN, client)
    chosen = wording.form(form, language)
    text = shown.text_for(client, chosen, at)
    local = at.astimezone(ZoneInfo(client.site.timezone))
    rules.check_signature(signature)
    rules.check_same_text(signature, wording.text_hash(text))
    rules.check_not_in_force(gate.given(client=client, at=at), form, local)
    consent = Consent.objects.create(
        client=client, kind=form, form=chosen.name, language=language, text=text, text_hash=wording.text_hash(text),
        discloser=shown.program_name(), recipient=chosen.recipient, information=list(chosen.information),
        purpose=chosen.purpose, expires_when=chosen.expires_when, status=ConsentState.ACTIVE, signed_at=at,
        signer_name=signature.name.strip(), signer_relation=signature.relation, signature_kind=signature.kind,
        signature=signature.mark, device=signature.device[:200], witness=by,
    )  # fmt: skip
    _tell(consent, ConsentState.DRAFT, by=by, at=at)
    ledger.record("consent.sign", consent, by=by, at=at, form=chosen.name, text_hash=consent.text_hash)
    return consent


@transaction.atomic
def revoke(*, consent_id: UUID, reason: str, by, at: datetime) -> Consent:
    """End a consent at once: the next disclosure is refused; what left before stays lawful.

    Raises Consent.DoesNotExist out of reach, NotAllowed, or IllegalMove when it had ended already.
    Source: CON-9; 42 CFR 2.31(a)(6).
    """
    consent = Consent.objects.visible_to(by).select_for_update(of=("self",), no_key=True).get(pk=consent_id)
    require(by, Permission.CONSENT_SIGN, consent)
    was = ConsentState(consent.status)
    check_move(rules.MOVES, was, ConsentState.REVOKED)
    consent.status = ConsentState.REVOKED
    consent.save(update_fields=["status"])
    _tell(consent, was, by=by, at=at, reason=reason)
    ledger.record("consent.revoke", consent, by=by, at=at, form=consent.form)
    return consent


def give_copy(*, consent_id: UUID, by, at: datetime) -> tuple[gate.Clearance, Consent]:
    """Leave to hand the client a copy of a signed consent, and that consent.

    Raises Consent.DoesNotExist out of reach, or NotAllowed. Source: CON-5; 42 CFR 2.23.
    """
    consent = Consent.objects.visible_to(by).select_related("client__site", "witness").get(pk=consent_id)
    request = rules.Request(
        recipient="the client", purpose=Purpose.CLIENT, kinds=(Kind.CONSENTS,), what=f"copy of {consent.form}"
    )
    return gate.clear(client=consent.client, request=request, by=by, at=at), consent


def _tell(consent: Consent, was: str, *, by, at: datetime, reason: str = "") -> None:
    ConsentEvent.objects.create(consent=consent, was=was, now=consent.status, by=by.actor, at=at, reason=reason[:300])
