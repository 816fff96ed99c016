"""One person's Today."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from daybridge.access.models import Site
from daybridge.access.rules import Permission
from daybridge.audit import ledger
from daybridge.scheduling.queries import told_staff
from daybridge.scheduling.rules import SessionState
from daybridge.watch.queries import asked
from daybridge.watch.queries.lists import LISTS
from daybridge.watch.queries.rows import Section
from daybridge.watch.queries.scope import Scope
from daybridge.watch.rules import lists_for

SOON = timedelta(minutes=60)


@dataclass(frozen=True, slots=True)
class Meeting:
    """One session of today as its facilitator, or the site, sees it."""

    id: UUID
    title: str
    room: str
    lead: str
    starts_at: datetime
    ends_at: datetime
    booked: int
    here: int
    is_open: bool


@dataclass(frozen=True, slots=True)
class Today:
    """What one person's Today shows: the session that is on, what comes, and the lists in the role's order."""

    day: date
    day_number: int
    now: Meeting | None
    next: tuple[Meeting, ...]
    sections: tuple[Section, ...]
    may_check_in: bool
    may_note: bool
    may_place: bool = False
    told: tuple[str, ...] = ()


def today(*, by, site: Site, at: datetime) -> Today:
    """Today of `by` at `site`; writes one read line for the clients it names. The number of queries is constant."""
    scope = Scope(by, at, site)
    sections = tuple(section for name in lists_for(by.roles) if (section := LISTS[name](scope)) is not None)
    named = [item.client_id for section in sections for item in section.items if item.client_id]
    ledger.read_list("today.see", list(dict.fromkeys(named)), by=by, at=at)
    meetings = _meetings(scope) if by.sites_with(Permission.WEEK_SEE) else []
    now = next((one for one in meetings if one.is_open or one.starts_at - SOON <= at < one.ends_at), None)
    coming = tuple(one for one in meetings if one.starts_at > at and one is not now)[:4]
    return Today(
        day=scope.day, day_number=(scope.day - scope.first).days + 1, now=now, next=coming, sections=sections,
        may_check_in=bool(by.sites_with(Permission.ROLL_MARK)), may_note=bool(by.sites_with(Permission.NOTE_WRITE)),
        may_place=bool(by.sites_with(Permission.WEEK_PLACE)), told=told_staff(by=by, at=at),
    )  # fmt: skip


def _meetings(scope: Scope) -> list[Meeting]:
    day = {"site": scope.site.id, "start": scope.today.start, "end": scope.today.end}
    rows = asked.meetings("own", **day, lead=scope.staff_id) if scope.sees_own else asked.meetings("site", **day)
    return [Meeting(*row, is_open=status == SessionState.OPEN) for *row, status in rows]
