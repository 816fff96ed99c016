"""The patient notice as pages show it, and who has it."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from daybridge.access.models import Program, Site
from daybridge.access.rules import Permission
from daybridge.audit import ledger
from daybridge.episodes.models import Episode
from daybridge.people import reach
from daybridge.people.models import Client
from daybridge.rights import notice, wording
from daybridge.rights.models import NoticeGiven


@dataclass(frozen=True, slots=True)
class NoticePage:
    """The notice in one language: its words, their fingerprint, and the number to call."""

    language: str
    version: str
    sheet: wording.Sheet
    text: str
    text_hash: str
    phone: str


@dataclass(frozen=True, slots=True)
class GivenRow:
    """One version as a person got it."""

    version: str
    language: str
    how: str
    given_at: datetime
    signer: str
    why_not: str


@dataclass(frozen=True, slots=True)
class GivingPage:
    """What whoever hands the notice to a person sees."""

    client_id: UUID
    client: str
    language: str
    notice: NoticePage
    given: tuple[GivenRow, ...]

    @property
    def has_it(self) -> bool:
        return any(row.version == self.notice.version for row in self.given)


def patient_notice(*, language: str, site: Site | None = None) -> NoticePage:
    """The notice for everybody; for one site, or the program's only one."""
    if site is None:
        sites = list(Site.objects.all()[:2])
        site = sites[0] if len(sites) == 1 else None
    text = notice.text(site, language)
    phone = (site.phone if site else "") or Program.objects.values_list("phone", flat=True).first() or ""
    return NoticePage(language, notice.version(), wording.sheet(text), text, wording.text_hash(text), phone)


def giving(*, client_id: UUID, language: str, by, at: datetime) -> GivingPage:
    """The notice to hand to one person, and what they got before. Raises Client.DoesNotExist out of reach."""
    within = Client.objects.filter(reach.clients_within(by, Permission.CONSENT_SIGN)).select_related("site")
    client = within.get(pk=client_id)
    spoken = next((one[:2] for one in client.languages if one[:2] in wording.LANGUAGES), "en")
    chosen = language if language in wording.LANGUAGES else spoken
    rows = tuple(
        GivenRow(one.version, one.language, one.how, one.given_at, one.signer_name, one.why_not)
        for one in NoticeGiven.objects.filter(client=client)
    )
    ledger.read("notice.page", client, by=by, at=at)
    return GivingPage(client.id, client.name, chosen, patient_notice(language=chosen, site=client.site), rows)


def without_notice(*, by) -> int:
    """How many people in care, whose requests `by` works, have not been given the notice of today. 1 query."""
    have = NoticeGiven.objects.filter(version=notice.version()).values("client")
    within = Episode.objects.open().filter(reach.clients_within(by, Permission.REQUEST_WORK, "client"))
    return within.exclude(client__in=have).count()
