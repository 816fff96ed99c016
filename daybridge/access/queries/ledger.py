"""The ledger for those who may read it. Reading it is itself on the ledger."""

import re
from dataclasses import asdict, dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.db import transaction
from django.db.models import Max, QuerySet
from django.utils import timezone

from daybridge.access.gates import require
from daybridge.access.models import Actor, Program, User
from daybridge.access.rules import Permission
from daybridge.audit import ledger
from daybridge.audit.models import Entry

PAGE = 50
CHOSEN_FROM = 20_000  # newest lines whose verbs and actors can be chosen; others by their place in time
HASHES = re.compile(r"\b[0-9a-f]{64}\b")
UUIDS = re.compile(r"\b[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\b")


@dataclass(frozen=True, slots=True)
class Filters:
    """What to show; empty means everything. `actor` is "user:<uuid>" or "system:<name>"."""

    kind: str = ""
    verb: str = ""
    actor: str = ""
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class EntryRow:
    """One line of the ledger, as read."""

    seq: int
    at: datetime
    actor: str
    actor_key: str
    verb: str
    kind: str
    subject: str
    client: str
    reason: str
    origin: str
    facts: str


@transaction.atomic
def read_ledger(*, filters: Filters, number: str, by: Actor, at: datetime) -> Page:
    """The page `number` of matching entries, newest first, 50 to a page. Raises NotAllowed."""
    require(by, Permission.LEDGER_READ)
    page = Paginator(_matching(filters), PAGE).get_page(number)
    entries = list(page.object_list)
    names = names_of({entry.actor for entry in entries})
    page.object_list = [_row(entry, names) for entry in entries]
    asked = {name: str(value) for name, value in asdict(filters).items() if value}
    ledger.read("ledger.read", Program(id=1), by=by, at=at, page=page.number, asked=asked)
    return page


def _matching(filters: Filters) -> QuerySet[Entry]:
    found = Entry.objects.filter(chain=ledger.CHAIN).order_by("-seq")
    for field in ("kind", "verb", "actor"):
        if getattr(filters, field):
            found = found.filter(**{field: getattr(filters, field)})
    if filters.since:
        found = found.filter(at__gte=_midnight(filters.since))
    if filters.until:
        found = found.filter(at__lt=_midnight(filters.until + timedelta(days=1)))
    return found


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), timezone.get_current_timezone())


def names_of(actors: set[str]) -> dict[str, str]:
    """Who these actors are, in words: a name, or the part of the program."""
    people = {actor.removeprefix("user:"): actor for actor in actors if actor.startswith("user:")}
    known = {f"user:{user.pk}": user.name for user in User.objects.filter(pk__in=[UUID(key) for key in people])}
    return {actor: known.get(actor) or _spoken(actor) for actor in actors}


def _spoken(actor: str) -> str:
    """A part of the program by its name; a client or a guest by the end of an id, as everywhere on this page."""
    kind, _colon, name = actor.partition(":")
    return name.replace("-", " ") if kind == "system" else f"{kind} {name[-6:]}"


def _row(entry: Entry, names: dict[str, str]) -> EntryRow:
    facts = "; ".join(f"{name}: {_said(value)}" for name, value in entry.data.items())
    is_list = entry.object_type == "list"
    subject = "a list" if is_list else f"{entry.object_type.rpartition('.')[2]} {entry.object_id[-6:]}"
    client = str(entry.client_id)[-6:] if entry.client_id else ""
    return EntryRow(
        entry.seq, entry.at, names[entry.actor], entry.actor, entry.verb, entry.kind, subject, client,
        entry.reason, entry.origin, facts[:200],
    )  # fmt: skip


def _said(value: object) -> str:
    """A fact in few words: ids and hashes by their ends, lists without brackets."""
    words = ", ".join(str(one) for one in value) if isinstance(value, list) else str(value)
    return HASHES.sub(_tail, UUIDS.sub(_tail, words))


def _tail(found: re.Match[str]) -> str:
    return found.group()[-6:]


def verbs(*, by: Actor) -> tuple[list[str], list[tuple[str, str]]]:
    """The verbs and actors of the newest lines, the actors as (key, name), to choose from. Raises NotAllowed."""
    require(by, Permission.LEDGER_READ)
    lines = Entry.objects.filter(chain=ledger.CHAIN).order_by()
    end = lines.aggregate(end=Max("seq"))["end"] or 0
    pairs = set(lines.filter(seq__gt=end - CHOSEN_FROM).values_list("verb", "actor").distinct())
    names = names_of({actor for _verb, actor in pairs})
    return sorted({verb for verb, _actor in pairs}), sorted(names.items(), key=lambda pair: pair[1].lower())
