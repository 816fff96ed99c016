"""A signed consent as its copy shows it, and whether it is still what was signed."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from daybridge.audit.models import Entry
from daybridge.consent import columns, gate, rules, shown, wording
from daybridge.consent.models import Consent
from daybridge.consent.rules.words import ConsentState

PLACES = {"own phone": _("on their own phone")}
ON_PAPER = "on paper, "


@dataclass(frozen=True, slots=True)
class Signed:
    """One signature: site-local time; `drawn` is the path of a drawn one."""

    name: str
    relation: str
    kind: str
    drawn: str
    place: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Copy:
    """A consent as its copy shows it; times are site-local. Without a signature it was refused or waits."""

    id: UUID
    client_id: UUID
    language: str
    sheet: wording.Sheet
    text_hash: str
    signatures: tuple[Signed, ...]
    witness: str
    status: str
    is_intact: bool
    scan_id: UUID | None = None

    @property
    def signer(self) -> str:
        return self.signatures[0].name if self.signatures else ""

    @property
    def is_ended(self) -> bool:
        return self.status in (ConsentState.EXPIRED, ConsentState.REVOKED)

    @property
    def is_refused(self) -> bool:
        return self.status == ConsentState.REFUSED

    @property
    def is_waiting(self) -> bool:
        return self.status == ConsentState.DRAFT


def copy(*, clearance: gate.Clearance, consent: Consent) -> Copy:
    """The copy that a clearance lets out. Raises ValueError when it was given for something else."""
    if not clearance.covers(consent.client_id, rules.Kind.CONSENTS):
        raise ValueError("this clearance does not cover the consent")
    return Copy(
        id=consent.id, client_id=consent.client_id, language=consent.language, sheet=wording.sheet(consent.text),
        text_hash=consent.text_hash, signatures=_signatures(consent),
        witness=consent.witness.name if consent.witness else "", status=consent.status,
        is_intact=intact(consent=consent), scan_id=consent.scan_id,
    )  # fmt: skip


def _signatures(consent: Consent) -> tuple[Signed, ...]:
    return tuple(
        Signed(
            one.name, one.relation, one.kind, one.mark if one.kind == "drawn" else "",
            _place(one.place, consent.language), shown.local(consent.client, one.at),
        )
        for one in consent.signatures.all()
    )  # fmt: skip


def _place(place: str, language: str) -> str:
    """Where it was signed; on paper, on which day."""
    if place.startswith(ON_PAPER):
        day = shown.day_in(language)(date.fromisoformat(place.removeprefix(ON_PAPER)))
        return _now("on paper, on %(day)s") % {"day": day}
    return str(PLACES.get(place, place))


def intact(*, consent: Consent) -> bool:
    """Whether the words and what was chosen are still those that were signed: by the consent's own hash, by each
    signature's, and by the ledger, which nobody can rewrite unseen. Source: CON-8, CON-28.
    """
    return fits(consent, told_at_signing([consent]).get(str(consent.id), []))


def told_at_signing(consents: Iterable[Consent]) -> dict[str, list[dict]]:
    """What the ledger was told at each signature of these consents, by consent."""
    found: dict[str, list[dict]] = {}
    entries = Entry.objects.filter(object_id__in=[str(one.id) for one in consents], verb="consent.sign")
    for consent_id, data in entries.values_list("object_id", "data"):
        found.setdefault(consent_id, []).append(data)
    return found


def fits(consent: Consent, told: list[dict]) -> bool:
    """Whether a consent is what the ledger was told when it was signed."""
    if consent.text_hash != wording.text_hash(consent.text) and consent.text:
        return False
    if any(one.text_hash != consent.text_hash for one in consent.signatures.all()):
        return False
    if consent.status in (ConsentState.DRAFT, ConsentState.REFUSED):
        return True
    seal = {"text_hash": consent.text_hash, "terms_hash": columns.digest(consent)}
    return bool(consent.text and told) and all({key: one.get(key) for key in seal} == seal for one in told)
