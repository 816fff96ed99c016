"""Give the patient notice to a person, and keep their word that they got it."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from daybridge.access.gates import require
from daybridge.access.rules import Permission
from daybridge.audit import ledger
from daybridge.kit.errors import Refused
from daybridge.people import reach
from daybridge.people.models import Client
from daybridge.rights import notice, wording
from daybridge.rights.models import NoticeGiven

HOW = ("paper", "screen", "email", "phone")


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """How the notice was given; who signed that they got it, or why nobody did. `text_hash` binds what was shown."""

    language: str
    how: str
    signer_name: str = ""
    why_not: str = ""
    text_hash: str = ""


@transaction.atomic
def acknowledge(*, client_id: UUID, receipt: Receipt, by, at: datetime) -> NoticeGiven:
    """Keep that the notice of today was given, once a version. Staff who take signatures, or the person as a Guest.

    Raises Client.DoesNotExist out of reach, NotAllowed, Refused: neither signed nor said why not, or the words changed
    while the page was open. Source: 42 CFR 2.22; 45 CFR 164.520(c)(2)(ii).
    """
    within = Client.objects.filter(reach.clients_within(by, Permission.CONSENT_SIGN)).select_related("site")
    client = within.select_for_update(of=("self",), no_key=True).get(pk=client_id)
    require(by, Permission.CONSENT_SIGN, client)
    text = notice.text(client.site, receipt.language)
    _check(receipt, wording.text_hash(text))
    values = {
        "language": receipt.language, "text_hash": wording.text_hash(text), "how": receipt.how, "given_at": at,
        "by": by.actor, "signer_name": receipt.signer_name.strip(), "why_not": receipt.why_not.strip()[:200],
    }  # fmt: skip
    given, is_new = NoticeGiven.objects.get_or_create(client=client, version=notice.version(), defaults=values)
    if is_new:
        ledger.record("notice.give", given, by=by, at=at, version=given.version, signed=bool(given.signer_name))
    return given


def _check(receipt: Receipt, text_hash: str) -> None:
    if receipt.how not in HOW or receipt.language not in wording.LANGUAGES:
        raise Refused("Say how the notice was given.")
    if receipt.text_hash and receipt.text_hash != text_hash:
        raise Refused("The words of the notice changed while it was open. Please read it again.")
    signed, why = receipt.signer_name.strip(), receipt.why_not.strip()
    if bool(signed) == bool(why):
        raise Refused("Either the person signs that they got it, or write why not.")
    if signed and not 2 <= len(signed) <= 200:
        raise Refused("Type your full name to sign.")
