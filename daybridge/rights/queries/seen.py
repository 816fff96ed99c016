"""Who opened a record: for the person whose record it is, and for staff who sit with them."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Q, TextField
from django.db.models.functions import Cast
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from daybridge.access.gates import require
from daybridge.access.models import User
from daybridge.access.rules import ROLES, Permission, in_order
from daybridge.audit import ledger
from daybridge.audit.models import Entry
from daybridge.people import reach
from daybridge.people.models import Client
from daybridge.rights.rules import seen
from daybridge.rights.rules.book import BOOK

# Lists that show more of a person than a name. Other lists are not told: a name among hundreds opens no record.
LISTS = ("note.read", "session.read")


@dataclass(frozen=True, slots=True)
class Who:
    """Somebody in the record: a name ("" when only roles are told) and what they do here, or "you"."""

    name: str
    role: str
    is_you: bool = False

    @property
    def words(self) -> str:
        return ", ".join(part for part in (self.name, self.role) if part)


@dataclass(frozen=True, slots=True)
class Visit:
    """What one person did on one day."""

    who: Who
    acts: tuple[seen.Act, ...]
    is_glass: bool

    @property
    def first(self) -> datetime:
        """When it began, site-local."""
        return min(act.first for act in self.acts)

    @property
    def last(self) -> datetime:
        """When it ended, site-local."""
        return max(act.last for act in self.acts)


@dataclass(frozen=True, slots=True)
class LogDay:
    """One local day, newest first in the log."""

    day: date
    visits: tuple[Visit, ...]


@dataclass(frozen=True, slots=True)
class AccessLog:
    """Who opened a record, by day and person. `older` is the day to go on from, None at the beginning."""

    client_id: UUID
    client: str
    days: tuple[LogDay, ...]
    older: date | None
    glass: int


def access_log(*, client_id: UUID, by, at: datetime, before: date | None = None) -> AccessLog:
    """Who opened a person's record, when, as what, and what they did in plain words, in the active language.

    The newest days with entries (RIGHTS-21), those before `before` when given. Broken glass is marked and tells its
    reason. `by` is staff who may see disclosures, or a Guest for their own record. Writes a read line.
    Raises Client.DoesNotExist out of reach. 6 queries and the ledger, whatever the number of lines.
    """
    client = _client(client_id, by)
    zone = ZoneInfo(client.site.timezone)
    most = BOOK.number("RIGHTS-21")
    days = seen.grouped(_lines(client), zone=zone, language=get_language() or "en")
    days = tuple(one for one in days if before is None or one.day < before)
    shown, more = days[:most], days[most:]
    people = _people({visit.actor for day in shown for visit in day.visits}, client)
    log = tuple(
        LogDay(day.day, tuple(Visit(people[one.actor], one.acts, one.is_glass) for one in day.visits)) for day in shown
    )
    ledger.read("access-log.read", client, by=by, at=at, days=len(shown))
    glass = sum(visit.is_glass for day in log for visit in day.visits)
    return AccessLog(client.id, client.name, log, shown[-1].day if more else None, glass)


def _client(client_id: UUID, by) -> Client:
    within = Client.objects.filter(reach.clients_within(by, Permission.DISCLOSURES_SEE)).select_related("site")
    client = within.get(pk=client_id)
    require(by, Permission.DISCLOSURES_SEE, client)
    return client


def _lines(client: Client) -> list[seen.Line]:
    """Every entry about the record and those joined into it, and the lists that showed more than a name."""
    ids = [client.id, *client.joined.values_list("id", flat=True)]
    about = Entry.objects.filter(chain=ledger.CHAIN, client_id__in=ids)
    named = Q()
    for one in ids:
        named |= Q(text__contains=str(one))
    listed = Entry.objects.filter(chain=ledger.CHAIN, object_type="list", object_id__in=LISTS)
    listed = listed.annotate(text=Cast("data", TextField())).filter(named)
    fields = ("at", "actor", "verb", "kind", "reason")
    rows = [*about.values_list(*fields), *listed.values_list(*fields)]
    return [
        seen.Line(at=at, actor=actor, verb=verb, kind=kind, reason=reason) for at, actor, verb, kind, reason in rows
    ]


def _people(actors: set[str], client: Client) -> dict[str, Who]:
    """Each actor as the person is told: staff by name and role, the person as "you", the rest in words."""
    ids = {UUID(actor.removeprefix("user:")) for actor in actors if actor.startswith("user:")}
    users = User.objects.filter(pk__in=ids).prefetch_related("memberships")
    staff = {f"user:{user.pk}": _staff(user, client.site_id) for user in users}
    return {actor: staff.get(actor) or _other(actor, client.id) for actor in actors}


def _staff(user: User, site_id: UUID) -> Who:
    """Name and role, or the role alone, as RIGHTS-17 says; roles at the person's site come first."""
    held = list(user.memberships.all())
    here = [one.role for one in held if one.site_id == site_id] or [one.role for one in held]
    role = ", ".join(_(ROLES[role][0]) for role in in_order(here)) or _("No longer on the staff")
    return Who(user.name if BOOK.rows["RIGHTS-17"].value == "name-and-role" else "", role)


def _other(actor: str, client_id: UUID) -> Who:
    kind, _colon, rest = actor.partition(":")
    if kind == "client":
        mine = rest == str(client_id)
        return Who("" if mine else _("Somebody else"), _("You") if mine else "", is_you=mine)
    if kind == "guest":
        return Who("", _("Somebody you chose"))
    if kind == "user":
        return Who("", _("No longer on the staff"))
    words = {"front-door": _("The form on our web page"), "night-shift": _("The program’s computer, at night")}
    return Who("", words.get(rest, _("The program’s computer")))
