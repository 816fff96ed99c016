"""Whether the two consents that admission needs stand; and for many clients at once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from daybridge.audit import ledger
from daybridge.consent import gate, rules, shown, wording
from daybridge.consent.models import Consent
from daybridge.consent.queries import within
from daybridge.consent.rules import Happening
from daybridge.consent.rules.words import FormKind

TITLES = {
    FormKind.TREATMENT: _("Treatment"),
    FormKind.TPO: _("Sharing for care, payment and running the program"),
    FormKind.FAMILY: _("Family or a friend"),
    FormKind.NAMED: _("One person or office"),
    FormKind.CLASS: _("A group that does the same work"),
    FormKind.INTERMEDIARY: _("A service between clinics"),
    FormKind.COUNSELING_NOTES: _("Private counseling notes"),
    FormKind.LEGAL_PROCEEDING: _("A legal case"),
    FormKind.COURT_REFERRAL: _("A court or probation sent me"),
    FormKind.TELEHEALTH: _("Video and phone"),
    FormKind.PHOTO: _("Photo for check-in"),
    FormKind.COMMUNITY: _("Community"),
    FormKind.RESEARCH_CONTACT: _("Being asked about studies"),
}


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
    """Whether the two consents that admission needs are in force, and a row for each of the two."""

    client_id: UUID
    client: str
    treatment: bool
    part2: bool
    rows: tuple[FormRow, ...]


def standing(*, client_id: UUID, at: datetime, by) -> Standing:
    """Whether the first two consents stand at `at`. Raises Client.DoesNotExist out of reach. Writes a read."""
    client = within.client(client_id, by)
    local = shown.local(client, at)
    newest: dict[str, Consent] = {}
    signed = Consent.objects.visible_to(by).filter(client=client, signed_at__lte=at, kind__in=wording.FIRST)
    for consent in signed.select_related("witness").order_by("signed_at", "id"):
        newest[consent.kind] = consent
    rows = tuple(_row(form, newest.get(form), local) for form in wording.FIRST)
    ledger.read("consent.list", client, by=by, at=at)
    held = {row.form for row in rows if row.is_active}
    return Standing(client.id, client.name, rules.TREATMENT in held, rules.TPO in held, rows)


def in_force(*, client_ids: list[UUID], at: datetime, by) -> dict[UUID, frozenset[str]]:
    """For each of these clients the forms in force at `at`, in three questions; clients without one are left out."""
    found: dict[UUID, set[str]] = {}
    signed = Consent.objects.visible_to(by).in_force().filter(client__in=client_ids, signed_at__lte=at)
    rows = list(signed.select_related("client__site").prefetch_related("signatures"))
    held = gate.holding(rows, at)
    for consent in rows:
        if consent.pk in held:
            found.setdefault(consent.client_id, set()).add(consent.kind)
    return {client: frozenset(forms) for client, forms in found.items()}


def _row(form: str, consent: Consent | None, local: datetime) -> FormRow:
    title = TITLES[FormKind(form)]
    if consent is None:
        return FormRow(form, title, "not-started", None, None, "", "", "")
    witness = consent.witness.name if consent.witness else ""
    return FormRow(
        form, title, state_of(consent, local), consent.id, consent.signed_at, consent.signer_name, witness,
        consent.language,
    )  # fmt: skip


def state_of(consent: Consent, local: datetime, happened: Sequence[Happening] = ()) -> str:
    """The state as it is shown: past its last day, or once what it waits for came true, it has ended, whether the
    night has said so yet or not."""
    if consent.status != rules.ConsentState.ACTIVE:
        return consent.status
    over = consent.expires_on is not None and local.date() > consent.expires_on
    came_true = any(
        one.event == consent.expires_event and consent.signed_at and one.at >= consent.signed_at for one in happened
    )
    return "expired" if over or came_true else consent.status
