"""On which grounds something may be given out of one record, and what the gate would say."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from daybridge.access.rules import Permission
from daybridge.audit import ledger
from daybridge.consent import gate, phrases, records
from daybridge.consent.models import Disclosure
from daybridge.consent.rules import TPO, Given, Purpose, is_in_force, kinds_of, purposes_of
from daybridge.people import reach
from daybridge.people.models import Client
from daybridge.release import contents
from daybridge.release.rules import LAW, MADE, Ask, check_ask
from daybridge.rights.record import whose

LAW_WORDS = {
    Purpose.EMERGENCY: (
        _lazy("Medical emergency"),
        _lazy("The client cannot be asked, and a life or health needs it now."),
    ),
    Purpose.LEGAL_ORDER: (
        _lazy("Court order"),
        _lazy("A judge's order under 42 CFR Part 2. A subpoena alone is not enough."),
    ),
    Purpose.AUDIT: (
        _lazy("Audit or evaluation"),
        _lazy("Somebody entitled to look at the program, with a written promise."),
    ),
    Purpose.ABUSE_REPORT: (
        _lazy("Report of child abuse"),
        _lazy("The first report that state law asks for, not the record."),
    ),
    Purpose.CRIME: (
        _lazy("Crime here or against staff"),
        _lazy("The incident, the name and that the person is a client."),
    ),
}


@dataclass(frozen=True, slots=True)
class Way:
    """One ground to give something out on."""

    title: str
    why: str
    url: str
    shape: str


@dataclass(frozen=True, slots=True)
class Ways:
    """The page that offers them."""

    client_id: UUID
    client: str
    agreed: tuple[Way, ...]
    law: tuple[Way, ...]


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


@dataclass(frozen=True, slots=True)
class Weighed:
    """What the gate would say, in words."""

    allowed: tuple[str, ...]
    withheld: tuple[tuple[str, str], ...]
    scope: tuple[str, ...]
    has_notice: bool


@dataclass(frozen=True, slots=True)
class Released:
    """What left: to whom, when, what, what stayed, and the paper."""

    client_id: UUID
    client: str
    recipient: str
    at: datetime
    allowed: tuple[str, ...]
    withheld: tuple[tuple[str, str], ...]
    document_id: UUID


def ways(*, client_id: UUID, by, at: datetime) -> Ways:
    """Every consent in force that lets somebody know something, and the law's own grounds.

    Raises Client.DoesNotExist out of reach. Writes a read to the ledger.
    """
    client = _client(client_id, by)
    ledger.read("release.ways", client, by=by, at=at)
    agreed = tuple(_way(client, one) for one in _in_force(client, at))
    law = tuple(
        Way(str(title), str(why), reverse("release:law", args=[client.id, purpose]), "scale")
        for purpose, (title, why) in LAW_WORDS.items()
    )
    return Ways(client.id, client.name, agreed, law)


def agreed(*, client_id: UUID, consent_id: UUID, by, at: datetime) -> Agreed:
    """One consent in force. Raises Client.DoesNotExist out of reach, or when it holds no more."""
    client = _client(client_id, by)
    given = next((one for one in _in_force(client, at) if one.id == str(consent_id)), None)
    if given is None:
        raise Client.DoesNotExist
    kinds = tuple((kind, kind_words(kind)) for kind in MADE if kind in kinds_of(given))
    purposes = tuple((one, phrases.purpose(one, "en", phrases.THEY)) for one in sorted(purposes_of(given)))
    return Agreed(consent_id, client.id, client.name, given, kinds, purposes)


def law_kinds(purpose: Purpose) -> tuple[tuple[str, str], ...]:
    """What may be on a paper for this ground, as choices."""
    return tuple((kind, kind_words(kind)) for kind in LAW[purpose][0])


def name_of(*, client_id: UUID, by) -> str:
    """The client's name. Raises Client.DoesNotExist out of reach."""
    return _client(client_id, by).name


def weighed(*, client_id: UUID, ask: Ask, by, at: datetime) -> Weighed:
    """What the gate would say to `ask`; nothing leaves and nothing is disclosed. Raises as `actions.give`."""
    client = _client(client_id, by)
    check_ask(ask)
    found = contents.pieces(whose(client), ask.kinds, ask.period)
    decision = gate.weigh(client=client, request=contents.request_for(ask, found), at=at)
    ledger.read("release.weigh", client, by=by, at=at, purpose=ask.purpose)
    withheld = tuple(dict.fromkeys((kind_words(one.kind), one.reason) for one in decision.withheld))
    allowed = tuple(dict.fromkeys(kind_words(one) for one in decision.allowed))
    return Weighed(allowed, withheld, decision.scope, bool(decision.notice))


def released(*, document_id: UUID, client_id: UUID, by, at: datetime) -> Released:
    """What was given out on this paper. Raises ObjectDoesNotExist out of reach."""
    client = _client(client_id, by)
    paper = client.documents.defer("sealed").get(pk=document_id)
    row = Disclosure.objects.filter(client=client, at=paper.kept_at).latest("at")
    withheld = tuple(dict.fromkeys((kind_words(one["kind"]), one["reason"]) for one in row.withheld))
    allowed = tuple(dict.fromkeys(kind_words(one) for one in row.allowed))
    ledger.read("release.see", client, by=by, at=at)
    return Released(client.id, client.name, row.recipient, row.at, allowed, withheld, paper.id)


def kind_words(cell: str) -> str:
    """A kind, or a sensitive part of it, as staff read it: "their medicine (HIV)"."""
    kind, _colon, labels = cell.partition(":")
    words = phrases.kind(kind, "en", phrases.THEY)
    told = ", ".join(phrases.sensitivity(one, "en") for one in labels.split("+") if one)
    return f"{words} ({told})" if told else words


def _client(client_id: UUID, by) -> Client:
    near = reach.clients_within(by, Permission.DISCLOSE)
    return Client.objects.filter(near).select_related("site").get(pk=client_id)


def _in_force(client: Client, at: datetime) -> list[Given]:
    local = records.local(client, at)
    history = gate.known(client=client, at=at)
    return [
        one for one in history.consents
        if is_in_force(one, local) and (one.kind == TPO or one.recipient.type) and set(MADE) & set(kinds_of(one))
    ]  # fmt: skip


def who_words(one: Given) -> str:
    """Whom a consent names, as staff read it."""
    who = one.recipient
    if not who.type:
        return _("For care, payment and running the program")
    return phrases.who(who.type, who.name, who.relation, "en", phrases.THEY)


def _way(client: Client, one: Given) -> Way:
    told = phrases.listed([kind_words(kind) for kind in MADE if kind in kinds_of(one)], "en")
    until = _("until {day}").format(day=_day(one.expires_on)) if one.expires_on else ""
    why = " · ".join(filter(None, [told, until]))
    return Way(who_words(one), why, reverse("release:agreed", args=[client.id, one.id]), "pen-line")


def _day(day: date) -> str:
    return f"{day:%b} {day.day}, {day.year}"
