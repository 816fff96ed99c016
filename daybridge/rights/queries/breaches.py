"""Reports of what may have got out: the list, and one with its four questions, people, notices and clocks."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.db.models import Count, F, Q

from daybridge.access.gates import require
from daybridge.access.rules import Permission
from daybridge.audit import ledger
from daybridge.rights import sealed, shown, words
from daybridge.rights.models import Breach, Letter
from daybridge.rights.rules import breaches as rules
from daybridge.rights.rules import requests
from daybridge.rights.rules.breaches import BreachState, Clocks, Standing

SIZE = 50


@dataclass(frozen=True, slots=True)
class BreachRow:
    """One report in a list; `due_on` is the last day to tell people, None when nobody has to be told."""

    id: UUID
    number: str
    state: str
    found_on: date
    reported_by: str
    people: int
    told: int
    due_on: date | None
    left: int
    urgency: str

    @property
    def is_open(self) -> bool:
        return self.state != BreachState.CLOSED

    @property
    def late(self) -> int:
        """Days past the last day, 0 before it."""
        return max(0, -self.left)

    @property
    def is_today(self) -> bool:
        """Whether the last day is today and something is still to answer."""
        return self.left == 0 and self.urgency == requests.Urgency.SOON


@dataclass(frozen=True, slots=True)
class Question:
    """One of the four, with how it was answered."""

    title: str
    ask: str
    rating: str
    words: str


@dataclass(frozen=True, slots=True)
class Touched:
    """One person whose record was touched; `letter_id` once there is a letter."""

    id: UUID
    client_id: UUID
    name: str
    record_number: str
    letter_id: UUID | None
    told_at: datetime | None
    told_how: str


@dataclass(frozen=True, slots=True)
class Told:
    """Somebody else who was told."""

    whom: str
    on: date
    remark: str


@dataclass(frozen=True, slots=True)
class BreachPage:
    """One report with everything that belongs to it, and what is still to do."""

    row: BreachRow
    what: str
    site: str
    happened_on: date | None
    reported_at: datetime
    questions: tuple[Question, ...]
    note: str
    weighed_by: str
    weighed_at: datetime | None
    people: tuple[Touched, ...]
    notices: tuple[Told, ...]
    clocks: Clocks | None
    missing: tuple[str, ...]
    moves: frozenset[str]

    @property
    def is_breach(self) -> bool:
        return self.row.state == BreachState.BREACH

    @property
    def may_weigh(self) -> bool:
        return self.row.state in (BreachState.REPORTED, BreachState.LOW)

    @property
    def unwritten(self) -> int:
        return sum(person.letter_id is None for person in self.people)

    @property
    def may_close(self) -> bool:
        return BreachState.CLOSED in self.moves and not self.missing


def reports(*, by, at: datetime, page: int = 1) -> Page:
    """A page of 50 reports within reach, open ones first, then the newest. 2 queries."""
    counted = {"touched": Count("people"), "were_told": Count("people", filter=Q(people__told_at__isnull=False))}
    found = Breach.objects.visible_to(by).select_related("site", "reported_by").annotate(**counted)
    found = found.defer("what", "weighed").order_by(F("closed_at").desc(nulls_first=True), "-found_on", "-reported_at")
    rows = Paginator(found, SIZE).get_page(page)
    rows.object_list = [_row(one, one.touched, one.were_told, at) for one in rows.object_list]
    return rows


def _row(breach: Breach, people: int, told: int, at: datetime) -> BreachRow:
    today = shown.today(breach.site, at)
    waits = breach.state in (BreachState.REPORTED, BreachState.BREACH) and (told < people or not people)
    due = rules.clocks(breach.found_on, people).people if waits else None
    urgency = requests.urgency(due, today) if due else requests.Urgency.QUIET
    number = f"{breach.reported_at:%Y}-{str(breach.id)[-4:].upper()}"
    return BreachRow(
        breach.id, number, breach.state, breach.found_on, breach.reported_by.name, people, told, due,
        (due - today).days if due else 0, urgency,
    )  # fmt: skip


def breach_page(*, breach_id: UUID, by, at: datetime) -> BreachPage:
    """One report within reach; the people on it are read on the ledger. Raises Breach.DoesNotExist."""
    found = Breach.objects.visible_to(by).select_related("site", "reported_by", "weighed_by")
    breach = found.get(pk=breach_id)
    require(by, Permission.BREACH_WORK, breach)
    people = _people(breach)
    notices = tuple(Told(str(dict(words.TOLD)[one.whom]), one.on, one.remark) for one in breach.notices.all())
    whom = frozenset(breach.notices.values_list("whom", flat=True))
    told = sum(person.told_at is not None for person in people)
    standing = Standing(BreachState(breach.state), len(people), told, whom)
    weighed = sealed.data(breach, "weighed")
    ledger.read_list("breach.read", [person.client_id for person in people], by=by, at=at)
    return BreachPage(
        row=_row(breach, len(people), told, at), what=sealed.words(breach, "what"), site=breach.site.name,
        happened_on=breach.happened_on, reported_at=breach.reported_at, questions=_questions(breach, weighed),
        note=weighed.get("note", ""), weighed_by=breach.weighed_by.name if breach.weighed_by else "",
        weighed_at=breach.weighed_at, people=people, notices=notices,
        clocks=rules.clocks(breach.found_on, len(people)) if breach.state == BreachState.BREACH else None,
        missing=tuple(rules.MISSING_WORDS[code] for code in rules.missing(standing)),
        moves=frozenset(rules.BREACH_MOVES[BreachState(breach.state)]),
    )  # fmt: skip


def _questions(breach: Breach, weighed: dict) -> tuple[Question, ...]:
    said = weighed.get("words", {})
    return tuple(
        Question(one.title, one.ask, breach.ratings.get(one.id, ""), said.get(one.id, "")) for one in rules.FACTORS
    )


def _people(breach: Breach) -> tuple[Touched, ...]:
    letters = dict(Letter.objects.filter(breach_person__breach=breach).values_list("breach_person_id", "id"))
    found = breach.people.select_related("client").order_by("client__family_name", "client__given_name", "id")
    return tuple(
        Touched(one.id, one.client_id, one.client.name, one.client.record_number, letters.get(one.id), one.told_at,
                str(dict(words.WAYS_OUT).get(one.told_how, "")))
        for one in found
    )  # fmt: skip
