"""What one client's week and one session cost: the objective taken apart, so that a move is priced by what it touches.

The sum over all clients and sessions is the objective of check() plus COMMITTED for every commitment not kept (H23).
"""

from itertools import pairwise

from daybridge.scheduling.solver.board import Week
from daybridge.scheduling.solver.ground import Ground
from daybridge.scheduling.solver.index import Index, covers
from daybridge.scheduling.solver.model import Appointment, Client, Requirement, Session, Weights
from daybridge.scheduling.solver.offers import COMMITTED
from daybridge.scheduling.solver.roster import Roster, sizes
from daybridge.scheduling.solver.weeks import minutes_cost

Span = tuple[int, int, int]


def total(ground: Ground, roster: Roster) -> int:
    """The cost of a whole roster."""
    count, problem = sizes(roster), ground.ix.problem
    cost = sum(client_cost(ground.ix, client, roster.week(client.id)) for client in problem.clients)
    return cost + sum(session_cost(ground.ix, s, *_run(roster, count, s)) for s in problem.sessions)


def _run(roster: Roster, count: dict[str, int], session: Session) -> tuple[int, int]:
    run = roster.runs.get(session.id)
    return (len(run.team), count[session.id]) if run else (0, 0)


def session_cost(ix: Index, session: Session, team: int, size: int) -> int:
    """A session's terms with `size` clients and a team of so many; a team of 0 means it does not run."""
    weights = ix.problem.weights
    if team == 0:
        return (weights.cancel_planned if session.planned else 0) + (COMMITTED if session.must_run else 0)
    extra = max(0, team - (1 if session.planned else 0))
    slots = session.minutes // ix.problem.slot_minutes
    return weights.over_ideal * max(0, size - session.ideal_size) + weights.staff_slot * slots * extra


def events(ix: Index, client: Client, week: Week) -> list[Span]:
    """Everything the client comes for, in order: (day, start, end)."""
    out = [(s.day, s.start, s.end) for s in (ix.sessions[one] for one in week.sessions)]
    needs = ((a, ix.needs[client.id, a.requirement]) for a in week.appointments)
    return sorted([*out, *((a.day, a.start, a.start + need.minutes) for a, need in needs)])


def minutes(ix: Index, client: Client, week: Week) -> int:
    """Counted program minutes of the week."""
    needs = (ix.needs[client.id, a.requirement] for a in week.appointments)
    return sum(ix.sessions[one].minutes for one in week.sessions) + sum(n.minutes for n in needs if n.counts)


def has_reached(ix: Index, client: Client, week: Week) -> bool:
    """Whether the prescription is met: minutes and days."""
    days = {day for day, _, _ in events(ix, client, week)}
    return minutes(ix, client, week) >= client.target_minutes and len(days) >= client.days_min


def client_cost(ix: Index, client: Client, week: Week) -> int:
    """A client's terms of the objective and broken commitments."""
    weights, counted = ix.problem.weights, minutes(ix, client, week)
    cost = minutes_cost(ix.problem, client, counted)
    if not has_reached(ix, client, week):
        cost += weights.not_reached * client.priority + (COMMITTED if client.must_reach else 0)
    per_category: dict[str, int] = {}
    for one in week.sessions:
        category = ix.category(one)
        per_category[category] = per_category.get(category, 0) + 1
    cost += weights.mix_missing * sum(max(0, line.min - per_category.get(line.category, 0)) for line in client.mix)
    cost += weights.udt_missing * max(0, client.udt - len(week.tests))
    cost += COMMITTED * sum(1 for one in client.must_attend or () if one not in week.sessions)
    return cost + _appointments(ix, client, week) + _comfort(ix, client, week)


def need_cost(weights: Weights, need: Requirement, appt: Appointment | None) -> int:
    """What a need costs that is not met, or not by whom it was to be."""
    if appt is None:
        return need.weight + (COMMITTED if need.mandatory else 0)
    return weights.continuity if need.preferred is not None and appt.staff != need.preferred else 0


def _appointments(ix: Index, client: Client, week: Week) -> int:
    weights, mine, cost = ix.problem.weights, {a.requirement: a for a in week.appointments}, 0
    for need in client.requirements:
        cost += need_cost(weights, need, mine.get(need.id))
    for past in client.last_week_appts:
        now = mine.get(past.requirement)
        if now is None or (now.staff, now.day, now.start) != (past.staff, past.day, past.start):
            cost += weights.moved_appt
    return cost + weights.lost_series * sum(1 for one in client.last_week_sessions if one not in week.sessions)


def _comfort(ix: Index, client: Client, week: Week) -> int:
    weights, mine = ix.problem.weights, events(ix, client, week)
    cost = weights.extra_day * max(0, len({day for day, _, _ in mine}) - client.days_pref)
    tolerance = ix.problem.rules.gap_tolerance
    cost += weights.gap * sum(1 for a, b in pairwise(mine) if a[0] == b[0] and b[1] - a[2] > tolerance)
    if client.pref_windows is not None:
        cost += weights.off_pref * sum(1 for event in mine if not covers(client.pref_windows, *event))
    return cost
