"""Requests: the worklist by their last day, and one request with all that belongs to it."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.core.paginator import Page, Paginator

from daybridge.access.gates import require
from daybridge.access.models import User
from daybridge.access.rules import Permission
from daybridge.asking import Given, prepared
from daybridge.audit import ledger
from daybridge.people import reach
from daybridge.people.models import Client
from daybridge.rights import sealed, shown, words
from daybridge.rights.models import ContactWish, Letter, RecordPacket, Request
from daybridge.rights.record import SECTIONS
from daybridge.rights.rules import requests as rules
from daybridge.rights.rules.requests import Asked, Kind, State

SIZE = 50
SHOWN = ("open", "mine", "ended")


@dataclass(frozen=True, slots=True)
class Row:
    """One request in a list. `left` is days to the last day, negative when it is past."""

    id: UUID
    client_id: UUID
    name: str
    kind: str
    shape: str
    state: str
    received_on: date
    due_on: date
    left: int
    urgency: str
    owner: str

    @property
    def late(self) -> int:
        """Days past the last day, 0 before it."""
        return max(0, -self.left)

    @property
    def is_today(self) -> bool:
        """Whether the last day is today and the answer is still to come."""
        return self.left == 0 and self.urgency == rules.Urgency.SOON

    @property
    def is_answered(self) -> bool:
        return self.state in rules.ANSWERS


@dataclass(frozen=True, slots=True)
class LetterRow:
    """One letter: its title as its reader sees it, when it was written and handed over."""

    id: UUID
    title: str
    text: str
    written_at: datetime
    given_at: datetime | None


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a request's way, for the time line."""

    at: datetime
    state: str
    who: str
    way: str


@dataclass(frozen=True, slots=True)
class PacketRow:
    """How far the record is: counts by section once it is made."""

    job_id: UUID | None
    made_at: datetime | None
    left_out: tuple[str, ...]
    counts: tuple[tuple[str, int], ...]

    @property
    def entries(self) -> int:
        return sum(count for _title, count in self.counts)


@dataclass(frozen=True, slots=True)
class RequestPage:
    """One request with what was asked, its history, its letters, and what may be done with it now."""

    row: Row
    record_number: str
    language: str
    asked: Asked
    document_id: UUID | None
    extended_on: date | None
    answer: str
    ground: str
    disagreement: str
    steps: tuple[Step, ...]
    letters: tuple[LetterRow, ...]
    packet: PacketRow | None
    moves: frozenset[str]
    outcomes: tuple[str, ...]
    must_accept: bool
    may_extend: bool

    @property
    def is_access(self) -> bool:
        return self.asked.kind == Kind.ACCESS

    @property
    def says_more(self) -> bool:
        """Whether there is more to show of the answer than its state."""
        return bool(self.answer or self.ground or self.disagreement or self.has_list)

    @property
    def may_disagree(self) -> bool:
        """Whether a correction was denied, wholly or in part, and no statement is kept yet."""
        answered = self.row.state in (State.DENIED, State.PARTLY, State.DELIVERED)
        return self.asked.kind == Kind.AMENDMENT and answered and bool(self.ground) and not self.disagreement

    @property
    def has_list(self) -> bool:
        return self.asked.kind in (Kind.ACCOUNTING, Kind.INTERMEDIARIES)


def worklist(*, by, at: datetime, show: str = "open", page: int = 1) -> Page:
    """A page of 50 requests within reach, the nearest last day first; `show` is open, mine or ended.

    4 queries and the ledger, whatever the number of rows.
    """
    found = Request.objects.visible_to(by).select_related("client__site", "owner")
    found = found.exclude(state__in=rules.OPEN) if show == "ended" else found.open()
    if show == "mine":
        found = found.filter(owner_id=getattr(by, "id", None))
    order = ("-due_on", "id") if show == "ended" else ("due_on", "received_on", "id")
    rows = Paginator(found.defer("asked", "answer", "disagreement").order_by(*order), SIZE).get_page(page)
    rows.object_list = [row(one, at) for one in rows.object_list]
    ledger.read_list("request.list", [one.client_id for one in rows.object_list], by=by, at=at)
    return rows


