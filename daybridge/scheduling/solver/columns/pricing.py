"""The cheapest weeks of one client at given prices of seats, times and tests: exact."""

from dataclasses import dataclass
from itertools import combinations, pairwise

import numpy as np
from numpy.typing import NDArray

from daybridge.scheduling.solver.board import Week
from daybridge.scheduling.solver.columns.lattice import Lattice, Step, lattice
from daybridge.scheduling.solver.columns.menu import menus
from daybridge.scheduling.solver.columns.state import COUNT, DAYS, layout
from daybridge.scheduling.solver.ground import Ground
from daybridge.scheduling.solver.index import covers
from daybridge.scheduling.solver.model import Appointment, Client
from daybridge.scheduling.solver.offers import COMMITTED
from daybridge.scheduling.solver.weeks import minutes_cost

Costs = NDArray[np.float64]
Ints = NDArray[np.int64]
FORBIDDEN = 1e9
"""The price of what cannot be had."""


@dataclass(slots=True)
class Prices:
    """Extra cost of each session, appointment, day of a urine test, and set of parts of a day on site."""

    sessions: Costs
    appointments: Costs
    tests: Costs
    parts: dict[tuple[int, int], float]
    """(day, part) to its price; empty for nearly everybody."""


@dataclass(slots=True)
class _Table:
    """What one step of the lattice needs to price the rows of its menu."""

    step: Step
    groups: Ints
    slots: Ints
    slot_cuts: Ints
    parts: Ints | None


@dataclass(slots=True)
class Pricer:
    """One client. `sessions` and `appointments` give the order in which prices are expected."""

    ground: Ground
    client: Client
    sessions: tuple[str, ...]
    appointments: tuple[Appointment, ...]
    lattice: Lattice
    base: int
    session_costs: Costs
    appointment_costs: Costs
    tables: list[_Table]
    terminal: Costs
    reaching: NDArray[np.bool_]
    masks: Ints
    test_sets: list[tuple[int, ...]]

    def free(self) -> Prices:
        """Prices of nothing."""
        return Prices(np.zeros(len(self.sessions)), np.zeros(len(self.appointments)), np.zeros(DAYS), {})


def pricer(ground: Ground, client: Client, alive: frozenset[str], with_parts: bool = False) -> Pricer:
    """Lay out one client's weeks. Raises TooWide."""
    choices, ix = ground.choices[client.id], ground.ix
    food = menus(ground, client, alive)
    net = lattice(ground, layout(ground, client, food), food)
    sessions = tuple(s.id for s in choices.sessions if s.id in alive)
    terminal, reaching = _terminal(ground, net)
    weights = ix.problem.weights
    base = sum(need.weight + (COMMITTED if need.mandatory else 0) for need in client.requirements)
    base += weights.lost_series * len(client.last_week_sessions) + weights.moved_appt * len(client.last_week_appts)
    base += weights.udt_missing * client.udt + COMMITTED * len(client.must_attend or ())
    return Pricer(
        ground,
        client,
        sessions,
        choices.appointments,
        net,
        base,
        np.array([_session_cost(ground, client, one) for one in sessions], dtype=np.float64),
        np.array([_appointment_cost(ground, client, one) for one in choices.appointments], dtype=np.float64),
        [_table(ground, client, step, sessions, with_parts) for step in net.steps],
        terminal,
        reaching,
        net.plan.days.of(net.final),
        _test_sets(client.udt, ix.problem.rules.udt_min_day_gap),
    )


def _session_cost(ground: Ground, client: Client, session_id: str) -> int:
    """What attending changes in the objective."""
    session, weights = ground.ix.sessions[session_id], ground.ix.problem.weights
    cost = -weights.lost_series * client.last_week_sessions.count(session_id)
    cost -= COMMITTED * (client.must_attend or ()).count(session_id)
    return cost + _off_pref(ground, client, (session.day, session.start, session.end))


