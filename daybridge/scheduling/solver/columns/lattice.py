"""The cheapest legal weeks of one client at any prices: states day by day, every step laid out once."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from daybridge.scheduling.solver.columns.menu import Menu
from daybridge.scheduling.solver.columns.state import Layout, shapes
from daybridge.scheduling.solver.ground import Ground

Ints = NDArray[np.int64]
Small = NDArray[np.int32]
Costs = NDArray[np.float64]
MOST_STEPS = 4_000_000
"""Steps laid out for one client; about 6 bytes each."""


class TooWide(Exception):
    """A client has more possible weeks than there is room for."""


@dataclass(slots=True)
class Step:
    """One day: rows of the menu sorted by shape, and the ways from the states before it to those after it."""

    menu: Menu
    order: Small
    cuts: Small
    source: Small
    shape: NDArray[np.uint16]
    targets: Small

    def fold(self, before: Costs, rows: Costs) -> tuple[Costs, Costs]:
        """(cheapest row of each shape, cheapest way to each state after the day)."""
        per_shape = np.minimum.reduceat(rows[self.order], self.cuts)
        return per_shape, np.minimum.reduceat(before[self.source] + per_shape[self.shape], self.targets)

    def back(self, before: Costs, per_shape: Costs, rows: Costs, target: int) -> tuple[int, int]:
        """(row, state before) of the cheapest way to a state."""
        first = int(self.targets[target])
        last = int(self.targets[target + 1]) if target + 1 < len(self.targets) else len(self.source)
        way = first + int(np.argmin(before[self.source[first:last]] + per_shape[self.shape[first:last]]))
        number = int(self.shape[way])
        begin = int(self.cuts[number])
        end = int(self.cuts[number + 1]) if number + 1 < len(self.cuts) else len(self.order)
        mine = self.order[begin:end]
        return int(mine[np.argmin(rows[mine])]), int(self.source[way])


@dataclass(slots=True)
class Lattice:
    """All legal weeks of one client. `final` are the numbers of the states at the end of the week."""

    plan: Layout
    steps: list[Step]
    final: Ints


@dataclass(slots=True)
class _Kinds:
    """The rows of a menu by shape."""

    keys: Ints
    gives: Ints
    wants: Ints
    order: Small
    cuts: Small


def _kinds(ground: Ground, plan: Layout, menu: Menu) -> _Kinds:
    kinds, member = np.unique(np.stack(shapes(ground, plan, menu)), axis=1, return_inverse=True)
    order = np.argsort(member.ravel(), kind="stable")
    cuts = np.searchsorted(member.ravel()[order], np.arange(kinds.shape[1]))
    return _Kinds(kinds[0], kinds[1], kinds[2], order.astype(np.int32), cuts.astype(np.int32))


def lattice(ground: Ground, plan: Layout, menus: list[Menu]) -> Lattice:
    """Lay out every state and step. Raises TooWide."""
    ordered = _in_good_order(plan, menus)
    kinds = [_kinds(ground, plan, menu) for menu in ordered]
    states, bits = np.zeros(1, dtype=np.int64), np.zeros(1, dtype=np.int64)
    steps: list[Step] = []
    for number, menu in enumerate(ordered):
        ahead = [sum(int(field.of(kind.keys).max()) for kind in kinds[number + 1 :]) for field in plan.counters]
        if len(states) * len(kinds[number].keys) > 4 * MOST_STEPS:
            raise TooWide(plan.client.id)
        step, states, bits = _step(plan, (menu, kinds[number]), (states, bits), ahead)
        steps.append(step)
        if sum(len(one.source) for one in steps) > MOST_STEPS:
            raise TooWide(plan.client.id)
    return Lattice(plan, steps, states)


def _step(
    plan: Layout, day: tuple[Menu, _Kinds], before: tuple[Ints, Ints], ahead: list[int]
) -> tuple[Step, Ints, Ints]:
    """One day laid out, and the states after it."""
    (menu, kind), (states, bits), width = day, before, len(plan.topics)
    keys, ok = plan.add(states, kind.keys, ahead)
    after = bits
    if width:
        had = np.repeat(bits, len(kind.keys))
        ok &= (np.tile(kind.wants, len(states)) & ~had) == 0
        after = had | np.tile(kind.gives, len(states))
        keys = keys << width | after
    kept = np.flatnonzero(ok)
    merged, inverse = np.unique(keys[kept], return_inverse=True)
    way = np.argsort(inverse.ravel(), kind="stable")
    source, shape = np.divmod(kept[way], len(kind.keys))
    targets = np.searchsorted(inverse.ravel()[way], np.arange(len(merged)))
    step = Step(menu, kind.order, kind.cuts, source.astype(np.int32), shape.astype(np.uint16), targets.astype(np.int32))
    return step, merged >> width, merged & ((1 << width) - 1)


def _in_good_order(plan: Layout, menus: list[Menu]) -> list[Menu]:
    """Busy days first, so that few states meet them; in order of time where topics build on each other."""
    return menus if plan.topics else sorted(menus, key=lambda menu: (-len(menu.chosen), menu.day))
