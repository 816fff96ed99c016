"""Put a worked-out plan in force: seats, appointments, leads, rooms and times, all or nothing, by one writer."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from daybridge.access import rowlock
from daybridge.access.models import User
from daybridge.audit import ledger
from daybridge.episodes.models import Episode
from daybridge.kit.errors import Refused
from daybridge.kit.states import check_move
from daybridge.scheduling import placing, weeks
from daybridge.scheduling.differences import Difference, difference
from daybridge.scheduling.models import Booking, Session
from daybridge.scheduling.plan import Line, Own, Place, Plan
from daybridge.scheduling.rules import BOOKABLE, MOVES, BookingState, SessionState, check_clear, check_one_place
from daybridge.scheduling.weeks import SiteWeek


@dataclass(slots=True)
class Applied:
    """What was done: the plan that takes it back, and what changed for whom."""

    was: Plan
    people: dict[UUID, Difference] = field(default_factory=dict)
    moved: dict[UUID, tuple[Place, Place]] = field(default_factory=dict)
    off: tuple[Session, ...] = ()
    left: int = 0  # appointments of the plan for which no office was free


@dataclass(slots=True)
class _Writes:
    """Rows to write, collected while the week in memory is changed and judged."""

    released: list[tuple[UUID, UUID]] = field(default_factory=list)
    booked: list[tuple[Session, UUID]] = field(default_factory=list)
    made: list[Session] = field(default_factory=list)
    changed: list[Session] = field(default_factory=list)


def lines_now(week: SiteWeek, episodes: Iterable[UUID], at: datetime) -> dict[UUID, Line]:
    """What each of these people has from `at` on."""
    return {one: _line(week, one, at) for one in episodes}


def _line(week: SiteWeek, episode_id: UUID, at: datetime) -> Line:
    mine = [one for one in week.of(episode_id) if one.starts_at >= at and one.status in BOOKABLE]
    own = (Own(s.kind, s.lead_id, s.starts_at, s.minutes) for s in mine if s.kind in placing.APPOINTMENTS)
    return Line(frozenset(s.id for s in mine if s.kind not in placing.APPOINTMENTS), frozenset(own))


@rowlock.as_system("the week of everybody is written as it was worked out")
def apply(week: SiteWeek, plan: Plan, *, by: Any, at: datetime) -> Applied:
    """Make the week what the plan says from `at` on; the caller holds the site's row and has checked permission.

    Seats, rooms, leads and clients are judged once more, as they will be. Raises Refused when the plan does not fit.
    """
    writes = _Writes()
    _on_again(week, plan.on, writes)
    before = lines_now(week, {*plan.lines, *_sitting(week, plan.off)}, at)
    places = {one: _place(week.sessions[one]) for one in plan.places}
    done = Applied(Plan(before, places, plan.on, plan.off))
    done.off = tuple(_call_off(week, plan.off, at, writes))
    for session_id, place in plan.places.items():
        done.moved[session_id] = (places[session_id], place)
        _move(week.sessions[session_id], place, at, writes)
    after = {one: plan.lines.get(one, _without(line, plan.off)) for one, line in before.items()}
    for episode_id, line in sorted(after.items(), key=lambda row: str(row[0])):
        _release(week, episode_id, difference(before[episode_id], line), writes)
    for episode_id, line in sorted(after.items(), key=lambda row: str(row[0])):
        changes = difference(before[episode_id], line)
        if changes:
            done.people[episode_id] = changes
            done.left += _book(week, episode_id, changes, writes)
    _judge(week, done, writes)
    _write(writes, by=by, at=at)
    _tell_ledger(week, done, by=by, at=at)
    return done


def _without(line: Line, off: frozenset[UUID]) -> Line:
    return Line(line.seats - off, line.own)


def _place(session: Session) -> Place:
    return Place(session.starts_at, session.ends_at, session.room_id, session.lead_id)


def _on_again(week: SiteWeek, ids: frozenset[UUID], writes: _Writes) -> None:
    back = Session.objects.filter(pk__in=ids, site=week.site, status=SessionState.CANCELLED)
    for session in back.select_related("topic", "room", "lead__user", "track", "group"):
        check_move(MOVES, SessionState(session.status), SessionState.PLANNED)
        session.status = SessionState.PLANNED
        week.add(session)
        writes.changed.append(session)


def _call_off(week: SiteWeek, ids: frozenset[UUID], at: datetime, writes: _Writes) -> Iterable[Session]:
    for session_id in sorted(ids, key=str):
        session = week.sessions.get(session_id)
        if session is None or session.status not in BOOKABLE or session.starts_at < at:
            raise Refused("One of these sessions has begun or is over.")
        _end(week, session, writes)
        yield session


def _end(week: SiteWeek, session: Session, writes: _Writes) -> None:
    check_move(MOVES, SessionState(session.status), SessionState.CANCELLED)
    session.status = SessionState.CANCELLED
    writes.changed.append(session)
    writes.released += [(session.id, who) for who in sorted(week.booked.pop(session.id, ()), key=str)]
    del week.sessions[session.id]


def _move(session: Session, place: Place, at: datetime, writes: _Writes) -> None:
    if session.status != SessionState.PLANNED or session.starts_at < at:
        raise Refused("Only a session that has not begun can be moved.")
    session.starts_at, session.ends_at, session.room_id, session.lead_id = place
    writes.changed.append(session)


def _release(week: SiteWeek, episode_id: UUID, changes: Difference, writes: _Writes) -> None:
    for session_id in changes.dropped:
        if episode_id in week.booked.get(session_id, ()):
            week.booked[session_id].discard(episode_id)
            writes.released.append((session_id, episode_id))
    for own in changes.gone:
        session = next(one for one in week.of(episode_id) if (one.kind, one.lead_id, one.starts_at) == own[:3])
        _end(week, session, writes)


def _book(week: SiteWeek, episode_id: UUID, changes: Difference, writes: _Writes) -> int:
    """Take the seats and make the appointments; how many found no office."""
    for session_id in changes.added:
        session = week.sessions.get(session_id)
        if session is None or session.status not in BOOKABLE:
            raise Refused("The week has changed meanwhile.")
        _sit(week, session, episode_id, writes)
    left = 0
    for own in changes.new:
        session = _appointment(week, own)
        if session is None:
            left += 1
            continue
        writes.made.append(session)
        week.add(session)
        _sit(week, session, episode_id, writes)
    return left


def _sit(week: SiteWeek, session: Session, episode_id: UUID, writes: _Writes) -> None:
    week.booked.setdefault(session.id, set()).add(episode_id)
    writes.booked.append((session, episode_id))


def _appointment(week: SiteWeek, own: Own) -> Session | None:
    ends_at = own.starts_at + timedelta(minutes=own.minutes)
    office = weeks.office_for(week, own.starts_at, ends_at)
    if office is None:
        return None
    return Session(
        site=week.site, kind=own.kind, title=placing.APPOINTMENTS[own.kind], starts_at=own.starts_at, ends_at=ends_at,
        room=office, lead_id=own.lead, seats=1,
    )  # fmt: skip


def _sitting(week: SiteWeek, sessions: Iterable[UUID]) -> set[UUID]:
    return {who for one in sessions for who in week.booked.get(one, ())}


def _judge(week: SiteWeek, done: Applied, writes: _Writes) -> None:
    _judge_meetings(week, writes)
    _judge_seats(week, writes)
    _judge_people(week, {*done.people, *_sitting(week, done.moved)})


def _judge_meetings(week: SiteWeek, writes: _Writes) -> None:
    meetings = list(week.meetings())
    for session in (*writes.made, *(one for one in writes.changed if one.id in week.sessions)):
        check_clear(weeks.meeting(session), meetings)


def _judge_seats(week: SiteWeek, writes: _Writes) -> None:
    for session in {one.id: one for one, _ in writes.booked}.values():
        if week.taken(session.id) > session.seats:
            raise Refused("A session of this week has no seat left.")


def _judge_people(week: SiteWeek, people: Iterable[UUID]) -> None:
    for episode_id in people:
        mine = week.of(episode_id)
        for number, one in enumerate(mine):
            check_one_place(one.starts_at, one.ends_at, [(s.starts_at, s.ends_at) for s in mine[:number]])


def _write(writes: _Writes, *, by: Any, at: datetime) -> None:
    """Ended rows first, so that what they held is free when the others are written."""
    for session in sorted(writes.changed, key=lambda one: one.status != SessionState.CANCELLED):
        session.save(update_fields=["status", "starts_at", "ends_at", "room", "lead"])
    for session_id, episode_id in writes.released:
        Booking.objects.filter(session=session_id, episode=episode_id).update(status=BookingState.RELEASED)
    Session.objects.bulk_create(writes.made)
    _write_seats(writes, by=by, at=at)


def _write_seats(writes: _Writes, *, by: Any, at: datetime) -> None:
    """A seat that was given up before is taken again; the others are new rows."""
    who = by if isinstance(by, User) else None
    pairs = {(session.id, episode_id) for session, episode_id in writes.booked}
    known = Booking.objects.filter(session__in={one for one, _ in pairs}).values_list("session_id", "episode_id")
    again = pairs & set(known)
    for session_id, episode_id in sorted(again, key=str):
        rows = Booking.objects.filter(session=session_id, episode=episode_id)
        rows.update(status=BookingState.BOOKED, booked_by=who, booked_at=at)
    Booking.objects.bulk_create(
        Booking(session_id=session_id, episode_id=episode_id, booked_by=who, booked_at=at)
        for session_id, episode_id in sorted(pairs - again, key=str)
    )


def _tell_ledger(week: SiteWeek, done: Applied, *, by: Any, at: datetime) -> None:
    for episode in Episode.objects.filter(pk__in=done.people).select_related("client").order_by("id"):
        what = done.people[episode.id]
        ledger.record(
            "week.place", episode, by=by, at=at, first=week.first, sessions=list(what.added),
            given_up=list(what.dropped), appointments=len(what.new), appointments_off=len(what.gone),
        )  # fmt: skip
    for session in done.off:
        ledger.record("session.move", session, by=by, at=at, was=SessionState.PLANNED, now=SessionState.CANCELLED)
    for session_id in done.moved:
        ledger.record("session.move", week.sessions[session_id], by=by, at=at, place="changed")
