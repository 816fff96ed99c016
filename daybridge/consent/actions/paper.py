"""Take in a form that was printed and signed by hand."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from daybridge.consent import columns, shown, wording
from daybridge.consent.actions import signing, within
from daybridge.consent.models import Consent
from daybridge.consent.rules.signing import PAPER, Signature
from daybridge.kit.errors import BadInput
from daybridge.kit.ids import new_id
from daybridge.people import documents


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """A form signed by hand: the scan, who signed (name and relation), the day on the paper, and the page's ticket."""

    scan: documents.keeping.Upload
    signers: tuple[tuple[str, str], ...]
    signed_on: date
    ticket: str = ""


@transaction.atomic
def keep_paper(*, consent_id: UUID, language: str, paper: Paper, by, at: datetime) -> Consent:
    """Keep the scan with what was prepared; it holds from now on, the day on the paper stands with each signature.

    Raises as `sign_draft`, and BadInput for a scan that cannot be kept or a day that is still to come. Source: CON-18.
    """
    consent = within.consent(consent_id, by)
    words = wording.form(consent.kind, language)
    signing.bind(consent, words, shown.text_on_paper(consent.client, words, columns.terms_of(consent)))
    by_hand = [_by_hand(name, relation, paper) for name, relation in paper.signers]
    number = signing.leave(consent, by_hand[0], by=by, at=at, draft_id=consent.id)
    within.check_open(consent)
    if paper.signed_on > shown.today(consent.client, at):
        raise BadInput("The day on the paper is still to come.")
    signing.check_not_given(consent, at)
    consent.scan = documents.keep(
        client_id=consent.client_id, kind=documents.Kind.CONSENT_SCAN, title=words.name, upload=paper.scan, by=by, at=at
    )
    consent.save()
    for place, signature in enumerate(by_hand):
        signing.add(consent, signature, new_id() if place else number, by=by, at=at)
    return consent


def _by_hand(name: str, relation: str, paper: Paper) -> Signature:
    where = f"on paper, {paper.signed_on.isoformat()}"
    return Signature(name=name, relation=relation, kind=PAPER, mark="", device="", place=where, ticket=paper.ticket)
