"""What an event changes in the problem: people, hours, rooms, the past. The schedule is looked at afterwards."""

from collections.abc import Callable, Iterable
from dataclasses import replace

from daybridge.kit.errors import BadInput
from daybridge.scheduling.solver.check import Booking
from daybridge.scheduling.solver.index import covers, index, meet
from daybridge.scheduling.solver.mending import past, spans
from daybridge.scheduling.solver.mending.events import Event, Moment
from daybridge.scheduling.solver.model import Client, Frozen, Problem, Schedule, Session, Staff, Window
from daybridge.scheduling.solver.wire import piece_from_json, plain

Effect = Callable[[Problem, Event, Moment], Problem]


def changed(problem: Problem, published: Schedule, event: Event, now: Moment) -> tuple[Problem, frozenset[Booking]]:
    """The problem after the event with everything before `now` frozen, and the past bookings that no longer count.

    Raises BadInput when the event is about somebody or something unknown, or the schedule's past is another one.
    """
    missed = past.missed_bookings(problem, published, event)
    frozen = past.frozen_at(problem, published, now, missed)
    gone = missed | past.short_days(problem, event, frozen)
    frozen = replace(frozen, bookings=tuple(b for b in frozen.bookings if b not in gone))
    held = replace(problem, frozen=frozen, clients=_begun(problem.clients, frozen))
    cut = _let_finish(problem, published, event.about, (frozen.before_day, frozen.before_start))
    after = EFFECTS[event.kind](held, event, cut)
    if missed:
        after = _not_there(after, event.about, [past.span(index(problem), b) for b in missed], cut)
    return after, gone


def _begun(clients: tuple[Client, ...], frozen: Frozen) -> tuple[Client, ...]:
    """Who has begun no longer waits: whether to take them was asked before (H22)."""
    began = {row[1] for row in frozen.bookings}
    return tuple(replace(c, waitlist=False) if c.waitlist and c.id in began else c for c in clients)


def _let_finish(problem: Problem, published: Schedule, who: str, now: Moment) -> Moment:
    """The moment a member of staff can leave: now, or when what they are in the middle of ends."""
    ix = index(problem)
    mine = [past.span(ix, ("group", "", run.id)) for run in published.sessions if who in run.staff]
    mine += [
        past.span(ix, ("appt", a.client, a.requirement, who, a.day, a.start))
        for a in published.appointments
        if a.staff == who
    ]
    return max([now, *((w.day, w.end) for w in mine if w.day == now[0] and w.start < now[1] < w.end)])


def _admit(problem: Problem, event: Event, now: Moment) -> Problem:
    del now
    if event.client is None:
        return _client(problem, event.about, lambda c: replace(c, waitlist=False))
    if any(c.id == event.about for c in problem.clients):
        raise BadInput("event.client: {id} is in the problem already.", id=event.about)
    if all(site.id != event.client.site for site in problem.sites):
        raise BadInput("event.client: the problem has no site {id}.", id=event.client.site)
    return replace(problem, clients=(*problem.clients, event.client))


def _discharge(problem: Problem, event: Event, now: Moment) -> Problem:
    return _client(
        problem,
        event.about,
        lambda c: replace(
            c, windows=spans.merged(spans.before(c.windows, now)), target_minutes=0, days_min=0, per_diem_minutes=0,
            udt=0, mix=tuple(replace(line, min=0) for line in c.mix), requirements=(), must_reach=False, waitlist=False,
            must_attend=None, last_week_sessions=(), last_week_appts=(), pref_windows=None,
        ),
    )  # fmt: skip


def _change_of_plan(problem: Problem, event: Event, now: Moment) -> Problem:
    del now
    return _client(
        problem, event.about, lambda c: piece_from_json("client", plain(c) | dict(event.changes), "event.changes")
    )


def _availability(problem: Problem, event: Event, now: Moment) -> Problem:
    new = event.windows or ()
    return _client(
        problem,
        event.about,
        lambda c: replace(
            c, windows=spans.from_now(c.windows, new, now), pref_windows=event.pref_windows or c.pref_windows
        ),
    )


def _same(problem: Problem, event: Event, now: Moment) -> Problem:
    del now
    return _client(problem, event.about, lambda c: c)


def _not_there(problem: Problem, who: str, taken: Iterable[Window], now: Moment) -> Problem:
    """Missed bookings that are still ahead: the client is away then."""
    ahead = spans.after(taken, now)
    ahead = [w for w in ahead if w.start < w.end]
    return _client(problem, who, lambda c: replace(c, windows=spans.without(c.windows, ahead)))


