"""Which consents stand, and the words to sign."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from django.utils.translation import gettext_lazy as _

from daybridge.access.rules import Permission
from daybridge.audit import ledger
from daybridge.consent import gate, rules, shown, wording
from daybridge.consent.models import Consent
from daybridge.people import reach
from daybridge.people.models import Client

TITLES = {rules.TREATMENT: _("Treatment"), rules.TPO: _("Sharing for care, payment and running the program")}


@dataclass(frozen=True, slots=True)
class FormRow:
    """One form for one client; `state` is not-started, active, revoked or expired; consent fields when signed once."""

    form: str
    title: str
    state: str
    consent_id: UUID | None
    signed_at: datetime | None
    signer: str
    witness: str
    language: str

    @property
    def is_active(self) -> bool:
        return self.state == "active"


@dataclass(frozen=True, slots=True)
class Standing:
    """Whether the two consents that admission needs are in force, and a row for each form."""

    client_id: UUID
    client: str
    treatment: bool
    part2: bool
    rows: tuple[FormRow, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """What the client reads before signing."""

    client_id: UUID
    client: str
    form: str
    language: str
    sheet: wording.Sheet
    text_hash: str
    is_in_force: bool

    @property
    def is_english(self) -> bool:
        return self.language == "en"

    @property
    def is_spanish(self) -> bool:
        return self.language == "es"


@dataclass(frozen=True, slots=True)
class Copy:
    """A signed consent as its copy shows it; times are site-local."""

    id: UUID
    client_id: UUID
    language: str
    sheet: wording.Sheet
    text_hash: str
    signer: str
    relation: str
    signature_kind: str
    signature: str
    signed_at: datetime
    witness: str
    status: str

    @property
    def is_drawn(self) -> bool:
        return self.signature_kind == "drawn"

    @property
    def is_ended(self) -> bool:
        return self.status != rules.ConsentState.ACTIVE


def standing(*, client_id: UUID, at: datetime, by) -> Standing:
    """Which consents stand at `at`. Raises Client.DoesNotExist out of reach. Writes a read to the ledger."""
    client = _client(client_id, by)
    local = at.astimezone(ZoneInfo(client.site.timezone))
    newest: dict[str, Consent] = {}
    signed = Consent.objects.visible_to(by).filter(client=client, signed_at__lte=at).select_related("witness")
    for consent in signed.order_by("signed_at", "id"):
        newest[consent.kind] = consent
    rows = tuple(_row(form, newest.get(form), local) for form in wording.FORMS)
    ledger.read("consent.list", client, by=by, at=at)
    in_force = {row.form for row in rows if row.is_active}
    return Standing(client.id, client.name, rules.TREATMENT in in_force, rules.TPO in in_force, rows)


def in_force(*, client_ids: list[UUID], at: datetime, by) -> dict[UUID, frozenset[str]]:
    """For each of these clients the forms in force at `at`, in one query; clients without one are left out."""
    found: dict[UUID, set[str]] = {}
    signed = Consent.objects.visible_to(by).in_force().filter(client__in=client_ids, signed_at__lte=at)
    for consent in signed.select_related("client__site"):
        if rules.is_in_force(gate.as_given(consent), at.astimezone(ZoneInfo(consent.client.site.timezone))):
            found.setdefault(consent.client_id, set()).add(consent.kind)
    return {client: frozenset(forms) for client, forms in found.items()}


def page(*, client_id: UUID, form: str, language: str, at: datetime, by) -> Page:
    """The exact words to sign. Raises Client.DoesNotExist out of reach, Refused for an unknown form."""
    client = _client(client_id, by, Permission.CONSENT_SIGN)
    text = shown.text_for(client, wording.form(form, language), at)
    ledger.read("consent.form", client, by=by, at=at, form=form)
    stands = form in in_force(client_ids=[client.id], at=at, by=by).get(client.id, frozenset())
    return Page(client.id, client.name, form, language, wording.sheet(text), wording.text_hash(text), stands)


def language_of(*, client_id: UUID, by) -> str:
    """The form language to begin with: the client's first language that we have, else English."""
    spoken = [str(language)[:2].lower() for language in _client(client_id, by).languages]
    return next((language for language in spoken if language in wording.LANGUAGES), "en")


def copy(*, clearance: gate.Clearance, consent: Consent) -> Copy:
    """The copy that a clearance lets out. Raises ValueError when it was given for something else."""
    if not clearance.covers(consent.client_id, rules.Kind.CONSENTS):
        raise ValueError("this clearance does not cover the consent")
    local = consent.signed_at.astimezone(ZoneInfo(consent.client.site.timezone))
    return Copy(
        consent.id, consent.client_id, consent.language, wording.sheet(consent.text), consent.text_hash,
        consent.signer_name, consent.signer_relation, consent.signature_kind, consent.signature, local,
        consent.witness.name, consent.status,
    )  # fmt: skip


def _client(client_id: UUID, by, permission: Permission = Permission.CONSENT_SEE) -> Client:
    return Client.objects.select_related("site").filter(reach.clients_within(by, permission)).get(pk=client_id)


def _row(form: str, consent: Consent | None, local: datetime) -> FormRow:
    title = TITLES[form]
    if consent is None:
        return FormRow(form, title, "not-started", None, None, "", "", "")
    state = consent.status
    if state == rules.ConsentState.ACTIVE and not rules.is_in_force(gate.as_given(consent), local):
        state = rules.ConsentState.EXPIRED
    return FormRow(
        form, title, str(state), consent.id, consent.signed_at, consent.signer_name, consent.witness.name,
        consent.language,
    )  # fmt: skip
