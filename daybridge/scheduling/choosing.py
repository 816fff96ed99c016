"""The best three weeks for one client, to choose from: what is still to come is thought away and asked for anew.

What is over stays, and so does an appointment that still suits; groups the client knows are kept where they can be.
Reads, never writes: the page that shows the weeks and the action that books one of them cannot differ.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from hashlib import sha256
from uuid import UUID

from daybridge.access import rowlock
from daybridge.kit.periods import week_period
from daybridge.people.models import Staff
from daybridge.scheduling import placing
from daybridge.scheduling.models import Booking, Session
from daybridge.scheduling.placing import WHO, Needs
from daybridge.scheduling.rules import BookingState, Local, Proposal, Service, Slot
from daybridge.scheduling.solver import model as solver
from daybridge.scheduling.solver.recommend import Placement, recommend
from daybridge.scheduling.tradeoffs import Before, Point, points
from daybridge.scheduling.weeks import SiteWeek

HOW_MANY = 3
LOOKED_AT = 20  # weeks ranked, out of which the three that differ most from one another are shown


@dataclass(frozen=True, slots=True)
class Option:
    """One week to choose: the client's sessions, the seats it gives back, and what speaks for and against it."""

    proposal: Proposal
    given_back: tuple[Slot, ...]
    points: tuple[Point, ...]

    @property
    def choice(self) -> str:
        """What names this week and no other; the same as long as it is the same."""
        told = [f"{one.lead_id}|{one.starts_at.timestamp():.0f}" for one in self.proposal.slots]
        return sha256("\n".join(sorted(told)).encode()).hexdigest()[:24]


def options(week: SiteWeek, needs: Needs, at: datetime) -> tuple[Option, ...]:
    """Up to three weeks, the best first; none when nothing is to be had. Source: scheduling design, section 8."""
    kept = [one for one in week.of(needs.episode_id) if _stays(week, needs, one, at)]
    bare_week = without(week, needs.episode_id, {one.id for one in kept})
    problem = placing.problem_of(bare_week, needs, at)
    before = _before(week, needs)
    client = replace(problem.clients[0], last_week_sessions=_known_ids(problem, before))
    problem = replace(problem, clients=(client,))
    bare = solver.Schedule(problem.name, tuple(placing.run_of(one.id) for one in problem.sessions))
    must = {str(one.id) for one in kept}
    ranked = _holding(must, recommend(problem, bare, WHO, k=LOOKED_AT))
    now = _as_it_is({str(one.id) for one in week.of(needs.episode_id)}, ranked)
    return tuple(_option(week, bare_week, needs, before, one) for one in _apart(ranked, now))


def without(week: SiteWeek, episode_id: UUID, kept: set[UUID]) -> SiteWeek:
    """The week with a client's other bookings thought away; appointments nobody has any more are not there."""
    mine = [one for one in week.of(episode_id) if one.id not in kept]
    gone = {one.id for one in mine if one.kind != Service.GROUP}
    booked = {one: set(who) for one, who in week.booked.items() if one not in gone}
    for one in mine:
        booked.get(one.id, set()).discard(episode_id)
    return replace(week, sessions={key: one for key, one in week.sessions.items() if key not in gone}, booked=booked)


def _stays(week: SiteWeek, needs: Needs, session: Session, at: datetime) -> bool:
    """What is over or running, and what lies in the client's time but is no group of the track."""
    if session.starts_at < at:
        return True
    is_offered = session.kind == Service.GROUP and session.track_id == needs.track_id
    return not is_offered and suits(needs, week.span(session))


def suits(needs: Needs, span: Local) -> bool:
    """Whether the client can come then."""
    return any(one.weekday == span.weekday and one.start <= span.start and span.end <= one.end for one in needs.free())


def _holding(must: set[str], found: Iterable[Placement]) -> list[Placement]:
    """Weeks with something in them that keep what must stay."""
    return [one for one in found if must <= set(one.sessions) and (one.sessions or one.appointments)]


def _as_it_is(mine: set[str], ranked: Iterable[Placement]) -> list[Placement]:
    return [one for one in ranked if mine and set(one.sessions) == mine and not one.appointments]


def _series(week: SiteWeek, episode_id: UUID) -> list[Session]:
    """The groups the client is in, and those they were in last week, as they meet this week."""
    mine = {one.id for one in week.of(episode_id) if one.kind == Service.GROUP}
    last = _groups_of_last_week(week, episode_id)
    series = [one for one in week.sessions.values() if one.id in mine or (one.group_id and one.group_id in last)]
    return sorted(series, key=lambda one: one.starts_at)


def _before(week: SiteWeek, needs: Needs) -> Before:
    counselor = Staff.objects.select_related("user").filter(pk=needs.primary).first() if needs.primary else None
    order = needs.prescription
    return Before(
        order.weekly_minutes, order.days_min, tuple(Local(*one[1:]) for one in needs.unliked),
        (counselor.id, counselor.name) if counselor else None,
        tuple((one.id, one.title, week.span(one)) for one in _series(week, needs.episode_id)),
    )  # fmt: skip


@rowlock.as_system("the groups a client comes to anyway")
def _groups_of_last_week(week: SiteWeek, episode_id: UUID) -> set[UUID]:
    period = week_period(week.first - timedelta(days=7), week.zone)
    rows = Booking.objects.filter(
        episode=episode_id, status=BookingState.BOOKED, session__group__isnull=False,
        session__starts_at__gte=period.start, session__starts_at__lt=period.end,
    )  # fmt: skip
    return set(rows.values_list("session__group", flat=True))


def _known_ids(problem: solver.Problem, before: Before) -> tuple[str, ...]:
    known = {str(one) for one, _title, _span in before.series}
    return tuple(one.id for one in problem.sessions if one.id in known)


def _apart(ranked: list[Placement], now: list[Placement]) -> list[Placement]:
    """The best, the week as it is, then those that differ: full weeks before short ones, other groups before the same
    groups with an appointment on another day."""
    shown = ranked[:1] + [one for one in now if one not in ranked[:1]]
    full = [one for one in ranked if one.reached or not ranked[0].reached]
    for among, is_far in ((full, _other_groups), (full, _other_days), (ranked, _other_groups)):
        _fill(shown, among, is_far)
    return sorted(shown, key=ranked.index)


def _fill(shown: list[Placement], among: Iterable[Placement], is_far: Callable[[Placement, Placement], bool]) -> None:
    for one in among:
        if len(shown) < HOW_MANY and all(is_far(one, other) for other in shown):
            shown.append(one)


def _other_groups(one: Placement, other: Placement) -> bool:
    return set(one.sessions) != set(other.sessions)


def _other_days(one: Placement, other: Placement) -> bool:
    days = [{(seat.requirement, seat.day) for seat in week.appointments} for week in (one, other)]
    return _other_groups(one, other) or days[0] != days[1]


def _option(week: SiteWeek, bare: SiteWeek, needs: Needs, before: Before, best: Placement) -> Option:
    mine = {one.id for one in week.of(needs.episode_id)}
    chosen = {UUID(one) for one in best.sessions}
    slots = [placing.slot(week.sessions[one], one not in mine) for one in chosen]
    slots += [placing.appointment_slot(bare, one) for one in best.appointments]
    slots.sort(key=lambda slot: slot.starts_at)
    gone = tuple(placing.slot(one, False) for one in week.of(needs.episode_id) if one.id not in chosen)
    proposal = Proposal(needs.episode_id, week.first, tuple(slots), before.target_minutes, ())
    return Option(proposal, gone, points(slots, gone, before, week.zone))
