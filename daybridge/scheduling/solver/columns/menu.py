"""Every legal day of one client: a set of groups and a start for each appointment, without regard to other people.

Who holds an appointment is left open here: for each start the cheapest member of staff is taken when prices are known.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise, product

import numpy as np
from numpy.typing import NDArray

from daybridge.scheduling.solver.ground import Ground
from daybridge.scheduling.solver.index import meet
from daybridge.scheduling.solver.model import Client, Session

Start = tuple[int, int]
"""(position among the client's requirements, minute)."""


@dataclass(frozen=True, slots=True)
class Groups:
    """Sessions of one day that can be attended together."""

    sessions: tuple[Session, ...]
    minutes: int


@dataclass(slots=True)
class Menu:
    """The legal days of one client on one day of the week, one row each; staying at home comes first."""

    day: int
    groups: list[tuple[Session, ...]]
    starts: list[Start]
    chosen: NDArray[np.int32]
    """Row to its groups."""
    appts: NDArray[np.int16]
    """Row to its appointments: positions in `starts`, padded with -1; one column per requirement."""
    gaps: NDArray[np.int8]
    minutes: NDArray[np.int16]


def menus(ground: Ground, client: Client, alive: frozenset[str]) -> list[Menu]:
    """The menus of all days on which the client could come; only `alive` sessions are offered."""
    choices = ground.choices[client.id]
    sessions = [s for s in choices.sessions if s.id in alive]
    position = {need.id: number for number, need in enumerate(client.requirements)}
    starts: dict[int, set[Start]] = {}
    for appt in choices.appointments:
        starts.setdefault(appt.day, set()).add((position[appt.requirement], appt.start))
    days = sorted({s.day for s in sessions} | set(starts))
    return [_menu(ground, client, day, sessions, sorted(starts.get(day, ()))) for day in days]


def _menu(ground: Ground, client: Client, day: int, sessions: list[Session], starts: list[Start]) -> Menu:
    groups: list[tuple[Session, ...]] = []
    rows: list[tuple[int, tuple[int, ...], int, int]] = []
    kitchen = _Kitchen(ground, client, starts)
    today = sorted((s for s in sessions if s.day == day), key=lambda s: (s.start, s.id))
    for one in _groups(client, today):
        before = len(rows)
        rows.extend((len(groups), *row) for row in kitchen.rows(one))
        if len(rows) > before:
            groups.append(one.sessions)
    width = len(client.requirements)
    return Menu(
        day,
        groups,
        starts,
        np.fromiter((row[0] for row in rows), np.int32, len(rows)),
        np.array([row[1] for row in rows], dtype=np.int16).reshape(len(rows), width),
        np.fromiter((row[2] for row in rows), np.int8, len(rows)),
        np.fromiter((row[3] for row in rows), np.int16, len(rows)),
    )


def _groups(client: Client, today: list[Session]) -> Iterator[Groups]:
    """Sets of sessions without overlap or repeated topic, within the minutes of a day, the empty set first."""

    def extend(chosen: tuple[Session, ...], first: int, minutes: int) -> Iterator[Groups]:
        yield Groups(chosen, minutes)
        for number in range(first, len(today)):
            new = today[number]
            if minutes + new.minutes <= client.max_minutes_day and not any(
                s.topic == new.topic or meet(s.start, s.end, new.start, new.end) for s in chosen
            ):
                yield from extend((*chosen, new), number + 1, minutes + new.minutes)

    return extend((), 0, 0)


class _Kitchen:
    """Puts appointments next to groups."""

    def __init__(self, ground: Ground, client: Client, starts: list[Start]) -> None:
        self.client, self.needs = client, client.requirements
        self.tolerance = ground.ix.problem.rules.gap_tolerance
        self.options: dict[int, list[tuple[int, int, int]]] = {}
        for number, (need, start) in enumerate(starts):
            self.options.setdefault(need, []).append((number, start, start + self.needs[need].minutes))
        present = sorted(self.options)
        self.subsets = [
            (subset, sum(self.needs[n].minutes for n in subset if self.needs[n].counts))
            for subset in (
                tuple(n for bit, n in enumerate(present) if mask >> bit & 1) for mask in range(1 << len(present))
            )
        ]

    def rows(self, groups: Groups) -> Iterator[tuple[tuple[int, ...], int, int]]:
        """(appointments, gaps, counted minutes) of every legal day with these groups."""
        spans = [(s.start, s.end) for s in groups.sessions]
        nobody = [-1] * len(self.needs)
        for subset, counted in self.subsets:
            minutes = groups.minutes + counted
            if minutes > self.client.max_minutes_day or 0 < minutes < self.client.per_diem_minutes:
                continue
            if not subset:
                yield tuple(nobody), breaks(spans, self.tolerance), minutes
                continue
            free = [[o for o in self.options[n] if not any(a < o[2] and o[1] < b for a, b in spans)] for n in subset]
            for combination in product(*free):
                found = self._fit(spans, combination)
                if found is not None:
                    row = nobody.copy()
                    for need, option in zip(subset, combination, strict=True):
                        row[need] = option[0]
                    yield tuple(row), found, minutes

    def _fit(self, spans: list[tuple[int, int]], options: tuple[tuple[int, int, int], ...]) -> int | None:
        """Breaks of the day; None if two appointments meet."""
        if len(options) == 2 and options[0][1] < options[1][2] and options[1][1] < options[0][2]:
            return None
        everything = sorted([*spans, *((a, b) for _, a, b in options)])
        gaps, end = 0, everything[0][0]
        for a, b in everything:
            if a < end:
                return None
            gaps += a - end > self.tolerance
            end = b
        return gaps


def breaks(spans: list[tuple[int, int]], tolerance: int) -> int:
    """Gaps longer than tolerated between spans in order."""
    return sum(1 for one, two in pairwise(spans) if two[0] - one[1] > tolerance)