def _staff_absence(problem: Problem, event: Event, now: Moment) -> Problem:
    gone = spans.away(event.windows, event.days, now)
    return _staff(problem, event.about, lambda f: replace(f, windows=spans.without(f.windows, gone)))


def _change_of_shift(problem: Problem, event: Event, now: Moment) -> Problem:
    new = event.windows or ()
    return _staff(problem, event.about, lambda f: replace(f, windows=spans.from_now(f.windows, new, now)))


def _room_closed(problem: Problem, event: Event, now: Moment) -> Problem:
    if all(room.id != event.about for room in problem.rooms):
        raise BadInput("The problem has no room {id}.", id=event.about)
    gone = spans.away(event.windows, event.days, now)

    def without_room(session: Session) -> Session:
        if not any(w.day == session.day and meet(w.start, w.end, session.start, session.end) for w in gone):
            return session
        return replace(session, room_options=tuple(room for room in session.room_options if room != event.about))

    return _sessions(problem, now, without_room)


def _session_cancelled(problem: Problem, event: Event, now: Moment) -> Problem:
    found = [s for s in problem.sessions if s.id == event.about]
    if not found:
        raise BadInput("The problem has no session {id}.", id=event.about)
    if (found[0].day, found[0].start) < now:
        raise BadInput("event.session: {id} has already begun.", id=event.about)

    def closed(session: Session) -> Session:
        if session.id != event.about:
            return session
        return replace(session, staff_options=(), room_options=(), must_run=None)

    clients = tuple(_need_not_attend(c, event.about) for c in problem.clients)
    return _sessions(replace(problem, clients=clients), now, closed)


def _need_not_attend(client: Client, session_id: str) -> Client:
    if session_id not in (client.must_attend or ()):
        return client
    return replace(client, must_attend=tuple(one for one in client.must_attend or () if one != session_id))


EFFECTS: dict[str, Effect] = {
    "admit": _admit,
    "discharge": _discharge,
    "change_of_plan": _change_of_plan,
    "availability": _availability,
    "missed": _same,
    "staff_absence": _staff_absence,
    "change_of_shift": _change_of_shift,
    "room_closed": _room_closed,
    "session_cancelled": _session_cancelled,
}


def _client(problem: Problem, who: str, change: Callable[[Client], Client]) -> Problem:
    if all(c.id != who for c in problem.clients):
        raise BadInput("The problem has no client {id}.", id=who)
    clients = tuple(past.fitted(problem, change(c), c) if c.id == who else c for c in problem.clients)
    return replace(problem, clients=clients)


def _sessions(problem: Problem, now: Moment, change: Callable[[Session], Session]) -> Problem:
    """The sessions still to come changed; what has begun stays."""
    return replace(problem, sessions=tuple(s if (s.day, s.start) < now else change(s) for s in problem.sessions))


def _staff(problem: Problem, who: str, change: Callable[[Staff], Staff]) -> Problem:
    """One member of staff changed, and who may lead what with it."""
    old = next((f for f in problem.staff if f.id == who), None)
    if old is None or problem.frozen is None:
        raise BadInput("The problem has no staff {id}.", id=who)
    new, now = change(old), (problem.frozen.before_day, problem.frozen.before_start)
    staff = tuple(new if f.id == who else f for f in problem.staff)
    return _sessions(replace(problem, staff=staff), now, lambda session: _options(problem, (old, new), session))


def _options(problem: Problem, staff: tuple[Staff, Staff], session: Session) -> Session:
    """The session with somebody's new hours in mind: off the list outside them, on it where they are new."""
    old, new = staff
    when = (session.day, session.start, session.end)
    if not covers(new.windows, *when):
        return replace(session, staff_options=tuple(one for one in session.staff_options if one != new.id))
    if new.id in session.staff_options or covers(old.windows, *when) or not _qualified(problem, new, session):
        return session
    return replace(session, staff_options=(*session.staff_options, new.id))


def _qualified(problem: Problem, staff: Staff, session: Session) -> bool:
    """Whether somebody may lead a session by credential and language, as `staff_options` are made."""
    topic = next(t for t in problem.topics if t.id == session.topic)
    credential = not topic.credentials or bool(set(topic.credentials) & set(staff.credentials))
    return staff.site == session.site and credential and session.language in staff.languages