def _appointment_cost(ground: Ground, client: Client, appt: Appointment) -> int:
    need, weights = ground.ix.needs[client.id, appt.requirement], ground.ix.problem.weights
    cost = -need.weight - (COMMITTED if need.mandatory else 0)
    cost += weights.continuity if need.preferred is not None and appt.staff != need.preferred else 0
    kept = (appt.requirement, appt.staff, appt.day, appt.start)
    cost -= weights.moved_appt * sum(
        1 for p in client.last_week_appts if (p.requirement, p.staff, p.day, p.start) == kept
    )
    return cost + _off_pref(ground, client, (appt.day, appt.start, appt.start + need.minutes))


def _off_pref(ground: Ground, client: Client, at: tuple[int, int, int]) -> int:
    wanted = client.pref_windows
    return 0 if wanted is None or covers(wanted, *at) else ground.ix.problem.weights.off_pref


def _test_sets(ordered: int, gap: int) -> list[tuple[int, ...]]:
    """Every allowed set of days for urine tests, the empty one first. Source: H21."""
    sets = (days for size in range(min(ordered, DAYS) + 1) for days in combinations(range(DAYS), size))
    return [days for days in sets if all(b - a >= gap for a, b in pairwise(days))]


def _terminal(ground: Ground, net: Lattice) -> tuple[Costs, NDArray[np.bool_]]:
    """What each final state costs (hours, mix, days) and whether the prescription is met in it."""
    plan, problem = net.plan, ground.ix.problem
    client, weights = plan.client, problem.weights
    slots = plan.minutes.of(net.final)
    table = [minutes_cost(problem, client, n * plan.slot) for n in range(int(slots.max(initial=0)) + 1)]
    cost = np.array(table, dtype=np.float64)[slots]
    days = COUNT[plan.days.of(net.final)]
    reaching = (slots * plan.slot >= client.target_minutes) & (days >= client.days_min)
    cost += np.where(reaching, 0, weights.not_reached * client.priority + (COMMITTED if client.must_reach else 0))
    cost += weights.extra_day * np.maximum(days - client.days_pref, 0)
    for line, field in zip(client.mix, plan.mix, strict=True):
        if field:
            cost += weights.mix_missing * np.maximum(line.min - field.of(net.final), 0)
    if client.waitlist:
        cost[(days > 0) & ~reaching] = FORBIDDEN
    return cost, reaching


def _table(ground: Ground, client: Client, step: Step, sessions: tuple[str, ...], with_parts: bool) -> _Table:
    at, menu = {one: number for number, one in enumerate(sessions)}, step.menu
    width = max((len(group) for group in menu.groups), default=0)
    groups = np.full((len(menu.groups), max(1, width)), len(sessions), dtype=np.int64)
    for number, group in enumerate(menu.groups):
        groups[number, : len(group)] = [at[s.id] for s in group]
    position = {need.id: number for number, need in enumerate(client.requirements)}
    where = {start: number for number, start in enumerate(menu.starts)}
    pairs = sorted(
        (where[position[appt.requirement], appt.start], number)
        for number, appt in enumerate(ground.choices[client.id].appointments)
        if appt.day == menu.day
    )
    slots = np.array([number for _, number in pairs], dtype=np.int64)
    cuts = np.searchsorted(np.array([start for start, _ in pairs], dtype=np.int64), np.arange(len(menu.starts)))
    return _Table(step, groups, slots, cuts, _parts(ground, client, step) if with_parts else None)


def _parts(ground: Ground, client: Client, step: Step) -> Ints:
    """Parts of the day each row touches, as bits."""
    menu, ix = step.menu, ground.ix

    def bits(start: int, end: int) -> int:
        return sum(1 << part for part in ix.parts(start, end))

    groups = np.array(
        [int(np.bitwise_or.reduce([0, *(bits(s.start, s.end) for s in group)])) for group in menu.groups],
        dtype=np.int64,
    )
    starts = [bits(start, start + client.requirements[need].minutes) for need, start in menu.starts]
    table = np.array([*starts, 0], dtype=np.int64)
    out = groups[menu.chosen]
    for column in range(menu.appts.shape[1]):
        out = out | table[menu.appts[:, column]]
    return out


