"""The consents in force of one client that let somebody know something."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from daybridge.consent import gate, phrases, records
from daybridge.consent.rules import TPO, Given, kinds_of, purposes_of
from daybridge.consent.rules.standing import held
from daybridge.people.models import Client
from daybridge.release.queries import within
from daybridge.release.rules import MADE


@dataclass(frozen=True, slots=True)
class Agreed:
    """One consent as the form needs it; `names_nobody` when it names a class and the recipient has to be typed."""

    consent_id: UUID
    client_id: UUID
    client: str
    given: Given
    kinds: tuple[tuple[str, str], ...]
    purposes: tuple[tuple[str, str], ...]

    @property
    def title(self) -> str:
        return who_words(self.given)

    @property
    def about(self) -> str:
        told = phrases.listed([words for _kind, words in self.kinds], "en")
        return _("The client agreed. They may know {told}.").format(told=told)

    @property
    def names_nobody(self) -> bool:
        return not self.given.recipient.name


def agreed(*, client_id: UUID, consent_id: UUID, by, at: datetime) -> Agreed:
    """One consent in force. Raises Client.DoesNotExist out of reach, or when it holds no more."""
    client = within.client(client_id, by)
    given = next((one for one in in_force(client, at) if one.id == str(consent_id)), None)
    if given is None:
        raise Client.DoesNotExist
    kinds = tuple((kind, within.kind_words(kind)) for kind in MADE if kind in kinds_of(given))
    purposes = tuple((one, phrases.purpose(one, "en", phrases.THEY)) for one in sorted(purposes_of(given)))
    return Agreed(consent_id, client.id, client.name, given, kinds, purposes)


def in_force(client: Client, at: datetime) -> list[Given]:
    """Those that name somebody, or care, payment and operations, and something a paper can be made of."""
    standing = held(gate.known(client=client, at=at), records.local(client, at))
    return [
        one for one in standing if (one.kind == TPO or one.recipient.type) and set(MADE) & set(kinds_of(one))
    ]  # fmt: skip


def who_words(one: Given) -> str:
    """Whom a consent names, as staff read it."""
    who = one.recipient
    if not who.type:
        return _("For care, payment and running the program")
    return phrases.who(who.type, who.name, who.relation, "en", phrases.THEY)
