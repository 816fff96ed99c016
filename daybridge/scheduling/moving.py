"""Whether a session may be somewhere else: every reason against it at once, so that nobody tries seven times. Reads."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from daybridge.access.gates import NIGHT_SHIFT
from daybridge.episodes.models import Episode
from daybridge.kit.decisions import Decision, Finding
from daybridge.kit.periods import local_instant
from daybridge.people import rules as people_rules
from daybridge.people.models import Staff
from daybridge.plans import rules as plan_rules
from daybridge.program.models import Room
from daybridge.program.rules import clock
from daybridge.scheduling import placing
from daybridge.scheduling.models import Session
from daybridge.scheduling.plan import Place
from daybridge.scheduling.rules import BOOK, Local, SessionState, local
from daybridge.scheduling.weeks import SiteWeek


@dataclass(frozen=True, slots=True)
class Where:
    """Where somebody wants a session: local day and minute, its length, room and lead."""

    day: date
    start_minute: int
    minutes: int
    room_id: UUID
    lead_id: UUID


def place_of(week: SiteWeek, where: Where) -> Place:
    """The wish as instants; the end is reckoned on the wall clock, so a clock change keeps the times people read."""
    end = where.start_minute + where.minutes
    ends_on = where.day + timedelta(days=end // 1440)
    return Place(
        local_instant(where.day, where.start_minute, week.zone), local_instant(ends_on, end % 1440, week.zone),
        where.room_id, where.lead_id,
    )  # fmt: skip


def check_shape(where: Where) -> Decision:
    """Whether the wish is a session at all. Source: WEEK-9, WEEK-10, PLAN-6, PLAN-7."""
    opens, closes = plan_rules.BOOK.number("PLAN-6"), plan_rules.BOOK.number("PLAN-7")
    least, most = BOOK.number("WEEK-10"), BOOK.number("WEEK-9")
    end = where.start_minute + where.minutes
    found = [
        (where.minutes < least, "short", f"A session lasts at least {least} minutes.", "WEEK-10"),
        (where.minutes > most, "long", f"A session lasts at most {most // 60} hours.", "WEEK-9"),
        (end > 1440, "midnight", "A session ends on the day it begins.", ""),
        (where.start_minute < opens or closes < end <= 1440, "closed",
         f"The program is open from {clock(opens)} to {clock(closes)}.", "PLAN-6"),
    ]  # fmt: skip
    findings = tuple(Finding(code, text, source) for is_wrong, code, text, source in found if is_wrong)
    return Decision(not findings, findings, BOOK.version)


def judge(week: SiteWeek, session: Session, where: Where, at: datetime) -> Decision:
    """Every reason against moving `session` there; names no client. Reads the life of those booked as the program."""
    shape = check_shape(where)
    if not shape.ok:
        return shape
    place = place_of(week, where)
    findings = (
        *_time(week, session, where, place, at), *_room(week, session, place), *_lead(week, session, place),
        *_people(week, session, place),
    )  # fmt: skip
    return Decision(not findings, findings, BOOK.version)


def _time(week: SiteWeek, session: Session, where: Where, place: Place, at: datetime) -> Iterator[Finding]:
    if session.status != SessionState.PLANNED or session.starts_at < at:
        yield Finding("begun", "This session has begun or is over.")
    if place.starts_at < at:
        yield Finding("past", "That time is over.")
    if not week.period.start <= place.starts_at < week.period.end:
        yield Finding("week", "A session stays in its week.")
    if where.day in week.closed:
        yield Finding("holiday", f"The site is closed that day: {week.closed[where.day]}.")


def _is_shut(week: SiteWeek, place: Place) -> bool:
    return any(one.start < place.ends_at and place.starts_at < one.end for one in week.shut.get(place.room, ()))


def _room(week: SiteWeek, session: Session, place: Place) -> Iterator[Finding]:
    room = Room.objects.filter(site=week.site, pk=place.room).first()
    if room is None:
        yield Finding("room", "This room is not of the site.")
        return
    for other in _beside(week, session, place):
        if other.room_id == place.room:
            yield Finding("room-taken", f"{room.name} is taken by {_named(other, week)}.")
    if _is_shut(week, place):
        yield Finding("room-shut", f"{room.name} is closed at that time.")
    if room.seats < week.taken(session.id):
        yield Finding("room-small", f"{room.name} has fewer seats than people are booked.")


def _lead(week: SiteWeek, session: Session, place: Place) -> Iterator[Finding]:
    lead = Staff.objects.filter(site=week.site, pk=place.lead, user__is_active=True)
    who = lead.select_related("user").prefetch_related("hours", "credentials").first()
    if who is not None:
        yield from _free(week, session, place, who)
        yield from _able(week, session, place, who)
    elif place.lead != session.lead_id:
        yield Finding("lead", "This person does not work at the site.")


def _works(who: Staff, span: Local) -> bool:
    hours = [one for one in who.hours.all() if one.weekday == span.weekday]
    return any(one.start_minute <= span.start and span.end <= one.end_minute for one in hours)


def _free(week: SiteWeek, session: Session, place: Place, who: Staff) -> Iterator[Finding]:
    """Whether they lead elsewhere, are away, or do not work then."""
    for other in _beside(week, session, place):
        if other.lead_id == place.lead:
            yield Finding("lead-taken", f"{who.name} leads {_named(other, week)}.")
    if not _works(who, local(place.starts_at, place.ends_at, week.zone)):
        yield Finding("hours", f"{who.name} does not work at that time.")
    if week.is_away(who.id, place.starts_at, place.ends_at):
        yield Finding("away", f"{who.name} is away then.")


def _able(week: SiteWeek, session: Session, place: Place, who: Staff) -> Iterator[Finding]:
    day = place.starts_at.astimezone(week.zone).date()
    asks = session.topic.credentials if session.topic else ()
    if not people_rules.leads_as(asks, who.held, day):
        yield Finding("credential", f"{who.name} does not hold a credential this topic asks for that day.")


def _people(week: SiteWeek, session: Session, place: Place) -> Iterator[Finding]:
    booked = week.booked.get(session.id, set())
    if (place.starts_at, place.ends_at) == (session.starts_at, session.ends_at) or not booked:
        return
    elsewhere = {who for one in _beside(week, session, place) for who in week.booked.get(one.id, ())} & booked
    if elsewhere:
        yield Finding("booked", _count(len(elsewhere), "is booked elsewhere then", "are booked elsewhere then"))
    busy = _cannot_come(week, place, booked)
    if busy:
        yield Finding("busy", _count(busy, "cannot come then", "cannot come then"))


def _cannot_come(week: SiteWeek, place: Place, booked: set[UUID]) -> int:
    """How many of these people have something else at that time."""
    span = local(place.starts_at, place.ends_at, week.zone)
    needs = placing.needs_of(list(Episode.objects.filter(pk__in=booked)), span_day(place, week), NIGHT_SHIFT)
    return sum(any(_meets(span, row) for row in one.commitments) for one in needs.values())


def span_day(place: Place, week: SiteWeek) -> date:
    return place.starts_at.astimezone(week.zone).date()


def _meets(span: tuple[int, int, int], busy: tuple[str, int, int, int]) -> bool:
    _kind, weekday, start, end = busy[:4]
    return weekday == span[0] and start < span[2] and span[1] < end


def _beside(week: SiteWeek, session: Session, place: Place) -> list[Session]:
    return [
        one for one in week.sessions.values()
        if one.id != session.id and one.starts_at < place.ends_at and place.starts_at < one.ends_at
    ]  # fmt: skip


def _named(session: Session, week: SiteWeek) -> str:
    here = session.starts_at.astimezone(week.zone)
    return f"{session.title} from {clock(here.hour * 60 + here.minute)}"


def _count(number: int, one: str, many: str) -> str:
    return f"1 person who is booked {one}." if number == 1 else f"{number} people who are booked {many}."
