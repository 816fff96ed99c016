"""The one-time leave to sign: bound to the client, the form, its exact words and who opened it; worth one signature."""

from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.core import signing

from daybridge.consent.models import Consent, ConsentSignature
from daybridge.consent.rules.book import RULES
from daybridge.kit.errors import Refused
from daybridge.kit.ids import new_id

SALT = "consent.ticket"


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """What a ticket is for: whose page, which form or draft, its words by their hash, and who opened it."""

    client: str
    form: str
    consent: str
    text_hash: str
    actor: str


def page_of(*, client_id: UUID, form: str, consent_id: UUID | None, text_hash: str, by) -> Page:
    """The page a ticket is bound to; `form` is its name with the version ("family@2026.1")."""
    consent = str(consent_id or "")
    return Page(client=str(client_id), form=form, consent=consent, text_hash=text_hash, actor=by.actor)


def issue(page: Page, at: datetime) -> str:
    """A new ticket for this page, opened at `at`."""
    return signing.dumps({"id": str(new_id()), "at": int(at.timestamp()), **asdict(page)}, salt=SALT, compress=True)


def use(ticket: str, page: Page, at: datetime) -> UUID:
    """The number of a ticket that is good for `page` at `at`; it becomes the signature's own, so it works once.

    Raises Refused when it was forged, is for another page, was used, or is too old. Source: CON-19, CON-21.
    """
    try:
        told = signing.loads(ticket, salt=SALT)
    except signing.BadSignature:
        raise Refused("This page cannot be signed as it was sent. Please open it again.") from None
    _check_page(told, page)
    opened = datetime.fromtimestamp(told["at"], at.tzinfo)
    if not opened <= at <= opened + timedelta(minutes=RULES.number("CON-21")):
        raise Refused("This page was open too long. Please read it again and sign.")
    number = UUID(told["id"])
    if ConsentSignature.objects.filter(pk=number).exists() or Consent.objects.filter(pk=number).exists():
        raise Refused("This page was sent before. It counts once, and nothing was done twice.")
    return number


def _check_page(told: dict[str, str], page: Page) -> None:
    bound = asdict(page)
    others = {key for key, value in bound.items() if told.get(key) != value}
    if others == {"text_hash"}:
        raise Refused("The words of this form changed while it was open. Please read it again and sign.")
    if others:
        raise Refused("This page cannot be signed as it was sent. Please open it again.")
