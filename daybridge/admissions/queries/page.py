"""One referral, whole."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from daybridge import vault
from daybridge.access.gates import require
from daybridge.access.models import User
from daybridge.access.rules import Permission
from daybridge.admissions.models import PacketItem, PossibleMatch, Referral, Screen
from daybridge.admissions.queries.cards import Card, cards, clock
from daybridge.admissions.rules import arrival
from daybridge.audit import ledger
from daybridge.people.models import Client
from daybridge.people.rules import age_on
from daybridge.ui import words

RESULTS = {
    "reached": (gettext_lazy("Reached"), "phone", "ok"),
    "left-message": (gettext_lazy("Left a message"), "phone-missed", "quiet"),
    "no-answer": (gettext_lazy("No answer"), "phone-missed", "quiet"),
}
SYSTEMS = {
    "system:front-door": gettext_lazy("the public form"),
    "system:command-line": gettext_lazy("the command line"),
}


@dataclass(frozen=True, slots=True)
class PersonFacts:
    """Who it is, as the record says."""

    name: str
    record_number: str
    birth_date: date | None
    age: int | None
    sex: str
    languages: str
    phones: tuple[str, ...]
    email: str
    addresses: tuple[str, ...]
    numbers: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class ItemRow:
    """One fact of the packet. `sent` is the sender's wording where ours differs; `kind` as in the contract `refer`."""

    text: str
    sent: str
    code: str
    kind: str
    start: date | None
    end: date | None


@dataclass(frozen=True, slots=True)
class Happening:
    """One line of the history, as the time line draws it."""

    at: str
    words: str
    more: str
    shape: str
    tone: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferralPage:
    """Everything the page of a referral shows."""

    card: Card
    person: PersonFacts
    items: dict[str, tuple[ItemRow, ...]]
    packet_name: str
    remarks: tuple[str, ...]
    screen: dict[str, object]
    in_danger: bool
    may_leave_message: bool | None
    best_time: str
    next_on: datetime | None
    owner: str
    history: tuple[Happening, ...]
    joined: UUID | None


@dataclass(frozen=True, slots=True)
class PacketFile:
    """A packet as it arrived."""

    name: str
    content: bytes


def referral(*, referral_id: UUID, by, at: datetime) -> ReferralPage:
    """The page of one referral; the reading is on the ledger. Raises Referral.DoesNotExist out of reach."""
    found = Referral.objects.visible_to(by).select_related("client", "packet", "owner__user").get(pk=referral_id)
    ledger.read("referral.open", found, by=by, at=at)
    items = list(PacketItem.objects.filter(referral=found))
    screen = Screen.objects.filter(referral=found).first()
    answer = PossibleMatch.objects.filter(referral=found, state="joined").first()
    return ReferralPage(
        card=cards([found], at=at, seat_free=True)[0],
        person=person_facts(found.client, timezone.localtime(at).date()),
        items={kind: tuple(_item(one) for one in items if one.kind == kind) for kind in {one.kind for one in items}},
        packet_name=found.packet.file_name if found.packet else "",
        remarks=tuple(found.packet.remarks) if found.packet else (),
        screen=screen.answers if screen else {},
        in_danger=found.danger_at is not None,
        may_leave_message=found.may_leave_message,
        best_time=found.best_time,
        next_on=found.next_on,
        owner=found.owner.name if found.owner else "",
        history=_history(found, at),
        joined=answer.id if answer else None,
    )


def packet(*, referral_id: UUID, by, at: datetime) -> PacketFile:
    """The packet's own bytes, unchanged; the reading is on the ledger. Raises Referral.DoesNotExist when there is none.

    Staff of the program read it inside the program, so no consent is asked (42 CFR 2.12(c)(3)).
    """
    found = Referral.objects.visible_to(by).select_related("packet").get(pk=referral_id, packet__isnull=False)
    require(by, Permission.CHART_READ, found)
    ledger.read("referral.packet", found, by=by, at=at)
    context = f"admissions.packet:{found.packet.sha256}"
    return PacketFile(found.packet.file_name, vault.unseal_bytes(found.packet.content, context))


def person_facts(client: Client, today: date) -> PersonFacts:
    """The facts of a client's own record."""
    return PersonFacts(
        name=client.name,
        record_number=client.record_number,
        birth_date=client.birth_date,
        age=age_on(client.birth_date, today) if client.birth_date else None,
        sex=client.sex if client.sex != "unknown" else "",
        languages=", ".join(client.languages),
        phones=tuple(one.number for one in client.phones.all()),
        email=client.email,
        addresses=tuple(
            ", ".join(part for part in (one.line, one.city, f"{one.state} {one.postal_code}".strip()) if part)
            for one in client.addresses.all()
        ),
        numbers=tuple((one.kind or one.system, one.shown) for one in client.identifiers.all() if one.kind),
    )


def _item(one: PacketItem) -> ItemRow:
    ours = arrival.plain_words(one.code, one.text) if one.kind == "condition" else one.text
    return ItemRow(ours, one.text if ours != one.text else "", one.code, one.category, one.start, one.end)


def _history(found: Referral, at: datetime) -> tuple[Happening, ...]:
    events, calls = list(found.events.all()), list(found.contacts.all())
    names = _names(one.by for one in (*events, *calls))
    told = [(one.at, _event(one, names, at)) for one in events] + [(one.at, _call(one, names, at)) for one in calls]
    return tuple(line for _at, line in sorted(told, key=lambda pair: pair[0], reverse=True))


def _event(one, names: dict[str, str], at: datetime) -> Happening:
    word = words.of(one.now)
    said = _("Safety settled") if one.was == one.now else str(word.words)
    more = " · ".join(part for part in (names.get(one.by, ""), one.reason) if part)
    return Happening(clock(one.at, at), said, more, word.shape, word.tone)


def _call(one, names: dict[str, str], at: datetime) -> Happening:
    said, shape, tone = RESULTS[one.result]
    more = " · ".join(part for part in (names.get(one.by, ""), one.remark) if part)
    return Happening(clock(one.at, at), str(said), more, shape, tone)


def _names(actors: Iterable[str]) -> dict[str, str]:
    """Who acted, by actor: names of users, words for parts of the program."""
    ids = {actor: actor.removeprefix("user:") for actor in actors if actor.startswith("user:")}
    known = {str(one.id): one.name for one in User.objects.filter(id__in=ids.values())}
    return {actor: known.get(key, "") for actor, key in ids.items()} | {key: str(said) for key, said in SYSTEMS.items()}