@dataclass(slots=True)
class Priced:
    """One client's weeks at certain prices."""

    pricer: Pricer
    rows: list[Costs]
    slots: list[Costs]
    shapes: list[Costs]
    reach: list[Costs]
    final: Costs
    appointments: Costs
    tests: dict[int, tuple[float, tuple[int, ...]]]

    @property
    def least(self) -> float:
        """The cost of the cheapest week, extra prices included."""
        return float(self.final.min())

    def best(self, count: int) -> list[tuple[float, Week]]:
        """The cheapest week of each of the cheapest few final states."""
        few = min(count, len(self.final))
        which = np.argpartition(self.final, few - 1)[:few]
        which = which[np.argsort(self.final[which], kind="stable")]
        return [(float(self.final[one]), self._week(int(one))) for one in which if self.final[one] < FORBIDDEN / 2]

    def _week(self, state: int) -> Week:
        mine, tests = self.pricer, self.tests[int(self.pricer.masks[state])][1]
        sessions: list[tuple[int, int, str]] = []
        appointments: list[Appointment] = []
        for number in reversed(range(len(mine.tables))):
            table = mine.tables[number]
            row, state = table.step.back(self.reach[number], self.shapes[number], self.rows[number], state)
            menu = table.step.menu
            sessions += [(s.day, s.start, s.id) for s in menu.groups[int(menu.chosen[row])]]
            appointments += [self._holder(table, int(slot)) for slot in menu.appts[row] if slot >= 0]
        ordered = tuple(one for _, _, one in sorted(sessions))
        return Week(ordered, tuple(sorted(appointments, key=lambda a: (a.day, a.start, a.requirement))), tests)

    def _holder(self, table: _Table, start: int) -> Appointment:
        """The appointment at this start with the cheapest member of staff."""
        first = int(table.slot_cuts[start])
        last = int(table.slot_cuts[start + 1]) if start + 1 < len(table.slot_cuts) else len(table.slots)
        mine = table.slots[first:last]
        return self.pricer.appointments[int(mine[np.argmin(self.appointments[mine])])]


def price(pricer: Pricer, prices: Prices) -> Priced:
    """Price every week of the client."""
    sessions = np.append(pricer.session_costs + prices.sessions, 0.0)
    appointments = pricer.appointment_costs + prices.appointments
    gap = pricer.ground.ix.problem.weights.gap
    states: Costs = np.zeros(1)
    reach, rows_of, shapes_of, slots_of = list[Costs](), list[Costs](), list[Costs](), list[Costs]()
    for table in pricer.tables:
        menu = table.step.menu
        slots = np.minimum.reduceat(appointments[table.slots], table.slot_cuts) if len(table.slots) else np.zeros(0)
        slots = np.append(slots, 0.0)
        rows = sessions[table.groups].sum(axis=1)[menu.chosen] + gap * menu.gaps.astype(np.float64)
        for column in range(menu.appts.shape[1]):
            rows += slots[menu.appts[:, column]]
        if table.parts is not None:
            for (day, part), toll in prices.parts.items():
                if day == menu.day:
                    rows += toll * (table.parts >> part & 1)
        reach.append(states)
        per_shape, states = table.step.fold(states, rows)
        rows_of.append(rows)
        shapes_of.append(per_shape)
        slots_of.append(slots)
    tests = _tests(pricer, prices.tests)
    extra = np.array([tests[int(mask)][0] for mask in range(1 << DAYS)]) if pricer.client.udt else np.zeros(1 << DAYS)
    final = states + pricer.terminal + extra[pricer.masks] + pricer.base
    return Priced(pricer, rows_of, slots_of, shapes_of, reach, final, appointments, tests)


def _tests(pricer: Pricer, prices: Costs) -> dict[int, tuple[float, tuple[int, ...]]]:
    """The cheapest days of tests for every set of days on site."""
    reward = pricer.ground.ix.problem.weights.udt_missing
    priced = [
        (float(sum(prices[day] - reward for day in days)), sum(1 << day for day in days), days)
        for days in pricer.test_sets
    ]
    priced.sort(key=lambda row: (row[0], row[2]))
    return {mask: next((cost, days) for cost, bits, days in priced if bits & ~mask == 0) for mask in range(1 << DAYS)}
