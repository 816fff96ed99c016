"""Write down what a person chose, ready to be read and signed."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from daybridge.audit import ledger
from daybridge.consent import columns, gate, shown, terms, wording
from daybridge.consent.actions import within
from daybridge.consent.models import Consent
from daybridge.consent.rules.words import ConsentState
from daybridge.consent.terms import Terms
from daybridge.kit.errors import Refused


@transaction.atomic
def prepare(*, client_id: UUID, form: str, language: str, chosen: Terms, by, at: datetime) -> Consent:
    """Keep a draft of a consent with what was chosen; nothing is shared on it before it is signed.

    Raises Client.DoesNotExist out of reach, NotAllowed, Refused for an unknown form, or BadInput with each fault.
    Source: CON-24; 42 CFR 2.31(a).
    """
    client = within.client(client_id, by)
    words = wording.form(form, language)
    complete = terms.complete(form, chosen, shown.today(client, at))
    consent = Consent.objects.create(
        client=client, kind=form, form=words.name, language=language, text="", text_hash="",
        discloser=shown.program_name(), status=ConsentState.DRAFT, **columns.of(words, complete),
        code_word=gate.code_word(complete.code_word, client.id),
    )  # fmt: skip
    ledger.record("consent.prepare", consent, by=by, at=at, form=words.name, kinds=list(complete.kinds))
    return consent


@transaction.atomic
def change(*, consent_id: UUID, language: str, chosen: Terms, by, at: datetime) -> Consent:
    """Choose anew for a draft that nobody has signed. Raises as `prepare`, and Refused once somebody signed."""
    consent = within.consent(consent_id, by)
    check_unsigned(consent)
    words = wording.form(consent.kind, language)
    complete = terms.complete(consent.kind, chosen, shown.today(consent.client, at))
    for name, value in {**columns.of(words, complete), "form": words.name, "language": language}.items():
        setattr(consent, name, value)
    if complete.code_word:
        consent.code_word = gate.code_word(complete.code_word, consent.client_id)
    consent.save()
    ledger.record("consent.change", consent, by=by, at=at, form=words.name, kinds=list(complete.kinds))
    return consent


def check_unsigned(consent: Consent) -> None:
    """Raise Refused unless this is a draft without a signature."""
    if consent.status != ConsentState.DRAFT or consent.signatures.exists():
        raise Refused("Somebody has signed this already, so it cannot be changed. Take it back and begin a new one.")
