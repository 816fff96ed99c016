"""Who is told of a change to the week, and what: one line each, for clients and for staff."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from daybridge.scheduling.actions.applying import Applied
from daybridge.scheduling.differences import Difference
from daybridge.scheduling.models import Notice, Session, StaffNotice
from daybridge.scheduling.plan import Own, Place
from daybridge.scheduling.weeks import SiteWeek

MANY = 3  # more lines than this about one week say less than one
Said = tuple[str, dict[str, str]]


def tell_week(week: SiteWeek, done: Applied, *, at: datetime) -> int:
    """A whole week is in force: everybody it touches hears so in one line; how many."""
    day = {"day": week.first.isoformat()}
    Notice.objects.bulk_create(
        Notice(episode_id=one, kind=_kind(done.was.lines[one]), facts=day, at=at)
        for one in sorted(done.people, key=str)
    )
    leads = {one.lead_id for one in week.sessions.values() if one.starts_at >= at}
    StaffNotice.objects.bulk_create(
        StaffNotice(staff_id=one, kind="week-ready", facts=day, at=at) for one in sorted(leads, key=str)
    )
    return len(done.people) + len(leads)


def _kind(before: Any) -> str:
    return "week-changed" if before.seats or before.own else "week-ready"


def tell_changes(week: SiteWeek, done: Applied, *, at: datetime) -> int:
    """Part of a week has changed: each person hears what changed for them; how many people."""
    people: dict[UUID, list[Said]] = {one: [] for one in done.people}
    staff: dict[UUID, list[Said]] = {}
    sessions = {**week.sessions, **{one.id: one for one in done.off}}
    for episode_id, what in done.people.items():
        people[episode_id] += _for_client(what, sessions, week)
    for lead, said in _for_staff(week, done):
        staff.setdefault(lead, []).append(said)
    for session_id, (before, after) in done.moved.items():
        for who in _stayed(week, done, session_id):
            people.setdefault(who, []).extend(_of_move(before, after, week))
    _keep(people, staff, week, at)
    return len(people) + len(staff)


def _stayed(week: SiteWeek, done: Applied, session_id: UUID) -> set[UUID]:
    """Who is in a session and was before."""
    new = {one for one, changes in done.people.items() if session_id in changes.added}
    return week.booked.get(session_id, set()) - new


def _for_staff(week: SiteWeek, done: Applied) -> Iterable[tuple[UUID, Said]]:
    for what in done.people.values():
        yield from ((one.lead, ("cancelled", {"when": _when(one.starts_at, week)})) for one in what.gone)
        yield from ((one.lead, ("added", {"when": _when(one.starts_at, week)})) for one in what.new)
    for session in done.off:
        yield session.lead_id, ("cancelled", {"when": _when(session.starts_at, week)})
    for before, after in done.moved.values():
        yield from _staff_of_move(before, after, week)


def _starts(groups: Iterable[Session], own: Iterable[Own]) -> list[datetime]:
    return sorted([*(one.starts_at for one in groups), *(one.starts_at for one in own)])


def _for_client(what: Difference, sessions: dict[UUID, Session], week: SiteWeek) -> list[Said]:
    gone = _starts((sessions[one] for one in what.dropped), what.gone)
    new = _starts((sessions[one] for one in what.added), what.new)
    if len(gone) == len(new) == 1:
        return [("moved", {"was": _when(gone[0], week), "when": _when(new[0], week)})]
    return [("cancelled", {"when": _when(one, week)}) for one in gone] + [
        ("added", {"when": _when(one, week)}) for one in new
    ]


def _of_move(before: Place, after: Place, week: SiteWeek) -> list[Said]:
    when = _when(after.starts_at, week)
    if before.starts_at != after.starts_at:
        return [("moved", {"was": _when(before.starts_at, week), "when": when})]
    if before.room != after.room:
        room = next((room.name for room in week.rooms if room.id == after.room), "")
        return [("other-room", {"when": when, "room": room})]
    return [("other-lead", {"when": when})] if before.lead != after.lead else []


def _staff_of_move(before: Place, after: Place, week: SiteWeek) -> Iterable[tuple[UUID, Said]]:
    if before.lead != after.lead:
        yield before.lead, ("freed", {"when": _when(before.starts_at, week)})
        yield after.lead, ("stands-in", {"when": _when(after.starts_at, week)})
    elif before.starts_at != after.starts_at:
        yield after.lead, ("moved", {"was": _when(before.starts_at, week), "when": _when(after.starts_at, week)})
    elif before.room != after.room:
        room = next((room.name for room in week.rooms if room.id == after.room), "")
        yield after.lead, ("other-room", {"when": _when(after.starts_at, week), "room": room})


def _keep(people: dict[UUID, list[Said]], staff: dict[UUID, list[Said]], week: SiteWeek, at: datetime) -> None:
    day = {"day": week.first.isoformat()}
    whole: list[Said] = [("week-changed", day)]
    Notice.objects.bulk_create(
        Notice(episode_id=who, kind=kind, facts=facts, at=at)
        for who, said in sorted(people.items(), key=str)
        for kind, facts in (said if len(said) <= MANY else whole)
    )
    StaffNotice.objects.bulk_create(
        StaffNotice(staff_id=who, kind=kind, facts=facts, at=at)
        for who, said in sorted(staff.items(), key=str)
        for kind, facts in (said if len(said) <= MANY else whole)
    )


def _when(at: datetime, week: SiteWeek) -> str:
    return at.astimezone(week.zone).strftime("%Y-%m-%dT%H:%M")


@transaction.atomic
def see_notices(*, by: Any, at: datetime) -> int:
    """Mark what a client, or a staff member, was told as seen; how many were new."""
    client_id = getattr(by, "client_id", None)
    if client_id is not None:
        return Notice.objects.filter(episode__client=client_id, seen_at=None).update(seen_at=at)
    return StaffNotice.objects.filter(staff__user=by.pk, seen_at=None).update(seen_at=at)
