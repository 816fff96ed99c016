"""What the rest of a client's week needs to know of the days so far, packed into one whole number.

Fields: counted slots, placed requirements, sessions per category, days on site, prerequisites attended.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from daybridge.scheduling.solver.columns.menu import Menu
from daybridge.scheduling.solver.ground import Ground
from daybridge.scheduling.solver.model import Client

Ints = NDArray[np.int64]
DAYS = 7


@dataclass(frozen=True, slots=True)
class Field:
    """A counter inside the number: never above `most`; above `cap` all counts are alike."""

    shift: int
    width: int
    most: int
    cap: int | None = None

    def of(self, keys: Ints) -> Ints:
        """The counter of each number."""
        return (keys >> self.shift) & ((1 << self.width) - 1)


@dataclass(frozen=True, slots=True)
class Layout:
    """Where each counter of one client sits."""

    client: Client
    slot: int
    minutes: Field
    days: Field
    needs: tuple[Field, ...]
    mix: tuple[Field | None, ...]
    topics: tuple[str, ...]
    """Prerequisites this client may still need, one bit each, outside the counters."""

    def add(self, states: Ints, shapes: Ints) -> tuple[Ints, NDArray[np.bool_]]:
        """Every state with every shape, flattened, and whether the result keeps the limits of the week."""
        keys = (states[:, None] + shapes[None, :]).ravel()
        ok = self.minutes.of(keys) <= self.minutes.most
        for field in (*self.needs, *(f for f in self.mix if f)):
            if field.cap is None:
                ok &= field.of(keys) <= field.most
            else:
                keys -= np.maximum(field.of(keys) - field.cap, 0) << field.shift
        ok &= COUNT[self.days.of(keys)] <= self.client.days_max
        return keys, ok


COUNT = np.array([bin(mask).count("1") for mask in range(1 << DAYS)], dtype=np.int64)
"""How many days a set of days has."""


def layout(ground: Ground, client: Client, menus: Sequence[Menu]) -> Layout:
    """Room for every counter of the client."""
    slot = ground.ix.problem.slot_minutes
    shift, fields = 0, []
    sizes = [(client.max_minutes // slot, None), *((1, None) for _ in client.requirements)]
    minutes_and_needs = []
    for most, cap in sizes:
        width = (2 * max(most, client.max_minutes_day // slot if not minutes_and_needs else 1) + 1).bit_length()
        minutes_and_needs.append(Field(shift, width, most, cap))
        shift += width
    for line in client.mix:
        field = _mix_field(ground, line.category, (line.min, line.max), menus, shift)
        fields.append(field)
        shift += field.width if field else 0
    days = Field(shift, DAYS, (1 << DAYS) - 1)
    wanted = {
        topic
        for menu in menus
        for group in menu.groups
        for s in group
        for topic in ground.ix.topics[s.topic].prerequisites
        if topic not in client.completed_topics
    }
    if shift + DAYS > 62:
        raise OverflowError(client.id)
    return Layout(
        client, slot, minutes_and_needs[0], days, tuple(minutes_and_needs[1:]), tuple(fields), tuple(sorted(wanted))
    )


def _mix_field(
    ground: Ground, category: str, limits: tuple[int, int], menus: Sequence[Menu], shift: int
) -> Field | None:
    """A counter for a category; none where nothing depends on it."""
    low, high = limits
    per_day = [
        max(
            (sum(1 for s in group if ground.ix.topics[s.topic].category == category) for group in menu.groups),
            default=0,
        )
        for menu in menus
    ]
    if sum(per_day) <= high and low <= 0:
        return None
    cap = low if sum(per_day) <= high else None
    return Field(shift, (high + max(per_day, default=0) + 1).bit_length(), high, cap)


def shapes(ground: Ground, plan: Layout, menu: Menu) -> tuple[Ints, Ints, Ints]:
    """Of each row of the menu: its number, the prerequisites it gives, those it wants from earlier days."""
    groups = np.zeros(len(menu.groups), dtype=np.int64)
    gives, wants = np.zeros_like(groups), np.zeros_like(groups)
    for number, group in enumerate(menu.groups):
        gives[number], wants[number] = _topics(ground, plan, [s.topic for s in group])
        for line, field in zip(plan.client.mix, plan.mix, strict=True):
            if field:
                count = sum(1 for s in group if ground.ix.topics[s.topic].category == line.category)
                groups[number] += count << field.shift
        groups[number] += bool(group) << (plan.days.shift + menu.day)
    keys = groups[menu.chosen] + (menu.minutes // plan.slot << plan.minutes.shift)
    for column, field in enumerate(plan.needs):
        placed = menu.appts[:, column] >= 0
        keys += placed.astype(np.int64) << field.shift
        keys |= placed.astype(np.int64) << (plan.days.shift + menu.day)
    return keys, gives[menu.chosen], wants[menu.chosen]


def _topics(ground: Ground, plan: Layout, topics: list[str]) -> tuple[int, int]:
    """Bits given and wanted by sessions of one day in order of time. Source: H17."""
    gives = wants = 0
    for topic in topics:
        for before in ground.ix.topics[topic].prerequisites:
            bit = 1 << plan.topics.index(before) if before in plan.topics else 0
            wants |= bit & ~gives
        gives |= 1 << plan.topics.index(topic) if topic in plan.topics else 0
    return gives, wants
