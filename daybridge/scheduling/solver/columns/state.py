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
    """A counter inside the number: never above `most`; fewer than `low` of it cost something."""

    shift: int
    width: int
    most: int
    low: int = 0

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

    @property
    def counters(self) -> tuple[Field, ...]:
        """Everything counted towards a limit, minutes and days apart."""
        return (*self.needs, *(field for field in self.mix if field))

    def add(self, states: Ints, shapes: Ints, ahead: Sequence[int]) -> tuple[Ints, NDArray[np.bool_]]:
        """Every state with every shape, flattened, and whether the result keeps the limits of the week.

        `ahead` is the most that later days can add to each counter: counts that no longer matter become alike.
        """
        keys = (states[:, None] + shapes[None, :]).ravel()
        ok = self.minutes.of(keys) <= self.minutes.most
        for field, more in zip(self.counters, ahead, strict=True):
            counts = field.of(keys)
            ok &= counts <= field.most
            alike = (counts <= field.most - more) & (counts > field.low)
            keys -= np.where(alike, counts - field.low, 0) << field.shift
        ok &= COUNT[self.days.of(keys)] <= self.client.days_max
        return keys, ok


COUNT = np.array([bin(mask).count("1") for mask in range(1 << DAYS)], dtype=np.int64)
"""How many days a set of days has."""


def layout(ground: Ground, client: Client, menus: Sequence[Menu]) -> Layout:
    """Room for every counter of the client."""
    slot = ground.ix.problem.slot_minutes
    fields: list[Field | None] = []
    minutes = Field(
        0, (client.max_minutes // slot + client.max_minutes_day // slot + 1).bit_length(), client.max_minutes // slot
    )
    shift = minutes.width
    needs = [Field(shift + 2 * number, 2, 1) for number in range(len(client.requirements))]
    shift += 2 * len(needs)
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
    return Layout(client, slot, minutes, days, tuple(needs), tuple(fields), tuple(sorted(wanted)))


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
    return Field(shift, (high + max(per_day, default=0) + 1).bit_length(), high, min(low, high))


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
    keys = groups[menu.chosen] + (menu.minutes.astype(np.int64) // plan.slot << plan.minutes.shift)
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
