"""A signed consent as its copy shows it, and whether it is still what was signed."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from daybridge.consent import gate, proof, rules, shown, wording
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
    return proof.is_intact(consent, proof.told([consent.id]).get(str(consent.id), []))
