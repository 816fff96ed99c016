"""What the client reads before signing, with the ticket that lets it be signed once."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from daybridge.access.rules import Permission
from daybridge.audit import ledger
from daybridge.consent import columns, phrases, shown, tickets, who, wording
from daybridge.consent.models import Consent
from daybridge.consent.queries import within
from daybridge.consent.queries.clashes import Clash, clashes
from daybridge.consent.queries.standing import TITLES, in_force
from daybridge.consent.rules.signers import Signers
from daybridge.consent.rules.signing import may_sign
from daybridge.consent.rules.words import ConsentState, FormKind
from daybridge.consent.terms import Terms, asked
from daybridge.people.models import Client


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """The exact words to sign. `signers` may sign now, `signed` have; `why_two` says why more than one must."""

    client_id: UUID
    client: str
    form: str
    title: str
    language: str
    sheet: wording.Sheet
    text_hash: str
    ticket: str
    signers: tuple[str, ...]
    signed: tuple[str, ...] = ()
    why_two: str = ""
    is_in_force: bool = False
    consent_id: UUID | None = None
    clashes: tuple[Clash, ...] = ()
    bound: str = ""

    @property
    def has_recipient(self) -> bool:
        """Whether somebody else would see something."""
        return asked(self.form).chooses

    @property
    def refusing(self) -> tuple[wording.Part, ...]:
        """What a no means, in the form's own words."""
        heading = next(one.heading for one in wording.form(self.form, self.language).sections if one.id == "refusing")
        return next((one.parts for one in self.sheet.passages if one.heading == heading), ())

    @property
    def is_english(self) -> bool:
        return self.language == "en"

    @property
    def is_spanish(self) -> bool:
        return self.language == "es"


@dataclass(frozen=True, slots=True)
class Draft:
    """What was prepared and for whom."""

    consent_id: UUID
    client_id: UUID
    form: str
    terms: Terms


@dataclass(frozen=True, slots=True)
class Choice:
    """A form whose terms are to be chosen: its own words about why it is asked."""

    client_id: UUID
    client: str
    form: str
    title: str
    why: str
    language: str
    names_class: bool

    @property
    def is_english(self) -> bool:
        return self.language == "en"

    @property
    def is_spanish(self) -> bool:
        return self.language == "es"


def draft(*, consent_id: UUID, by) -> Draft:
    """What was prepared. Raises Consent.DoesNotExist out of reach."""
    consent = within.consent(consent_id, by, Permission.CONSENT_SIGN)
    return Draft(consent.id, consent.client_id, consent.kind, columns.terms_of(consent))


def choice(*, client_id: UUID, form: str, language: str, by) -> Choice:
    """What the client is told before choosing. Raises Client.DoesNotExist out of reach, Refused for no such form."""
    client = within.client(client_id, by, Permission.CONSENT_SIGN)
    words, program = wording.form(form, language), shown.program_name()
    why = next((one.text for one in words.sections if one.id == "why-asked"), "").format(program=program)
    return Choice(client.id, client.name, form, TITLES[FormKind(form)], why, language, asked(form).names_class)


def page(*, client_id: UUID, form: str, language: str, at: datetime, by) -> Page:
    """A form that asks nothing, to read and sign. Raises Client.DoesNotExist out of reach, Refused for no such form."""
    client = within.client(client_id, by, Permission.CONSENT_SIGN)
    words = wording.form(form, language)
    text = shown.text_for(client, words, at)
    ledger.read("consent.form", client, by=by, at=at, form=form)
    stands = form in in_force(client_ids=[client.id], at=at, by=by).get(client.id, frozenset())
    draft = Consent(client=client, kind=form, form=words.name, language=language, text=text)
    return _page(draft, client, None, at=at, by=by, is_in_force=stands)


def draft_page(*, consent_id: UUID, language: str, at: datetime, by) -> Page:
    """What was prepared, to read and sign; once somebody signed, the very words they signed.

    Raises Consent.DoesNotExist out of reach.
    """
    consent = within.consent(consent_id, by, Permission.CONSENT_SIGN)
    if not consent.signatures.exists():
        words = wording.form(consent.kind, language)
        consent.form, consent.language = words.name, language
        consent.text = shown.text_for(consent.client, words, at, columns.terms_of(consent))
    ledger.read("consent.form", consent.client, by=by, at=at, form=consent.kind)
    decided = consent.status != ConsentState.DRAFT
    return _page(consent, consent.client, consent.id, at=at, by=by, is_in_force=decided)


def paper_page(*, consent_id: UUID, language: str, at: datetime, by) -> Page:
    """What was prepared, as it is printed to be signed by hand. Raises Consent.DoesNotExist out of reach."""
    consent = within.consent(consent_id, by, Permission.CONSENT_SIGN)
    words = wording.form(consent.kind, language)
    consent.form, consent.language = words.name, language
    consent.text = shown.text_on_paper(consent.client, words, columns.terms_of(consent))
    ledger.read("consent.form", consent.client, by=by, at=at, form=consent.kind)
    decided = consent.status != ConsentState.DRAFT
    return _page(consent, consent.client, consent.id, at=at, by=by, is_in_force=decided)


def _page(consent: Consent, client: Client, draft_id: UUID | None, *, at: datetime, by, is_in_force: bool) -> Page:
    rows = list(consent.signatures.values_list("name", "relation")) if draft_id else []
    needed = who.needed(client, shown.today(client, at))
    text_hash = wording.text_hash(consent.text)
    bound = tickets.page_of(client_id=client.id, form=consent.form, consent_id=draft_id, text_hash=text_hash, by=by)
    return Page(
        client_id=client.id, client=client.name, form=consent.kind, title=TITLES[FormKind(consent.kind)],
        language=consent.language, sheet=wording.sheet(consent.text), text_hash=text_hash,
        ticket=tickets.issue(bound, at), signers=may_sign(needed, [relation for _, relation in rows]),
        signed=tuple(name for name, _ in rows), why_two=_why_two(needed), is_in_force=is_in_force,
        consent_id=draft_id, clashes=() if is_in_force else clashes(consent=consent, client=client, at=at),
        bound=phrases.bound(columns.terms_of(consent), consent.language, shown.day_in(consent.language)),
    )  # fmt: skip


def _why_two(needed: Signers) -> str:
    return _(needed.reason) if len(needed.groups) > 1 else ""


def language_of(*, client_id: UUID, by) -> str:
    """The form language to begin with: the client's first language that we have, else English."""
    spoken = [str(language)[:2].lower() for language in within.client(client_id, by).languages]
    return next((language for language in spoken if language in wording.LANGUAGES), "en")
