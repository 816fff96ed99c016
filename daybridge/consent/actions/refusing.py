"""Somebody says no: kept with the words they read, so that nobody asks again as if they had not."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from daybridge.audit import ledger
from daybridge.consent import columns, shown, wording
from daybridge.consent.actions import signing, within
from daybridge.consent.models import Consent
from daybridge.consent.rules.words import ConsentState
from daybridge.consent.terms import asked
from daybridge.kit.errors import Refused


@transaction.atomic
def refuse(*, client_id: UUID, form: str, language: str, reason: str, by, at: datetime) -> Consent:
    """Keep a no to a form that asks nothing; a reason only if the person gave one.

    Raises Client.DoesNotExist out of reach, NotAllowed, or Refused for an unknown form. Source: CON-27; 42 CFR 2.31(c).
    """
    client = within.client(client_id, by)
    words = wording.form(form, language)
    if asked(form).chooses:
        raise Refused("Choose first who may receive what.")
    consent = Consent(client=client, kind=form, discloser=shown.program_name(), status=ConsentState.DRAFT)
    signing.bind(consent, words, shown.text_for(client, words, at))
    consent.save(force_insert=True)
    return _refused(consent, reason, by=by, at=at)


@transaction.atomic
def refuse_draft(*, consent_id: UUID, reason: str, by, at: datetime) -> Consent:
    """Keep a no to what was prepared. Raises Consent.DoesNotExist out of reach, NotAllowed, or IllegalMove."""
    consent = within.consent(consent_id, by)
    if not consent.text:
        words = wording.form(consent.kind, consent.language)
        signing.bind(consent, words, shown.text_for(consent.client, words, at, columns.terms_of(consent)))
    return _refused(consent, reason, by=by, at=at)


def _refused(consent: Consent, reason: str, *, by, at: datetime) -> Consent:
    within.check_open(consent)
    consent.status = ConsentState.REFUSED
    consent.save()
    within.tell(consent, ConsentState.DRAFT, by=by, at=at, reason=reason)
    ledger.record("consent.refuse", consent, by=by, at=at, form=consent.form)
    return consent
