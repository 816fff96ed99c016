"""A draft as its page shows it: how good it is, what changes for whom in one line each, what becomes of sessions."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from daybridge.access import rowlock
from daybridge.access.gates import may
from daybridge.access.rules import Permission
from daybridge.audit import ledger
from daybridge.jobs import queries as jobs
from daybridge.jobs.models import Job
from daybridge.people import reach
from daybridge.people.models import Staff
from daybridge.program.models import Room
from daybridge.program.rules import clock
from daybridge.scheduling import weeks
from daybridge.scheduling.differences import gap_words
from daybridge.scheduling.models import DraftLine, Session, WeekDraft
from daybridge.scheduling.plan import Line, Place, Plan
from daybridge.scheduling.rules import DraftState
from daybridge.scheduling.shortfalls import DAYS
from daybridge.scheduling.weeks import SiteWeek

Spot = tuple[int, int, str]  # weekday, minute, title
SHORT = {"individual": "Individual", "family": "Family"}


@dataclass(frozen=True, slots=True)
class PersonRow:
    """One client's line: what comes, what goes, how much stays, and the hours it makes. Minutes."""

    episode_id: UUID
    client_id: UUID
    name: str
    added: tuple[str, ...]
    dropped: tuple[str, ...]
    same: int
    minutes: int
    target_minutes: int
    is_reached: bool

    @property
    def changes(self) -> bool:
        return bool(self.added or self.dropped)


@dataclass(frozen=True, slots=True)
class SessionRow:
    """One session that becomes something else, in words."""

    id: UUID
    title: str
    when: str
    what: str
    code: str


@dataclass(frozen=True, slots=True)
class DraftPage:
    """A draft and what the reader may do with it now."""

    id: UUID
    site_id: UUID
    site: str
    first: date
    last: date
    kind: str
    event: str
    state: str
    about: str
    asked_at: datetime
    ended_at: datetime | None
    job: jobs.JobRow | None
    people: int
    reached: int
    gap: str
    more: int
    short: int
    told: int
    rows: tuple[PersonRow, ...]
    others: int
    sessions: tuple[SessionRow, ...]
    quiet: tuple[str, ...]
    is_stale: bool
    against: str
    other_id: str
    is_alternative: bool
    may_publish: bool
    may_undo: bool

    @property
    def changed(self) -> tuple[PersonRow, ...]:
        return tuple(row for row in self.rows if row.changes)

    @property
    def missing(self) -> tuple[PersonRow, ...]:
        """People who do not reach their hours."""
        return tuple(row for row in self.rows if not row.is_reached and row.target_minutes)


def draft(*, draft_id: UUID, against: str, by: Any, at: datetime) -> DraftPage:
    """A draft within reach, compared with the week as it is ("now") or the week before ("last").

    Names only of clients within reach, read on the ledger; the others are counted. Raises WeekDraft.DoesNotExist.
    """
    found = WeekDraft.objects.visible_to(by).select_related("site").get(pk=draft_id)
    week = weeks.read(found.site, found.first)
    rows = _rows(found, week, against, by)
    ledger.read_list("week.draft-read", sorted({row.client_id for row in rows}), by=by, at=at, draft=found.id)
    figures = found.figures
    code, more = gap_words(figures.get("reached", 0), figures.get("at_most", 0))
    is_open = found.state == DraftState.OPEN
    is_stale = is_open and week.fingerprint() != found.based_on
    allowed = may(by, Permission.WEEK_PLACE, found)
    return DraftPage(
        id=found.id, site_id=found.site_id, site=found.site.name, first=found.first,
        last=weeks.days_of(found.first)[-1], kind=found.kind, event=found.event.get("kind", ""),
        state="stale" if is_stale else found.state, about=_about(found), asked_at=found.asked_at,
        ended_at=found.ended_at, job=_job(found), people=figures.get("people", 0), reached=figures.get("reached", 0),
        gap=code, more=more, short=len(figures.get("short", ())), told=figures.get("told", 0), rows=rows,
        others=_count(found) - len(rows), sessions=_sessions(found, week), quiet=_quiet(found, week),
        is_stale=is_stale, against=against, other_id=figures.get("other", ""),
        is_alternative=bool(figures.get("is_alternative")), may_publish=allowed and is_open and not is_stale,
        may_undo=allowed and found.state == DraftState.PUBLISHED and week.fingerprint() == found.left_as,
    )  # fmt: skip


def latest(*, site_id: UUID, first: date, by: Any) -> WeekDraft | None:
    """The draft of a whole week that counts: the one in force, else the newest that is open or being worked out."""
    rows = WeekDraft.objects.visible_to(by).filter(site=site_id, first=first, kind="week")
    rows = list(rows.filter(state__in=["published", "open", "solving"]).order_by("-asked_at"))
    return next((one for one in rows if one.state == DraftState.PUBLISHED), rows[0] if rows else None)


def _job(found: WeekDraft) -> jobs.JobRow | None:
    job = Job.objects.filter(pk=found.job).first() if found.state == DraftState.SOLVING else None
    return jobs.row(job=job) if job else None


@rowlock.as_system("people out of reach are counted")
def _count(found: WeekDraft) -> int:
    return found.lines.count()


