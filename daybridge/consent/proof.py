"""Whether a consent is still what was signed: by its own hashes, and by what the ledger was told of it."""

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from daybridge.asking import Given as Place
from daybridge.asking import prepared
from daybridge.audit.models import Entry
from daybridge.audit.rules import Line, Link
from daybridge.consent import columns, wording
from daybridge.consent.models import Consent
from daybridge.consent.rules.words import ConsentState
from daybridge.vault import keyring

SIGN, ENDS = "consent.sign", ("consent.revoke", "consent.expire")


def told(consent_ids: Iterable[UUID]) -> dict[str, list[Line]]:
    """What the ledger was told of signing and ending these consents, by consent; a line with a wrong mark is none."""
    ids = [str(one) for one in consent_ids]
    found: dict[str, list[Line]] = {}
    if not ids:
        return found
    key = keyring.named("ledger.key")
    for *row, client_id, previous, mac in _lines(ids=ids):
        line = Line(*row[:8], str(client_id or ""), *row[8:])
        if Link(line, previous, mac).is_sound(key):
            found.setdefault(line.object_id, []).append(line)
    return found


@prepared
def _lines() -> QuerySet:
    lines = Entry.objects.filter(object_id__in=Place("ids"), verb__in=(SIGN, *ENDS)).order_by("chain", "seq")
    return lines.values_list(
        "chain", "seq", "at", "actor", "verb", "kind", "object_type", "object_id", "reason", "origin", "data",
        "client_id", "previous", "mac",
    )  # fmt: skip


def fits(consent: Any, signatures: Iterable[tuple[str, str]], lines: Sequence[Line]) -> bool:
    """Whether a consent (or its columns) with these signatures (relation, hash) is what the ledger was told.

    A word, a choice or a signature changed in the database does not fit, nor a consent nobody signed here, nor one
    that was ended and is made to stand again. Source: CON-8, CON-28.
    """
    signed = sorted(signatures)
    if consent.text and consent.text_hash != wording.text_hash(consent.text):
        return False
    if any(text_hash != consent.text_hash for _relation, text_hash in signed):
        return False
    if consent.status in (ConsentState.DRAFT, ConsentState.REFUSED):
        return True
    if consent.status == ConsentState.ACTIVE and any(one.verb in ENDS for one in lines):
        return False
    by_ledger = [one.data for one in lines if one.verb == SIGN]
    if [relation for relation, _hash in signed] != sorted(str(one.get("relation")) for one in by_ledger):
        return False
    seal = {"text_hash": consent.text_hash, "terms_hash": columns.digest(consent)}
    return bool(consent.text and by_ledger) and all({key: one.get(key) for key in seal} == seal for one in by_ledger)


def is_intact(consent: Consent, lines: Sequence[Line]) -> bool:
    """The same for a consent as it was loaded, with what `told` found of it."""
    return fits(consent, [(one.relation, one.text_hash) for one in consent.signatures.all()], lines)
