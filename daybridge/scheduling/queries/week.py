"""The site's week: days by rooms, seats left, conflicts, what is not laid and who is not placed."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Q
from django.utils.translation import gettext as _

from daybridge.access.gates import may
from daybridge.access.models import Site
from daybridge.access.rules import Permission
from daybridge.audit import ledger
from daybridge.episodes.models import Episode
from daybridge.kit.periods import Period, week_period
from daybridge.people import queries as people
from daybridge.people import reach
from daybridge.people import rules as people_rules
from daybridge.people.models import Client
from daybridge.program import queries as program
from daybridge.program.models import WeeklyGroup
from daybridge.program.rules import clock
from daybridge.scheduling.models import Booking, Session, WeekDraft
from daybridge.scheduling.queries import blocks
from daybridge.scheduling.queries.blocks import Block
from daybridge.scheduling.queries.drafts import latest
from daybridge.scheduling.queries.sites import reached_site
from daybridge.scheduling.rules import BOOKABLE, BookingState, DraftState, Service, SessionState, clashes
from daybridge.scheduling.shortfalls import DAYS
from daybridge.scheduling.weeks import days_of, meeting

WORKDAYS = range(5)
FEW = 3  # seats left are told apart only when they are getting few; the count says the rest


@dataclass(frozen=True, slots=True)
class Lane:
    """One row of one day: a room, a person who leads, or a track; sessions that overlap lie in rows of their own."""

    room: str
    blocks: tuple[Block, ...]
    room_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Day:
    """One day of the week; without lanes it is closed and `called_off` says how many sessions fell out."""

    on: date
    is_today: bool
    lanes: tuple[Lane, ...]
    called_off: int
    now: tuple[str, str] | None
    closed: str = ""


@dataclass(frozen=True, slots=True)
class Gap:
    """A weekly group without a session this week, and why when that is known."""

    title: str
    when: str
    is_credential: bool


@dataclass(frozen=True, slots=True)
class WeekPage:
    """A site's week and what the reader may do with it."""

    site_id: UUID
    sites: tuple[tuple[UUID, str], ...]
    first: date
    last: date
    days: tuple[Day, ...]
    sessions: int
    people: int
    conflicts: tuple[str, ...]
    gaps: tuple[Gap, ...]
    unplaced: int
    may_place: bool
    view: str = "room"
    draft: UUID | None = None
    draft_state: str = ""
    may_solve: bool = False

    @property
    def number(self) -> int:
        """The week of the year."""
        return self.first.isocalendar().week


def week(*, site_id: UUID, first: date, view: str = "room", by: Any, at: datetime) -> WeekPage:
    """The week of a site within reach that begins on `first`, its rows by VIEWS. Raises Site.DoesNotExist out of reach.

    The same number of queries for any number of sessions. Names of clients in appointments are on the ledger.
    """
    site, sites = reached_site(site_id=site_id, by=by)
    zone = ZoneInfo(site.timezone)
    period = week_period(first, zone)
    found = Session.objects.visible_to(by).filter(site=site, starts_at__gte=period.start, starts_at__lt=period.end)
    sessions = list(found.select_related("topic", "room", "lead__user", "track"))
    standing = [one for one in sessions if one.status != SessionState.CANCELLED]
    bookings = _bookings(standing, by)
    named = _named(standing, bookings, by)
    ledger.read_list("week.read", sorted(named), by=by, at=at, first=first)
    _show(named, bookings)
    words = _words(standing, clashes(meeting(one) for one in standing)) | _away(standing, site, period)
    closed = program.closed_days(site_id=site.id, first=first, until=first + timedelta(days=7))
    days = _days(_Drawn(first, zone, view, at, closed), sessions, bookings, words)
    may_place = may(by, Permission.WEEK_PLACE, site)
    return WeekPage(
        site_id=site.id, sites=sites, first=first, last=days_of(first)[-1],
        days=days, sessions=len(standing),
        people=len({row.episode_id for rows in bookings.values() for row in rows}),
        conflicts=tuple(dict.fromkeys(words.values())), gaps=_gaps(site, first, sessions, zone, closed),
        unplaced=_unplaced(site, bookings, by), may_place=may_place, view=view,
        **_drafted(latest(site_id=site.id, first=first, by=by), may_place and period.end > at),
    )  # fmt: skip


