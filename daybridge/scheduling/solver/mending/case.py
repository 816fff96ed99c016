"""One repair under way: the site's problem after the event, what is left of its week, and whom the event concerns."""

from collections.abc import Callable, Collection
from dataclasses import dataclass, field, replace

from daybridge.kit.errors import BadInput
from daybridge.scheduling.solver import score
from daybridge.scheduling.solver.check import Booking, bookings, check
from daybridge.scheduling.solver.facts import Violation
from daybridge.scheduling.solver.index import Index, index
from daybridge.scheduling.solver.mending import past, substitutes
from daybridge.scheduling.solver.mending.damage import damage
from daybridge.scheduling.solver.mending.effects import changed
from daybridge.scheduling.solver.mending.events import FIELDS, Event, Moment
from daybridge.scheduling.solver.mending.tolerance import tolerant
from daybridge.scheduling.solver.model import Frozen, Problem, Schedule
from daybridge.scheduling.solver.occupied import appointments, members
from daybridge.scheduling.solver.roster import Roster, roster_of, sizes
from daybridge.scheduling.solver.sites import of_site, schedule_of_site

DROPPED, ADDED, OWN_DROPPED = 60, 20, 30
"""Change costs: a booking somebody else loses, one somebody else gets, one the event's own people lose."""


@dataclass(frozen=True, slots=True)
class Before:
    """The published week as the change costs see it: its bookings, and whom the event is about."""

    bookings: frozenset[Booking]
    own: frozenset[str]

    def toll(self) -> Callable[[Booking], int]:
        """What making a booking costs more, or spares."""
        held, own = self.bookings, self.own

        def of(booking: Booking) -> int:
            mine = booking[1] in own
            if booking in held:
                return -OWN_DROPPED if mine else -DROPPED
            return 0 if mine else ADDED

        return of

    def cost(self, now: Collection[Booking]) -> int:
        """Change costs of a week."""
        dropped = (OWN_DROPPED if row[1] in self.own else DROPPED for row in self.bookings - set(now))
        return sum(dropped) + sum(ADDED for row in set(now) - self.bookings if row[1] not in self.own)


@dataclass(frozen=True, slots=True)
class Case:
    """What a repair starts from. `whole` and `published` are as given; the rest is of one site.

    `judged` is the problem after the event, `new` the same but tolerant of rules the published week breaks already
    (`known`); `part` is what was published, `start` what is left of it.

    `about` is the client it happens to; `hit` lost bookings by it; `reached` had their hours before. `alone` fills
    with who could reach the hours in an empty clinic.
    """

    whole: Problem
    published: Schedule
    part: Schedule
    judged: Problem
    known: frozenset[Violation]
    new: Problem
    ix: Index
    start: Roster
    about: frozenset[str]
    hit: frozenset[str]
    before: Before
    reached: frozenset[str]
    is_whole: bool
    frozen: Frozen | None
    alone: dict[str, bool] = field(default_factory=dict)

    @property
    def own(self) -> frozenset[str]:
        """Everybody the event concerns."""
        return self.before.own


def opened(problem: Problem, published: Schedule, event: Event, now: Moment) -> Case:
    """Everything there is to know before anybody is moved. Raises BadInput when things do not belong together."""
    old = of_site(problem, _site(problem, event))
    part = published if old is problem else schedule_of_site(old, published)
    judged, gone = changed(old, part, event, now)
    old_ix, weeks = index(old), roster_of(part)
    new = tolerant(judged, old_ix, weeks)
    ix = index(new)
    left = damage(ix, part, gone)
    start, displaced = substitutes.fill(ix, left.roster, left.vacant)
    about = frozenset({event.about} if "client" in FIELDS[event.kind] else ())
    hit = (left.hit | displaced) - about
    return Case(
        whole=problem,
        published=published,
        part=part,
        judged=judged,
        known=frozenset(check(old, replace(part, objective=None)).violations),
        new=new,
        ix=ix,
        start=start,
        about=about,
        hit=hit,
        before=Before(frozenset(bookings(part) - gone), about | hit),
        reached=frozenset(c.id for c in old.clients if score.has_reached(old_ix, c, weeks.week(c.id))),
        is_whole=old is problem,
        frozen=judged.frozen if old is problem else _frozen(problem, published, judged, gone),
    )


def _site(problem: Problem, event: Event) -> str:
    if event.client is not None:
        return event.client.site
    for rows in (problem.clients, problem.staff, problem.rooms, problem.sessions):
        for one in rows:
            if one.id == event.about:
                return one.site
    raise BadInput("The problem knows nothing of {id}.", id=event.about)


def _frozen(problem: Problem, published: Schedule, new: Problem, gone: frozenset[Booking]) -> Frozen:
    """What is past in the whole problem."""
    assert new.frozen is not None
    return past.frozen_at(problem, published, (new.frozen.before_day, new.frozen.before_start), gone)


def whole_problem(case: Case) -> Problem:
    """The whole problem after the event."""
    if case.is_whole:
        return case.judged
    clients, sessions = {c.id: c for c in case.judged.clients}, {s.id: s for s in case.judged.sessions}
    staff = {f.id: f for f in case.judged.staff}
    return replace(
        case.whole,
        clients=tuple({c.id: clients.get(c.id, c) for c in (*case.whole.clients, *case.judged.clients)}.values()),
        sessions=tuple(sessions.get(s.id, s) for s in case.whole.sessions),
        staff=tuple(staff.get(f.id, f) for f in case.whole.staff),
        frozen=case.frozen,
    )


def cost(case: Case, roster: Roster) -> int:
    """The objective after the event with the costs of change."""
    ix, count = case.ix, sizes(roster)
    total = case.before.cost(_rows(roster)) + sum(score.client_cost(ix, c, roster.week(c.id)) for c in case.new.clients)
    for session in case.new.sessions:
        team = len(roster.runs[session.id].team) if session.id in roster.runs else 0
        total += score.session_cost(ix, session, team, count.get(session.id, 0))
    return total


def _rows(roster: Roster) -> set[Booking]:
    """The roster's bookings."""
    out: set[Booking] = {("group", who, one) for one, people in members(roster).items() for who in people}
    return out | {("appt", a.client, a.requirement, a.staff, a.day, a.start) for a in appointments(roster)}