def row(request: Request, at: datetime) -> Row:
    """A request as lists show it; its client, site and owner are loaded."""
    today = shown.today(request.client.site, at)
    urgency = rules.urgency(request.due_on, today) if request.state in rules.RUNNING else rules.Urgency.QUIET
    return Row(
        request.id, request.client_id, request.client.name, str(words.KINDS[request.kind]),
        words.SHAPES[Kind(request.kind)], request.state, request.received_on, request.due_on,
        (request.due_on - today).days, urgency, request.owner.name if request.owner else "",
    )  # fmt: skip


def request_page(*, request_id: UUID, by, at: datetime) -> RequestPage:
    """One request within reach; the reading is on the ledger. Raises Request.DoesNotExist."""
    found = Request.objects.visible_to(by).select_related("client__site", "owner")
    request = found.get(pk=request_id)
    require(by, Permission.REQUEST_WORK, request)
    asked, state = sealed.asked(request), State(request.state)
    packet = RecordPacket.objects.defer("pages", "files").filter(request=request).first()
    ledger.read("request.read", request, by=by, at=at)
    ground = rules.GROUNDS.get(asked.kind, {}).get(request.ground)
    return RequestPage(
        row=row(request, at), record_number=request.client.record_number, language=request.language, asked=asked,
        document_id=request.document_id, extended_on=request.extended_on,
        answer=sealed.data(request, "answer").get("words", ""), ground=ground.title if ground else "",
        disagreement=sealed.words(request, "disagreement"), steps=_steps(request), letters=letters(request),
        packet=_packet(packet) if packet else None, moves=frozenset(rules.MOVES[state]),
        outcomes=rules.outcomes(asked.kind), must_accept=rules.must_accept(asked),
        may_extend=State.EXTENDED in rules.MOVES[state] and rules.CLOCKS[asked.kind].more > 0,
    )  # fmt: skip


def kind_of(*, request_id: UUID, by) -> Kind:
    """What a request within reach asks for. Raises Request.DoesNotExist."""
    return Kind(Request.objects.visible_to(by).values_list("kind", flat=True).get(pk=request_id))


def letters(request: Request) -> tuple[LetterRow, ...]:
    """The letters of a request, oldest first."""
    return tuple(letter_row(one) for one in request.letters.all())


def letter_row(letter: Letter) -> LetterRow:
    """A letter with its words."""
    text = sealed.words(letter, "words")
    title = text.partition("\n")[0].removeprefix("# ")
    return LetterRow(letter.id, title, text, letter.written_at, letter.given_at)


def _steps(request: Request) -> tuple[Step, ...]:
    events = list(request.events.all())
    ids = {UUID(one.by.removeprefix("user:")) for one in events if one.by.startswith("user:")}
    names = {f"user:{pk}": name for pk, name in User.objects.filter(pk__in=ids).values_list("id", "name")}
    own = f"client:{request.client_id}"
    return tuple(
        Step(one.at, one.now, request.client.name if one.by == own else names.get(one.by, ""), one.way)
        for one in events
    )


