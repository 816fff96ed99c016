"""One referral, whole."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from daybridge import vault
from daybridge.access.gates import require
from daybridge.access.models import User
from daybridge.access.rules import Permission
from daybridge.admissions import words
from daybridge.admissions.models import PacketItem, PossibleMatch, Referral, Screen
from daybridge.admissions.queries.cards import Card, cards
from daybridge.admissions.queries.said import row
from daybridge.admissions.rules import ReferralState, arrival
from daybridge.audit import ledger
from daybridge.people.models import Client
from daybridge.people.rules import age_on
from daybridge.ui import words as status_words

SHAPES = {"reached": ("phone", "ok"), "left-message": ("phone-missed", "quiet"), "no-answer": ("phone-missed", "quiet")}
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
    """One line of the history, as the time line draws it; with `day` it is a heading."""

    at: str = ""
    words: str = ""
    more: str = ""
    shape: str = ""
    tone: str = ""
    day: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferralPage:
    """Everything the page of a referral shows."""

    card: Card
    person: PersonFacts
    items: dict[str, tuple[ItemRow, ...]]
    packet_name: str
    remarks: tuple[str, ...]
    screen: dict[str, object]
    screened: tuple[tuple[str, str], ...]
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
        card=cards([row(found)], by=by, at=at, open_sites=frozenset({found.site_id}))[0],
        person=person_facts(found.client, timezone.localtime(at).date()),
        items={kind: tuple(_item(one) for one in items if one.kind == kind) for kind in {one.kind for one in items}},
        packet_name=found.packet.file_name if found.packet else "",
        remarks=tuple(found.packet.remarks) if found.packet else (),
        screen=screen.answers if screen else {},
        screened=_screened(screen.answers) if screen else (),
        in_danger=found.danger_at is not None,
        may_leave_message=found.may_leave_message,
        best_time=found.best_time,
        next_on=found.next_on,
        owner=found.owner.name if found.owner else "",
        history=_history(found),
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
        sex=words.label(words.SEXES, client.sex) if client.sex != "unknown" else "",
        languages=", ".join(words.language(tag) for tag in client.languages),
        phones=tuple(one.number for one in client.phones.all()),
        email=client.email,
        addresses=tuple(
            ", ".join(part for part in (one.line, one.city, f"{one.state} {one.postal_code}".strip()) if part)
            for one in client.addresses.all()
        ),
        numbers=tuple(
            (words.label(words.NUMBERS, one.kind), one.shown) for one in client.identifiers.all() if one.kind
        ),
    )


def _item(one: PacketItem) -> ItemRow:
    ours = arrival.plain_words(one.code, one.text) if one.kind == "condition" else one.text
    return ItemRow(ours, one.text if ours != one.text else "", one.code, one.category, one.start, one.end)


def _screened(answers: dict) -> tuple[tuple[str, str], ...]:
    """The phone screen in words, for reading."""
    rows = (
        (_("What brings them here"), answers["concern"]),
        (_("Use"), answers["use"]),
        (_("Withdrawal"), words.label(words.WITHDRAWAL, answers["withdrawal"])),
        (_("Urgent today"), ", ".join(words.label(words.URGENT, one) for one in answers["urgent"])),
        (_("Pregnant"), words.label(words.UNKNOWN, answers["pregnant"])),
        (_("Insurance"), words.label(words.INSURANCE, answers["insurance"])),
        (_("Week works around"), ", ".join(words.label(words.NEEDS, one) for one in answers["needs"])),
    )
    return tuple((label, said) for label, said in rows if said)


def _history(found: Referral) -> tuple[Happening, ...]:
    """Latest first, under a heading for each day."""
    events, calls = list(found.events.all()), list(found.contacts.all())
    names = _names(one.by for one in (*events, *calls))
    order = {str(state): place for place, state in enumerate(ReferralState)}
    told = [(one.at, order.get(one.now, 0), _event(one, names)) for one in events]
    told += [(one.at, 0, _call(one, names)) for one in calls]
    lines: list[Happening] = []
    day = ""
    for instant, _order, line in sorted(told, key=lambda row: row[:2], reverse=True):
        today = date_format(timezone.localtime(instant), "l, M j")
        if today != day:
            lines.append(Happening(day=today))
            day = today
        lines.append(line)
    return tuple(lines)


def _time(instant: datetime) -> str:
    return date_format(timezone.localtime(instant), "g:i A")


def _event(one, names: dict[str, str]) -> Happening:
    word = status_words.of(one.now)
    said = _("Safety settled") if one.was == one.now else str(word.words)
    more = " · ".join(part for part in (names.get(one.by, ""), one.reason) if part)
    return Happening(_time(one.at), said, more, word.shape, word.tone)


def _call(one, names: dict[str, str]) -> Happening:
    shape, tone = SHAPES[one.result]
    more = " · ".join(part for part in (names.get(one.by, ""), one.remark) if part)
    return Happening(_time(one.at), words.label(words.RESULTS, one.result), more, shape, tone)


def _names(actors: Iterable[str]) -> dict[str, str]:
    """Who acted, by actor: names of users, words for parts of the program."""
    ids = {actor: actor.removeprefix("user:") for actor in actors if actor.startswith("user:")}
    known = {str(one.id): one.name for one in User.objects.filter(id__in=ids.values())}
    return {actor: known.get(key, "") for actor, key in ids.items()} | {key: str(said) for key, said in SYSTEMS.items()}
