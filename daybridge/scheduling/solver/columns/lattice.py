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
"""Steps laid out for one client; about 8 bytes each."""


class TooWide(Exception):
    """A client has more possible weeks than there is room for."""


@dataclass(slots=True)
class Step:
    """One day: rows of the menu sorted by shape, and the ways from the states before it to those after it."""

    menu: Menu
    order: Ints
    cuts: Ints
    source: Small
    shape: Small
    targets: Ints

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


def lattice(ground: Ground, plan: Layout, menus: list[Menu]) -> Lattice:
    """Lay out every state and step. Raises TooWide."""
    states, bits, steps, spent = np.zeros(1, dtype=np.int64), np.zeros(1, dtype=np.int64), [], 0
    for menu in _in_good_order(plan, menus):
        keys, gives, wants = shapes(ground, plan, menu)
        kinds, member = np.unique(np.stack([keys, gives, wants]), axis=1, return_inverse=True)
        order = np.argsort(member.ravel(), kind="stable")
        cuts = np.searchsorted(member.ravel()[order], np.arange(kinds.shape[1]))
        if len(states) * kinds.shape[1] > 4 * MOST_STEPS:
            raise TooWide(plan.client.id)
        added, ok = plan.add(states, kinds[0])
        had = np.repeat(bits, kinds.shape[1])
        ok &= (np.tile(kinds[2], len(states)) & ~had) == 0
        after = had | np.tile(kinds[1], len(states))
        kept = np.flatnonzero(ok)
        spent += len(kept)
        if spent > MOST_STEPS:
            raise TooWide(plan.client.id)
        width = max(1, len(plan.topics))
        merged, inverse = np.unique(added[kept] << width | after[kept], return_inverse=True)
        way = np.argsort(inverse.ravel(), kind="stable")
        source, shape = np.divmod(kept[way], kinds.shape[1])
        targets = np.searchsorted(inverse.ravel()[way], np.arange(len(merged)))
        steps.append(Step(menu, order, cuts, source.astype(np.int32), shape.astype(np.int32), targets))
        states, bits = merged >> width, merged & ((1 << width) - 1)
    return Lattice(plan, steps, states)


def _in_good_order(plan: Layout, menus: list[Menu]) -> list[Menu]:
    """Busy days first, so that few states meet them; in order of time where topics build on each other."""
    return menus if plan.topics else sorted(menus, key=lambda menu: (-len(menu.chosen), menu.day))
