"""What somebody whom a client chose sees: sections made from what the gate let out, and from nothing else."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from daybridge.attendance.models import RollLine
from daybridge.consent.rules.cells import read
from daybridge.consent.rules.facts import Period
from daybridge.consent.rules.words import Kind
from daybridge.kit.periods import day_period
from daybridge.people.models import Client
from daybridge.people.rules import shown_phone
from daybridge.plans.models import Goal
from daybridge.portal import asking
from daybridge.scheduling.models import Booking


@dataclass(frozen=True, slots=True)
class Leave:
    """What may be shown: of whom, the kinds ("diagnoses", or "diagnoses:hiv" for a part), the days, and when."""

    client: Client
    kinds: frozenset[str]
    period: Period
    at: datetime

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.client.site.timezone)

    def allows(self, kind: str) -> bool:
        """Whether all of this kind, or some of a list of it, may be shown."""
        return any(read(cell).kind == kind for cell in self.kinds)

    @property
    def today(self) -> date:
        return self.at.astimezone(self.zone).date()


@dataclass(frozen=True, slots=True)
class Item:
    """One line of a list, with what belongs to it: a day and its hours, a goal and its steps."""

    words: str
    more: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """One thing that may be known: a heading, one sentence, perhaps a list."""

    kind: str
    heading: str
    words: str
    items: tuple[Item, ...] = ()

    @property
    def is_first(self) -> bool:
        """Whether the page begins with it, in large type."""
        return self.kind == Kind.PRESENCE


def sections(leave: Leave) -> tuple[Section, ...]:
    """One section for each kind that may be shown and has something to show; nothing tells what was left out."""
    made = (build(leave) for kind, build in BUILDERS.items() if leave.allows(kind))
    return tuple(one for one in made if one)


def _presence(leave: Leave) -> Section | None:
    name = leave.client.called
    is_here = leave.client.episodes.open().exists()
    words = _("%(name)s is with us.") if is_here else _("%(name)s is not with us at this time.")
    return Section(Kind.PRESENCE, _("Here"), words % {"name": name})


def _who(leave: Leave) -> Section | None:
    client = leave.client
    facts = [f"{client.given_name} {client.family_name}".strip()]
    if client.birth_date:
        facts.append(_("Born %(day)s") % {"day": date_format(client.birth_date, "DATE_FORMAT")})
    facts += [shown_phone(number) for number in client.phones.values_list("number", flat=True)]
    return Section(Kind.DEMOGRAPHICS, _("Name and how to reach"), "", tuple(map(Item, facts)))


def _schedule(leave: Leave) -> Section | None:
    """Days and hours alone, sessions in a row as one: what a group is called could tell what it is for."""
    start, end = _span(leave, max(leave.today, leave.period.start), leave.period.end)
    booked = Booking.objects.filter(episode__client=leave.client, status="booked")
    booked = booked.filter(session__starts_at__gte=start, session__starts_at__lt=end, session__ends_at__gt=leave.at)
    times = booked.exclude(session__status="cancelled").order_by("session__starts_at")
    found = together(times.values_list("session__starts_at", "session__ends_at"))
    items = _by_day((_day(leave, starts), _stretch(leave, starts, ends)) for starts, ends in found)
    words = "" if items else _("Nothing is booked in these two weeks.")
    return Section(Kind.SCHEDULE, _("Coming times"), words, items)


BREAK = timedelta(minutes=30)


def together(times: Iterable[tuple[datetime, datetime]]) -> list[tuple[datetime, datetime]]:
    """Stretches in order, those with a short break between them as one."""
    found: list[tuple[datetime, datetime]] = []
    for starts, ends in times:
        if found and starts - found[-1][1] <= BREAK:
            starts, ends = found[-1][0], max(ends, found[-1][1])
            found.pop()
        found.append((starts, ends))
    return found


CAME = ("present", "left")


def _attendance(leave: Leave) -> Section | None:
    """Came or not, session by session; never why."""
    start, end = _span(leave, leave.period.start, min(leave.today, leave.period.end))
    lines = RollLine.objects.filter(episode__client=leave.client, mark__in=[*CAME, "excused", "no-show"])
    lines = lines.filter(session__starts_at__gte=start, session__starts_at__lt=end)
    rows = sorted(lines.values_list("session__starts_at", "mark"), key=lambda row: _newest_day_first(leave, row[0]))
    came = sum(mark in CAME for _starts, mark in rows)
    words = _("Came %(came)s of %(all)s times in the last four weeks.") % {"came": came, "all": len(rows)}
    said = {"excused": _("could not come"), "no-show": _("did not come")}
    items = _by_day(
        (_day(leave, starts), f"{_hour(leave, starts)} {said.get(mark, _('came'))}") for starts, mark in rows
    )
    return Section(Kind.ATTENDANCE, _("Came or not"), words if rows else _("Nothing to tell yet."), items)


def _newest_day_first(leave: Leave, at: datetime) -> tuple[int, datetime]:
    return -at.astimezone(leave.zone).toordinal(), at


def _by_day(rows: Iterable[tuple[str, str]]) -> tuple[Item, ...]:
    found: dict[str, list[str]] = {}
    for day, words in rows:
        found.setdefault(day, []).append(words)
    return tuple(Item(day, tuple(words)) for day, words in found.items())


LEVELS: Mapping[str, str] = {"2.1": "Intensive outpatient care", "1.7": "Outpatient care", "1.5": "Outpatient care",
                             "2.5": "Day program"}  # fmt: skip


def _level(leave: Leave) -> Section | None:
    episode = leave.client.episodes.open().first()
    if episode is None:
        return None
    since = date_format(episode.admitted_on, "DATE_FORMAT")
    words = _("%(level)s, since %(day)s.") % {"level": _(LEVELS.get(episode.level, "Care")), "day": since}
    return Section(Kind.LEVEL_OF_CARE, _("How much care"), words)


def _plan(leave: Leave) -> Section | None:
    goals = Goal.objects.filter(plan__episode__client=leave.client, plan__status="active").order_by("place")
    items = tuple(
        Item(goal.words, tuple(step.text for step in goal.objectives.all()))
        for goal in goals.prefetch_related("objectives")
    )
    return Section(Kind.PLAN, _("Goals"), "", items) if items else None


def _diagnoses(leave: Leave) -> Section | None:
    return _items(leave, Kind.DIAGNOSES, _("Health problems"))


def _medication(leave: Leave) -> Section | None:
    return _items(leave, Kind.MEDICATION, _("Medicine"))


def _items(leave: Leave, kind: Kind, heading: str) -> Section | None:
    """The entries of a list whose own cell may be shown; the others are not even counted."""
    found = asking.stored(leave.client, kind)
    names = dict.fromkeys(
        item.text for item in found if asking.cell(kind, item, leave.client, leave.today) in leave.kinds
    )
    return Section(kind, heading, "", tuple(map(Item, names))) if names else None


BUILDERS: Mapping[Kind, Callable[[Leave], Section | None]] = {
    Kind.PRESENCE: _presence,
    Kind.DEMOGRAPHICS: _who,
    Kind.SCHEDULE: _schedule,
    Kind.ATTENDANCE: _attendance,
    Kind.LEVEL_OF_CARE: _level,
    Kind.PLAN: _plan,
    Kind.DIAGNOSES: _diagnoses,
    Kind.MEDICATION: _medication,
}


def _span(leave: Leave, first: date, last: date) -> tuple[datetime, datetime]:
    """From the start of the local day `first` to the end of `last`; nothing lies between when `last` comes first."""
    return day_period(first, leave.zone).start, day_period(last, leave.zone).end


def _day(leave: Leave, at: datetime) -> str:
    return date_format(at.astimezone(leave.zone), _("l, F j"))


def _hour(leave: Leave, at: datetime) -> str:
    return date_format(at.astimezone(leave.zone), "g:i a")


def _stretch(leave: Leave, start: datetime, end: datetime) -> str:
    return _("%(start)s to %(end)s") % {"start": _hour(leave, start), "end": _hour(leave, end)}
