"""The best weeks of one client while nobody else moves: legal days combined, day by day."""

from collections.abc import Sequence
from dataclasses import dataclass
from operator import add, gt

from daybridge.scheduling.solver.board import Week
from daybridge.scheduling.solver.days import Day, Effort, legal_days, rebuild
from daybridge.scheduling.solver.model import Client, Problem
from daybridge.scheduling.solver.offers import COMMITTED, View

State = tuple[int, int, int, tuple[int, ...], frozenset[str]]
"""Minutes, attendance days, appointments placed (bits), sessions per category, topics attended."""
START_TOPICS: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Candidate:
    """One legal week. `cost` is its part of the objective up to a constant of the client."""

    cost: int
    week: Week
    minutes: int
    days: tuple[int, ...]
    reached: bool


@dataclass(frozen=True, slots=True)
class _Partial:
    cost: int
    days: tuple[Day, ...]


def best_weeks(view: View, effort: Effort) -> list[Candidate]:
    """Legal weeks of the client, cheapest first.

    Within the bounds of `effort` nothing legal is missed, except that an appointment takes the cheapest free time
    next to the groups of its day. Keeps H13, H14, H15, H17 and H22. The empty week is among them unless bookings
    are past.
    """
    table: dict[State, list[_Partial]] = {_start(view): [_Partial(0, ())]}
    days = view.days()
    for day in days:
        table = _advance(view, table, legal_days(view, day, effort), effort)
    out = []
    for state, partials in table.items():
        for partial in partials:
            candidate = _finish(view, days, state, partial)
            if candidate is not None:
                out.append(candidate)
    return sorted(out, key=lambda c: (c.cost, c.week.sessions, str(c.week.appointments)))


def _start(view: View) -> State:
    return 0, 0, 0, (0,) * len(view.client.mix), START_TOPICS


def _advance(
    view: View, table: dict[State, list[_Partial]], options: list[Day], effort: Effort
) -> dict[State, list[_Partial]]:
    out: dict[State, list[_Partial]] = {}
    most = _most(view.client)
    for state, partials in table.items():
        for option in options:
            after = _step(view.client, most, state, option)
            if after is not None:
                out.setdefault(after, []).extend(_Partial(p.cost + option.cost, (*p.days, option)) for p in partials)
    for state, rows in out.items():
        if len(rows) > effort.keep:
            rows.sort(key=lambda p: p.cost)
            out[state] = rows[: effort.keep]
    if len(out) <= effort.width:
        return out
    ranked = sorted(out, key=lambda s: (out[s][0].cost + hours_cost(view, s), s[:4], sorted(s[4])))
    kept = {state: out[state] for state in ranked[: effort.width]}
    nothing = _start(view)
    return kept | ({nothing: out[nothing]} if nothing in out else {})


def _most(client: Client) -> tuple[int, ...]:
    return tuple(line.max for line in client.mix)


def _step(client: Client, most: Sequence[int], state: State, day: Day) -> State | None:
    minutes, count, needs, categories, topics = state
    if not day.is_attended:
        return state
    if needs & day.needs or count == client.days_max or minutes + day.minutes > client.max_minutes:
        return None
    if not day.wants <= topics:
        return None
    summed = tuple(map(add, categories, day.categories))
    if any(map(gt, summed, most)):
        return None
    return minutes + day.minutes, count + 1, needs | day.needs, summed, topics | day.gives


def hours_cost(view: View, state: State) -> int:
    """What the state would cost if the week ended here: hours, mix and days. Source: scheduling design, section 4."""
    client, problem = view.client, view.ix.problem
    minutes, days, _, categories, _ = state
    reached = minutes >= client.target_minutes and days >= client.days_min
    missing = sum(max(0, line.min - n) for line, n in zip(client.mix, categories, strict=True))
    cost = problem.weights.mix_missing * missing + minutes_cost(problem, client, minutes)
    cost += problem.weights.extra_day * max(0, days - client.days_pref)
    if not reached:
        cost += problem.weights.not_reached * client.priority + (COMMITTED if client.must_reach else 0)
    return cost


def minutes_cost(problem: Problem, client: Client, minutes: int) -> int:
    """Terms shortfall, severe and excess of a week with so many counted minutes."""
    weights, slot = problem.weights, problem.slot_minutes
    short = max(0, client.target_minutes - minutes)
    severe = max(0, client.target_minutes * problem.rules.severe_fraction_percent // 100 - minutes)
    deficit = weights.shortfall_slot * -(-short // slot) + weights.severe_slot * -(-severe // slot)
    return deficit * client.priority + weights.excess_slot * (max(0, minutes - client.target_minutes) // slot)


def _finish(view: View, days: list[int], state: State, partial: _Partial) -> Candidate | None:
    client, (minutes, count, *_) = view.client, state
    reached = minutes >= client.target_minutes and count >= client.days_min
    if client.waitlist and count and not reached:
        return None
    attended = tuple(day for day, one in zip(days, partial.days, strict=True) if one.is_attended)
    week = Week(
        tuple(session for one in partial.days for session in one.sessions),
        tuple(appt for one in partial.days for appt in one.appointments),
    )
    return Candidate(partial.cost + hours_cost(view, state), week, minutes, attended, reached)


def cost_of(view: View, week: Week) -> int | None:
    """What an existing week costs by the measure of best_weeks(); None if the view no longer offers it."""
    state, cost = _start(view), 0
    for day in view.days():
        one = rebuild(view, day, week)
        after = _step(view.client, _most(view.client), state, one) if one is not None else None
        if one is None or after is None:
            return None
        state, cost = after, cost + one.cost
    return cost + hours_cost(view, state)