def _drafted(draft: WeekDraft | None, may_solve: bool) -> dict[str, Any]:
    """The draft of the week, and whether another may be made: not once one is published."""
    if draft is None:
        return {"may_solve": may_solve}
    is_published = draft.state == DraftState.PUBLISHED
    return {"draft": draft.id, "draft_state": draft.state, "may_solve": may_solve and not is_published}


def _show(named: set[UUID], bookings: dict[UUID, list[Booking]]) -> None:
    """Write on each booking the name the page shows, if it shows one."""
    for row in (row for rows in bookings.values() for row in rows):
        row.shown = row.episode.client.short if row.episode.client_id in named else ""


def _bookings(sessions: list[Session], by: Any) -> dict[UUID, list[Booking]]:
    out: dict[UUID, list[Booking]] = {one.id: [] for one in sessions}
    seen = reach.not_hidden(by, Permission.WEEK_SEE, "episode__client")
    rows = Booking.objects.filter(seen, session__in=list(out), status=BookingState.BOOKED)
    for row in rows.select_related("episode__client").order_by("id"):
        out[row.session_id].append(row)
    return out


def _named(sessions: list[Session], bookings: dict[UUID, list[Booking]], by: Any) -> set[UUID]:
    """Clients whose names the page shows: those within reach who have an appointment."""
    own = (one for one in sessions if one.kind != Service.GROUP)
    named = {row.episode.client_id for one in own for row in bookings[one.id]}
    if not named or reach.is_whole(by, Permission.WEEK_SEE):
        return named
    mine = Client.objects.filter(reach.clients_within(by, Permission.WEEK_SEE), pk__in=named)
    return set(mine.values_list("id", flat=True))


def _words(sessions: list[Session], pairs: Any) -> dict[UUID, str]:
    """What each session in a conflict says of it."""
    known = {one.id: one for one in sessions}
    out: dict[UUID, str] = {}
    for what, *both in pairs:
        for one in both:
            session = known[one]
            twice = session.room.name if what == "room" else session.lead.name
            out[one] = f"{twice}, twice"
    return out


def _away(sessions: list[Session], site: Site, period: Period) -> dict[UUID, str]:
    """What sessions say whose lead is on leave, or whose room is shut."""
    gone = people.away(staff_ids=sorted({one.lead_id for one in sessions}, key=str), period=period)
    shut = program.room_closures(site_id=site.id, period=period)
    out: dict[UUID, str] = {}
    for one in sessions:
        why = _why_not(one, gone, shut) if one.status in BOOKABLE else ""
        if why:
            out[one.id] = why
    return out


def _why_not(one: Session, gone: Mapping[UUID, Iterable[Period]], shut: Mapping[UUID, Iterable[Period]]) -> str:
    span = Period(one.starts_at, one.ends_at)
    if any(span.overlaps(other) for other in gone.get(one.lead_id, ())):
        return f"{one.lead.name} is away"
    if any(span.overlaps(other) for other in shut.get(one.room_id, ())):
        return f"{one.room.name} is closed"
    return ""


@dataclass(frozen=True, slots=True)
class _Drawn:
    """What a grid is drawn for: its week, zone, rows and moment."""

    first: date
    zone: ZoneInfo
    view: str
    at: datetime
    closed: Mapping[date, str]


def _days(drawn: _Drawn, sessions: list[Session], bookings: Any, words: dict[UUID, str]) -> tuple[Day, ...]:
    today, out = drawn.at.astimezone(drawn.zone).date(), []
    for day in days_of(drawn.first):
        mine = [one for one in sessions if one.starts_at.astimezone(drawn.zone).date() == day]
        standing = [one for one in mine if one.id in bookings]
        if mine or day.weekday() in WORKDAYS or day in drawn.closed:
            now = blocks.now_line(drawn.at, drawn.zone) if day == today else None
            lanes = _lanes(standing, bookings, words, drawn)
            why = drawn.closed.get(day, "")
            out.append(Day(day, day == today, lanes, len(mine) - len(standing), now, why))
    return tuple(out)