def _packet(packet: RecordPacket) -> PacketRow:
    counts = [(str(SECTIONS[part][0]), count) for part, count in packet.counts.items() if part in SECTIONS]
    left_out = [str(SECTIONS[part][0]) for part in packet.left_out if part in SECTIONS]
    return PacketRow(packet.job_id, packet.made_at, tuple(left_out), tuple(counts))


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody a request may be taken for."""

    id: UUID
    name: str
    record_number: str
    birth_date: date | None


def people(*, typed: str, by, at: datetime) -> list[Person]:
    """People within reach whose name or record number has these words in it, at most 20; nobody without words."""
    plain = " ".join(typed.casefold().split())
    if len(plain) < 2:
        return []
    within = Client.objects.filter(reach.clients_within(by, Permission.REQUEST_TAKE)).standing()
    found = within.filter(record_number__iexact=plain)
    for part in plain.split():
        within = within.filter(name_key__contains=part)
    columns = ("id", "given_name", "family_name", "record_number", "birth_date")
    rows = (found | within).distinct().order_by("family_name", "given_name", "id").values_list(*columns)[:20]
    people = [Person(pk, f"{given} {family}".strip(), number, born) for pk, given, family, number, born in rows]
    ledger.read_list("request.find", [one.id for one in people], by=by, at=at)
    return people


def person(*, client_id: UUID, by) -> Person:
    """One person a request may be taken for. Raises Client.DoesNotExist out of reach."""
    one = Client.objects.filter(reach.clients_within(by, Permission.REQUEST_TAKE)).get(pk=client_id)
    return Person(one.id, one.name, one.record_number, one.birth_date)


@dataclass(frozen=True, slots=True)
class Taken:
    """What whoever took a request in is shown: the last day and the letter to hand over."""

    client_id: UUID
    name: str
    kind: str
    due_on: date
    letter: LetterRow


def taken(*, request_id: UUID, by, at: datetime) -> Taken:
    """A request just taken in, without what was said in it. Raises Request.DoesNotExist out of reach."""
    request = Request.objects.taken_by(by).select_related("client").get(pk=request_id)
    letter = request.letters.get(name="receipt")
    ledger.read("request.read", request, by=by, at=at)
    kind = str(words.KINDS[request.kind])
    return Taken(request.client_id, request.client.name, kind, request.due_on, letter_row(letter))


@dataclass(frozen=True, slots=True)
class OwnRow:
    """A request as the person sees it on their own page."""

    id: UUID
    kind: str
    state: str
    received_on: date
    due_on: date
    letters: tuple[LetterRow, ...]
    has_record: bool


def own(*, client_id: UUID, by, at: datetime) -> list[OwnRow]:
    """What a person has asked for, newest first, with the letters to read; for the person as a Guest, or staff.

    Raises Client.DoesNotExist out of reach.
    """
    client = Client.objects.filter(reach.clients_within(by, Permission.REQUEST_TAKE)).get(pk=client_id)
    found = Request.objects.filter(client=client).prefetch_related("letters").order_by("-received_on", "-taken_at")
    ready = set(
        RecordPacket.objects.filter(request__client=client).exclude(made_at=None).values_list("request", flat=True)
    )
    given = (State.GRANTED, State.PARTLY, State.DELIVERED, State.CLOSED)
    ledger.read("request.read", client, by=by, at=at)
    return [
        OwnRow(
            one.id, str(words.KINDS[one.kind]), one.state, one.received_on, one.due_on,
            tuple(letter_row(letter) for letter in one.letters.all()), one.id in ready and one.state in given,
        )
        for one in found
    ]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Wish:
    """How and where a person wants to be reached: for everybody who calls or writes."""

    means: str
    where: str
    avoid: str
    since: datetime


def contact_wish(*, client_id: UUID, by) -> Wish | None:
    """The wish in force of a person whose name `by` may see, None without one. 1 query.

    Whoever shows a phone number or an address shows this beside it. Source: 45 CFR 164.522(b).
    """
    wish = next(iter(_wishes(reach.asking(by, Permission.CLIENT_LIST), client=client_id)), None)
    if wish is None:
        return None
    said = sealed.data(wish, "said")
    return Wish(str(dict(words.MEANS)[wish.means]), said.get("where", ""), said.get("not", ""), wish.since)


@prepared
def _wishes(within: reach.Shape):
    wishes = ContactWish.objects.filter(within.of("client"), client=Given("client"), ended_at=None)
    return wishes.order_by("id")[:1]


def open_ones(*, by) -> list[Request]:
    """Open requests within reach, nearest last day first, at most 200. 1 query."""
    found = Request.objects.visible_to(by).open().select_related("client__site", "owner")
    return list(found.defer("asked", "answer", "disagreement").order_by("due_on", "id")[:200])
