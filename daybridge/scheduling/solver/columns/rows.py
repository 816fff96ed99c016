"""The rows that client weeks share: seats, rooms, staff, offices, tests, people kept apart. Plain data, no solver.

A row is low <= sum(own variables) + sum(items of the chosen weeks) <= high. Items are what a week is made of: a
session, an appointment, a day of a urine test, a part of a day on site.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from daybridge.scheduling.solver.board import Week
from daybridge.scheduling.solver.ground import Ground
from daybridge.scheduling.solver.model import Appointment, Client

INFINITE = float("inf")
Entries = list[tuple[int, float]]


@dataclass(slots=True)
class Own:
    """A variable of the timetable itself."""

    cost: float
    high: float
    is_whole: bool = True


@dataclass(slots=True)
class Row:
    """Bounds and own variables of one row."""

    low: float
    high: float
    own: Entries


@dataclass(slots=True)
class Board:
    """Own variables, rows, and which rows each item of each client counts in."""

    ground: Ground
    alive: frozenset[str]
    own: list[Own] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    constant: int = 0
    open: dict[str, int] = field(default_factory=dict)
    lead: dict[tuple[str, str], int] = field(default_factory=dict)
    room: dict[tuple[str, str], int] = field(default_factory=dict)
    over: dict[str, int] = field(default_factory=dict)
    breaks: dict[tuple[str, int], list[tuple[int, int, int]]] = field(default_factory=dict)
    """(staff, day) to (variable, start, end) of each possible lunch."""
    session_rows: dict[str, Entries] = field(default_factory=dict)
    appointment_rows: dict[Appointment, Entries] = field(default_factory=dict)
    test_rows: dict[tuple[str, int], Entries] = field(default_factory=dict)
    """(site, day) to rows."""
    pair_rows: dict[tuple[str, str], Entries] = field(default_factory=dict)
    """(client, session) to rows of that client alone."""
    part_rows: dict[tuple[str, int, int], Entries] = field(default_factory=dict)
    """(client, day, part) to rows."""

    def variable(self, cost: float, high: float = 1, is_whole: bool = True) -> int:
        """A new own variable from 0 to `high`."""
        self.own.append(Own(cost, high, is_whole))
        return len(self.own) - 1

    def row(self, low: float, high: float, own: Entries) -> int:
        """A new row."""
        self.rows.append(Row(low, high, own))
        return len(self.rows) - 1

    def entries(self, client: Client, week: Week) -> dict[int, float]:
        """The rows a week counts in."""
        out: dict[int, float] = {}
        for rows in self._lists(client, week):
            for row, weight in rows:
                out[row] = out.get(row, 0.0) + weight
        return out

    def _lists(self, client: Client, week: Week) -> Iterator[Entries]:
        """The rows of each item of a week."""
        for one in week.sessions:
            yield self.session_rows.get(one, [])
            yield self.pair_rows.get((client.id, one), [])
        yield from (self.appointment_rows.get(appt, []) for appt in week.appointments)
        yield from (self.test_rows.get((client.site, day), []) for day in week.tests)
        if self.part_rows:
            yield from (self.part_rows.get((client.id, *part), []) for part in parts_of(self.ground, client, week))


def parts_of(ground: Ground, client: Client, week: Week) -> list[tuple[int, int]]:
    """(day, part) pairs on which the week has the client on site."""
    ix = ground.ix
    found = {(s.day, n) for s in (ix.sessions[one] for one in week.sessions) for n in ix.parts(s.start, s.end)}
    for appt in week.appointments:
        end = appt.start + ix.needs[client.id, appt.requirement].minutes
        found |= {(appt.day, n) for n in ix.parts(appt.start, end)}
    return sorted(found)