def _lanes(sessions: list[Session], bookings: Any, words: dict[UUID, str], drawn: _Drawn) -> tuple[Lane, ...]:
    """The rows of a day: one for each room, lead or track, and one more where sessions of a row overlap."""
    rows, by_room = _rows(sessions, VIEWS[drawn.view]), drawn.view == "room"
    return tuple(
        Lane(name if not number else "", tuple(_block(s, bookings[s.id], words, drawn) for s in mine),
             mine[0].room_id if by_room else None)
        for (_last, name, number), mine in sorted(rows.items())
    )  # fmt: skip


def _rows(
    sessions: list[Session], key: Callable[[Session], tuple[bool, str]]
) -> dict[tuple[bool, str, int], list[Session]]:
    rows: dict[tuple[bool, str, int], list[Session]] = {}
    for session in sorted(sessions, key=lambda one: one.starts_at):
        is_last, name = key(session)
        number = 0
        while any(other.ends_at > session.starts_at for other in rows.get((is_last, name, number), ())):
            number += 1
        rows.setdefault((is_last, name, number), []).append(session)
    return rows


def _by_room(session: Session) -> tuple[bool, str]:
    return session.room.is_office, session.room.name


def _by_lead(session: Session) -> tuple[bool, str]:
    return False, session.lead.name


def _by_track(session: Session) -> tuple[bool, str]:
    return session.track_id is None, session.track.name if session.track else str(_("Appointments"))


VIEWS: dict[str, Callable[[Session], tuple[bool, str]]] = {"room": _by_room, "lead": _by_lead, "track": _by_track}
"""How the rows of the grid are made: offices after rooms, appointments after tracks."""


def _called(session: Session, rows: list[Booking]) -> str:
    """An appointment is called by its client where the reader may know the name, all else by its title."""
    return (rows[0].shown if rows and session.kind != Service.GROUP else "") or session.title


def _block(session: Session, rows: list[Booking], words: dict[UUID, str], drawn: _Drawn) -> Block:
    start, end = blocks.placed(session.starts_at, session.ends_at, drawn.zone)
    category = session.topic.category if session.topic else ""
    is_group = session.kind == Service.GROUP
    where = session.room.name if drawn.view == "lead" else session.lead.name.split()[-1]
    more = f"{where} · {len(rows)}/{session.seats}" if is_group else where
    left = max(0, session.seats - len(rows)) if is_group else 0
    return Block(
        session.id, _called(session, rows), words.get(session.id, more), blocks.look(session.kind, category),
        start, end, session.starts_at, session.ends_at, seats=left if left <= FEW else 0,
        clash=words.get(session.id, ""), status=session.status, lead_id=session.lead_id, minutes=session.minutes,
        may_move=session.status == SessionState.PLANNED and session.starts_at > drawn.at,
    )  # fmt: skip


def _stands(group: WeeklyGroup, day: date) -> bool:
    return group.since <= day and (group.until is None or group.until > day)


def _gaps(
    site: Site, first: date, sessions: list[Session], zone: ZoneInfo, closed: Mapping[date, str]
) -> tuple[Gap, ...]:  # fmt: skip
    """Weekly groups that should meet this week and have no session, not even one called off."""
    laid = {(one.group_id, one.starts_at.astimezone(zone).date()) for one in sessions if one.group_id}
    last = days_of(first)[-1]
    groups = WeeklyGroup.objects.filter(
        Q(until=None) | Q(until__gt=first), track__site=site, track__is_active=True, since__lte=last
    )
    days = {day.weekday(): day for day in days_of(first)}
    out = []
    for group in groups.select_related("topic", "lead").prefetch_related("lead__credentials"):
        day, lead = days[group.weekday], group.lead
        if _stands(group, day) and day not in closed and (group.id, day) not in laid:
            leads = people_rules.leads_as(group.topic.credentials, lead.held, day)
            out.append(Gap(group.topic.name, f"{DAYS[group.weekday]} {clock(group.start_minute)}", not leads))
    return tuple(out)


def _unplaced(site: Site, bookings: dict[UUID, list[Booking]], by: Any) -> int:
    """People in care within reach, with a track and a signed plan, who have no seat this week."""
    booked = {row.episode_id for rows in bookings.values() for row in rows}
    mine = reach.clients_within(by, Permission.WEEK_SEE, "client", site="site")
    ready = Episode.objects.filter(
        mine, site=site, status__in=["pending", "active"], plans__status="active", enrollments__until=None,
        enrollments__isnull=False,
    )  # fmt: skip
    return len(set(ready.values_list("id", flat=True)) - booked)
