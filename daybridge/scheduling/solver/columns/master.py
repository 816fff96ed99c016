"""The linear program over the weeks found so far, its duals, and the bound they prove."""

from dataclasses import dataclass, field

import highspy  # type: ignore[import-untyped]
import numpy as np
from numpy.typing import NDArray

from daybridge.scheduling.solver.board import Week
from daybridge.scheduling.solver.columns.pricing import Pricer, Prices
from daybridge.scheduling.solver.columns.rows import INFINITE, Board
from daybridge.scheduling.solver.model import Client
from daybridge.scheduling.solver.score import client_cost

Costs = NDArray[np.float64]
FINITE = 1e8
"""A time limit above this is none."""
SMALL, LOOSE = 1e-6, 0.02


@dataclass(frozen=True, slots=True)
class Column:
    """One week of one client with its own cost."""

    client: Client
    week: Week
    cost: int


@dataclass(slots=True)
class Master:
    """Rows as laid, columns as found; HiGHS keeps its basis from one solve to the next."""

    board: Board
    columns: list[Column] = field(default_factory=list)
    known: set[tuple[str, Week]] = field(default_factory=set)
    linked: set[tuple[str, str]] = field(default_factory=set)
    highs: highspy.Highs = field(default_factory=highspy.Highs)
    value: float = INFINITE

    def start(self) -> None:
        """Hand the rows and own variables to HiGHS."""
        board, highs = self.board, self.highs
        quiet(highs)
        for own in board.own:
            highs.addCol(own.cost, 0.0, own.high, 0, np.zeros(0, dtype=np.int32), np.zeros(0))
        for _ in board.ground.ix.problem.clients:
            highs.addRow(1.0, 1.0, 0, np.zeros(0, dtype=np.int32), np.zeros(0))
        for row in board.rows:
            index = np.array([var for var, _ in row.own], dtype=np.int32)
            highs.addRow(row.low, row.high, len(index), index, np.array([weight for _, weight in row.own]))

    def add(self, client: Client, week: Week) -> bool:
        """Take a week in; False if it is there already."""
        if (client.id, week) in self.known:
            return False
        self.known.add((client.id, week))
        column = Column(client, week, self.cost(client, week))
        self.columns.append(column)
        index, weights = self.entries(column)
        self.highs.addCol(float(column.cost), 0.0, INFINITE, len(index), index, weights)
        return True

    def cost(self, client: Client, week: Week) -> int:
        """What a week costs by itself."""
        return client_cost(self.board.ground.ix, client, week)

    def priced(self, column: Column, duals: Costs) -> float:
        """What a week costs at these duals of the rows."""
        rows = self.board.entries(column.client, column.week)
        return float(column.cost - sum(weight * duals[row] for row, weight in rows.items()))

    def forget(self) -> None:
        """Let HiGHS go; columns and rows stay."""
        self.highs.clear()

    def tighten(self, most: int) -> int:
        """Add rows x <= open where the fractional solution breaks them, the worst first; how many were added."""
        values = np.array(self.highs.getSolution().col_value)
        own, used = len(self.board.own), dict[tuple[str, str], float]()
        for number in np.flatnonzero(values[own:] > SMALL):
            column = self.columns[int(number)]
            for one in column.week.sessions:
                key = (column.client.id, one)
                used[key] = used.get(key, 0.0) + float(values[own + number])
        broken = [
            (value - float(values[self.board.open[key[1]]]), key)
            for key, value in used.items()
            if key not in self.linked and value > float(values[self.board.open[key[1]]]) + LOOSE
        ]
        chosen = sorted(broken, reverse=True)[:most]
        for _, key in chosen:
            self._link(*key)
        return len(chosen)

    def _link(self, client_id: str, session_id: str) -> None:
        """The client attends only if the session runs."""
        is_open = self.board.open[session_id]
        row = self.board.row(-INFINITE, 0, [(is_open, -1.0)])
        self.board.pair_rows.setdefault((client_id, session_id), []).append((row, 1.0))
        self.linked.add((client_id, session_id))
        own = len(self.board.own)
        mine = [
            own + number
            for number, column in enumerate(self.columns)
            if column.client.id == client_id and session_id in column.week.sessions
        ]
        index = np.array([is_open, *mine], dtype=np.int32)
        self.highs.addRow(-INFINITE, 0.0, len(index), index, np.array([-1.0, *([1.0] * len(mine))]))

    def entries(self, column: Column) -> tuple[NDArray[np.int32], Costs]:
        """Rows of HiGHS (clients first) and weights of a column."""
        clients = len(self.board.ground.ix.problem.clients)
        rows = self.board.entries(column.client, column.week)
        index = [_number(self.board, column.client), *(clients + row for row in rows)]
        return np.array(index, dtype=np.int32), np.array([1.0, *rows.values()])

    def solve(self, seconds: float) -> bool:
        """Solve the linear program over the columns so far; whether it was solved to the end."""
        self.highs.setOptionValue("time_limit", self.highs.getRunTime() + seconds if seconds < FINITE else INFINITE)
        self.highs.run()
        self.value = self.highs.getInfo().objective_function_value + self.board.constant
        return bool(self.highs.getModelStatus() == highspy.HighsModelStatus.kOptimal)

    def duals(self) -> tuple[Costs, Costs]:
        """(per client, per shared row), the latter with the sign its row allows."""
        every = np.array(self.highs.getSolution().row_dual, dtype=np.float64)
        clients = len(self.board.ground.ix.problem.clients)
        return every[:clients], self.legal(every[clients:])

    def legal(self, duals: Costs) -> Costs:
        """Duals with the wrong sign made 0."""
        low = np.array([row.low for row in self.board.rows])
        high = np.array([row.high for row in self.board.rows])
        duals = np.where((low == -INFINITE) & (duals > 0), 0.0, duals)
        return np.where((high == INFINITE) & (duals < 0), 0.0, duals)

    def bound(self, duals: Costs, least: list[float]) -> float:
        """A proven lower bound: rows at their duals, every client's cheapest week, own variables where cheapest."""
        total: float = self.board.constant + sum(least)
        reduced = np.array([own.cost for own in self.board.own], dtype=np.float64)
        for row, dual in zip(self.board.rows, duals, strict=True):
            if dual:
                total += float(dual) * (row.low if dual > 0 else row.high)
                for var, weight in row.own:
                    reduced[var] -= dual * weight
        high = np.array([own.high for own in self.board.own], dtype=np.float64)
        return float(total + (np.minimum(reduced, 0) * high).sum())


def _number(board: Board, client: Client) -> int:
    return board.ground.numbers[client.id]


def quiet(highs: highspy.Highs) -> None:
    """One thread, no words, the same way every time."""
    highs.silent()
    highs.setOptionValue("threads", 1)
    highs.setOptionValue("random_seed", 1)


def prices_at(board: Board, pricer: Pricer, duals: Costs) -> Prices:
    """What a client's sessions, appointments, tests and parts of days cost at these duals."""

    def price(rows: list[tuple[int, float]]) -> float:
        return -float(sum(weight * duals[row] for row, weight in rows))

    client = pricer.client
    sessions = [
        price(board.session_rows[one]) + price(board.pair_rows.get((client.id, one), [])) for one in pricer.sessions
    ]
    appointments = [price(board.appointment_rows.get(one, [])) for one in pricer.appointments]
    tests = [price(board.test_rows[client.site, day]) for day in range(7)]
    parts = {(day, n): price(rows) for (who, day, n), rows in board.part_rows.items() if who == client.id}
    return Prices(
        np.array(sessions, dtype=np.float64),
        np.array(appointments, dtype=np.float64),
        np.array(tests, dtype=np.float64),
        {part: extra for part, extra in parts.items() if extra},
    )
