"""What has already happened: bookings before now stay as they are, and nobody's limits may contradict them."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace

from daybridge.kit.errors import BadInput
from daybridge.scheduling.solver.check import Booking, bookings
from daybridge.scheduling.solver.index import Index, index
from daybridge.scheduling.solver.mending.events import Event, Moment
from daybridge.scheduling.solver.mending.spans import merged
from daybridge.scheduling.solver.model import Client, Frozen, MixLine, Problem, Requirement, Schedule, Window


def begins(ix: Index, booking: Booking) -> Moment:
    """When a booking starts. Raises BadInput for a session the problem does not know."""
    if booking[0] == "appt":
        return int(booking[4]), int(booking[5])
    session = ix.sessions.get(str(booking[2]))
    if session is None:
        raise BadInput("The schedule names {id}, which the problem does not know.", id=booking[2])
    return session.day, session.start


def span(ix: Index, booking: Booking) -> Window:
    """The time a booking takes."""
    day, start = begins(ix, booking)
    if booking[0] == "group":
        return Window(day, start, start + ix.sessions[str(booking[2])].minutes)
    return Window(day, start, start + ix.needs[str(booking[1]), str(booking[2])].minutes)


def frozen_at(problem: Problem, schedule: Schedule, now: Moment, missed: frozenset[Booking]) -> Frozen:
    """What is past at `now`: the schedule's bookings before then, less those missed.

    Raises BadInput if the problem's own past is another one: then the schedule belongs to another week.
    """
    ix, cut, all_booked = index(problem), now, bookings(schedule)
    known = problem.frozen
    if known is not None:
        was = (known.before_day, known.before_start)
        ours = {b for b in all_booked if begins(ix, b) < was}
        if ours - missed != set(known.bookings) - missed:
            raise BadInput("The schedule's past is not that of the problem: it was changed meanwhile.")
        cut = max(now, was)
    kept = sorted((b for b in all_booked - missed if begins(ix, b) < cut), key=str)
    return Frozen(cut[0], cut[1], tuple(kept))


def missed_bookings(problem: Problem, schedule: Schedule, event: Event) -> frozenset[Booking]:
    """The bookings a missed event is about; empty for any other."""
    if event.kind != "missed":
        return frozenset()
    ix, mine = index(problem), {b for b in bookings(schedule) if b[1] == event.about}
    named = frozenset(tuple(b) for b in event.bookings or ())
    if not named <= mine:
        raise BadInput("event.bookings: the schedule has no such booking.")
    return named | {b for b in mine if begins(ix, b)[0] in (event.days or ())}


def short_days(problem: Problem, event: Event, frozen: Frozen) -> frozenset[Booking]:
    """Bookings that no longer count because the rest of their day was missed. Source: H11.

    A day that is over and left with less than the daily minimum is worth nothing: its counted bookings go too.
    """
    if event.kind != "missed":
        return frozenset()
    ix, client = index(problem), next(c for c in problem.clients if c.id == event.about)
    mine = [b for b in frozen.bookings if b[1] == client.id and _counts(ix, b)]
    minutes = _by_day(ix, mine)
    over = {day for day in minutes if minutes[day] < client.per_diem_minutes and day < frozen.before_day}
    return frozenset(b for b in mine if begins(ix, b)[0] in over)


def _counts(ix: Index, booking: Booking) -> bool:
    return booking[0] == "group" or ix.needs[str(booking[1]), str(booking[2])].counts


def _minutes(ix: Index, booking: Booking) -> int:
    _, start, end = span(ix, booking)
    return end - start


def fitted(problem: Problem, client: Client, old: Client) -> Client:
    """The client with limits that do not contradict what has already happened; `old` is the client before the event."""
    ix = index(problem)
    mine = [b for b in (problem.frozen.bookings if problem.frozen else ()) if b[1] == client.id]
    if not mine:
        return client
    new = {need.id: need for need in (*client.requirements, *_held(old, mine))}
    ix = replace(ix, needs=ix.needs | {(client.id, need.id): need for need in new.values()})
    minutes, today = _by_day(ix, mine), problem.frozen.before_day if problem.frozen else 0
    return replace(
        client,
        requirements=tuple(new.values()),
        windows=merged([*client.windows, *(span(ix, one) for one in mine)]),
        max_minutes=max(client.max_minutes, sum(minutes.values())),
        max_minutes_day=max(client.max_minutes_day, *minutes.values()),
        days_max=max(client.days_max, len(minutes)),
        per_diem_minutes=min([client.per_diem_minutes, *_whole_days(minutes, today)]),
        mix=_mix(ix, client, mine),
    )


def _by_day(ix: Index, mine: Iterable[Booking]) -> Counter[int]:
    """Counted minutes of bookings by day; a day on site without any counts 0."""
    out: Counter[int] = Counter()
    for one in mine:
        out[begins(ix, one)[0]] += _minutes(ix, one) * _counts(ix, one)
    return out


def _whole_days(minutes: Counter[int], today: int) -> list[int]:
    return [counted for day, counted in minutes.items() if counted and day < today]


def _held(old: Client, mine: Iterable[Booking]) -> list[Requirement]:
    """Requirements of appointments that have been: they stay, whatever the new plan says."""
    placed = {str(b[2]) for b in mine if b[0] == "appt"}
    return [replace(need, mandatory=False) for need in old.requirements if need.id in placed]


def _mix(ix: Index, client: Client, mine: Iterable[Booking]) -> tuple[MixLine, ...]:
    done = Counter(ix.category(str(b[2])) for b in mine if b[0] == "group")
    lines = [replace(line, max=max(line.max, done[line.category])) for line in client.mix]
    known = {line.category for line in lines}
    return (*lines, *(MixLine(one, 0, count) for one, count in sorted(done.items()) if one not in known))