def _rows(found: WeekDraft, week: SiteWeek, against: str, by: Any) -> tuple[PersonRow, ...]:
    mine = reach.clients_within(by, Permission.WEEK_SEE, "episode__client", site="episode__site")
    lines = DraftLine.objects.filter(mine, draft=found).select_related("episode__client")
    known = _known(found, week)
    before = weeks.read(week.site, found.first - timedelta(days=7)) if against == "last" else None
    rows = [_row(line, known, before, week) for line in lines]
    return tuple(sorted(rows, key=lambda row: (not row.changes, row.name)))


def _known(found: WeekDraft, week: SiteWeek) -> dict[UUID, Session]:
    """The week's sessions and those that were called off, by id."""
    period = week.period
    off = Session.objects.filter(site=found.site_id, starts_at__gte=period.start, starts_at__lt=period.end)
    return {one.id: one for one in off.select_related("lead__user", "room")} | week.sessions


def _row(line: DraftLine, known: dict[UUID, Session], before: SiteWeek | None, week: SiteWeek) -> PersonRow:
    now = _spots(Line.from_json(line.now), known, week)
    if before is None:
        was = _spots(Line.from_json(line.was), known, week)
    else:
        was = {_spot(one.starts_at, one.title, week) for one in before.of(line.episode_id)}
    client = line.episode.client
    return PersonRow(
        line.episode_id, client.id, client.name, _words(now - was), _words(was - now), len(now & was), line.minutes,
        line.target_minutes, line.is_reached,
    )  # fmt: skip


def _spots(line: Line, known: dict[UUID, Session], week: SiteWeek) -> set[Spot]:
    seats = {_spot(known[one].starts_at, known[one].title, week) for one in line.seats if one in known}
    return seats | {_spot(own.starts_at, f"{SHORT[own.kind]} session", week) for own in line.own}


def _spot(starts_at: datetime, title: str, week: SiteWeek) -> Spot:
    here = starts_at.astimezone(week.zone)
    return here.weekday(), here.hour * 60 + here.minute, title


def _words(spots: set[Spot]) -> tuple[str, ...]:
    return tuple(f"{DAYS[day]} {clock(minute)} {title}" for day, minute, title in sorted(spots))


def _when(starts_at: datetime, week: SiteWeek) -> str:
    day, minute, _title = _spot(starts_at, "", week)
    return f"{DAYS[day]} {clock(minute)}"


def _sessions(found: WeekDraft, week: SiteWeek) -> tuple[SessionRow, ...]:
    """What becomes of sessions, in the order of the week."""
    plan, known = Plan.from_json(found.plan, {}), _known(found, week)
    was = Plan.from_json(found.was, {}).places
    people = {one.id: one.user.name for one in Staff.objects.filter(site=found.site_id).select_related("user")}
    rooms = dict(Room.objects.filter(site=found.site_id).values_list("id", "name"))
    rows = [
        (known[one].starts_at, SessionRow(one, known[one].title, _when(known[one].starts_at, week), "", "cancelled"))
        for one in plan.off if one in known
    ]  # fmt: skip
    for one, place in plan.places.items():
        if one in known:
            old = was.get(one) or Place(
                known[one].starts_at, known[one].ends_at, known[one].room_id, known[one].lead_id
            )  # fmt: skip
            code, what = _change(old, place, people, rooms, week)
            rows.append((old.starts_at, SessionRow(one, known[one].title, _when(old.starts_at, week), what, code)))
    return tuple(row for _at, row in sorted(rows, key=lambda row: (row[0], str(row[1].id))))


def _change(
    old: Place, new: Place, people: dict[UUID, str], rooms: dict[UUID, str], week: SiteWeek
) -> tuple[str, str]:  # fmt: skip
    if old.starts_at != new.starts_at:
        return "time", _when(new.starts_at, week)
    if old.lead != new.lead:
        return "lead", people.get(new.lead, "")
    return "room", rooms.get(new.room, "")


def _with_people(found: WeekDraft) -> set[UUID]:
    """The groups somebody sits in."""
    with rowlock.as_system("seats are counted over everybody"):
        lines = [Line.from_json(now) for now in found.lines.values_list("now", flat=True)]
    return {one for line in lines for one in line.seats}


def _quiet(found: WeekDraft, week: SiteWeek) -> tuple[str, ...]:
    """Groups ahead of which the draft makes nothing: nobody, or too few people, are in them."""
    if found.kind != "week" or found.state == DraftState.SOLVING:
        return ()
    full = _with_people(found)
    rows = [
        one for one in week.sessions.values()
        if one.group_id and one.id not in full and one.starts_at > found.asked_at
    ]  # fmt: skip
    return tuple(f"{one.title}, {_when(one.starts_at, week)}" for one in sorted(rows, key=lambda one: one.starts_at))


def _about(found: WeekDraft) -> str:
    """Whom or what a repair is about, in words; a client is not named here."""
    about, kind = found.event.get("about"), found.event.get("kind")
    if kind == "staff_absence":
        return Staff.objects.select_related("user").get(pk=about).name
    if kind == "room_closed":
        return Room.objects.get(pk=about).name
    if kind == "session_cancelled":
        return Session.objects.get(pk=about).title
    return ""
