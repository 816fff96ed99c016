"""Column generation: solve the master, price every client at smoothed duals, take the weeks that pay."""

import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from daybridge.scheduling.solver.board import Week
from daybridge.scheduling.solver.columns.lattice import TooWide
from daybridge.scheduling.solver.columns.lay import lay_rows
from daybridge.scheduling.solver.columns.living import living
from daybridge.scheduling.solver.columns.master import FINITE, Master, prices_at
from daybridge.scheduling.solver.columns.pricing import Priced, Pricer, price, pricer
from daybridge.scheduling.solver.ground import Ground
from daybridge.scheduling.solver.roster import Roster

Costs = NDArray[np.float64]
SMOOTH = 0.6
"""Share of the best duals so far in the duals priced at."""
WEEKS, RICH, LINKS, ROUNDS = 3, 12, 400, 400
NEAR = 2.0
"""Rows x <= open are looked for once value and bound are so near (in percent of the value)."""
TINY = 1e-6

Stop = Callable[[], bool]


@dataclass(slots=True)
class Hunt:
    """One problem's column generation, to be taken up again at any time."""

    ground: Ground
    master: Master
    pricers: list[Pricer | None]
    """One per client in order; None for a client with too many weeks to lay out."""
    centre: Costs | None = None
    bound: float = -FINITE
    alpha: float = SMOOTH
    done: bool = False
    floor: float = 0.0

    @property
    def lower(self) -> int:
        """The best proven bound; costs are whole numbers."""
        return math.ceil(max(self.floor, self.bound) - 1e-4)

    @property
    def is_whole(self) -> bool:
        """Whether every client is priced exactly, without which there is no bound."""
        return all(self.pricers)


def prepare(ground: Ground, stop: Stop) -> Hunt | None:
    """Lay out every client's weeks and the rows they share; None if stopped meanwhile."""
    alive, problem = living(ground), ground.ix.problem
    apart = {who for pair in problem.conflicts if pair.kind == "same_part" for who in (pair.a, pair.b)}
    pricers: list[Pricer | None] = []
    for client in problem.clients:
        if stop():
            return None
        try:
            pricers.append(pricer(ground, client, alive, client.id in apart))
        except (TooWide, OverflowError):
            pricers.append(None)
    master = Master(lay_rows(ground, alive))
    master.start()
    for client in problem.clients:
        master.add(client, Week())
    return Hunt(ground, master, pricers)


def reachable(hunt: Hunt) -> int:
    """How many clients could reach their hours alone in an empty clinic; those not laid out count as able."""
    return sum(1 for one in hunt.pricers if one is None or bool(one.reaching.any()))


def settle(hunt: Hunt) -> int:
    """The bound of clients alone, each in an empty clinic: true at once, and weak."""
    duals = np.zeros(len(hunt.master.board.rows))
    least = [0.0 if one is None else price(one, prices_at(hunt.master.board, one, duals)).least for one in hunt.pricers]
    hunt.floor = hunt.master.bound(duals, least)
    return hunt.lower


def feed(hunt: Hunt, rosters: Iterable[Roster]) -> None:
    """Take the weeks of known rosters in."""
    for roster in rosters:
        for client in hunt.ground.ix.problem.clients:
            hunt.master.add(client, roster.week(client.id))


def generate(hunt: Hunt, stop: Stop, gap: float = 0.0) -> None:
    """Go on until no week pays, the bound is within `gap` (a share) of the value, or stopped."""
    for _ in range(ROUNDS):
        if hunt.done or stop() or not hunt.master.solve(FINITE):
            return
        _round(hunt, gap)


def _round(hunt: Hunt, gap: float) -> None:
    clients, duals = hunt.master.duals()
    links = _links(hunt)
    duals = _padded(duals, len(hunt.master.board.rows))
    centre = duals if hunt.centre is None else _padded(hunt.centre, len(duals))
    priced_at = hunt.alpha * centre + (1 - hunt.alpha) * duals
    least, added = _price_all(hunt, priced_at, (clients, duals))
    bound = hunt.master.bound(priced_at, least) if hunt.is_whole else -FINITE
    if bound > hunt.bound or hunt.centre is None:
        hunt.bound, hunt.centre = max(bound, hunt.bound), priced_at
    if added == 0 and links == 0:
        hunt.done = hunt.alpha < TINY
        hunt.alpha = hunt.alpha / 2 if hunt.alpha > 0.1 else 0.0
    hunt.done = hunt.done or (
        hunt.is_whole and links == 0 and hunt.master.value - hunt.bound <= max(0.5, gap * hunt.bound)
    )


def _price_all(hunt: Hunt, priced_at: Costs, duals: tuple[Costs, Costs]) -> tuple[list[float], int]:
    """(the cheapest week of each client at these prices, how many weeks were taken)."""
    least, added = list[float](), 0
    for number, one in enumerate(hunt.pricers):
        if one is not None:
            priced = price(one, prices_at(hunt.master.board, one, priced_at))
            least.append(priced.least)
            added += _take(hunt, priced, (float(duals[0][number]), duals[1]))
    return least, added


def _links(hunt: Hunt) -> int:
    """Rows x <= open, once the end is near."""
    if hunt.master.value - hunt.bound > NEAR / 100 * abs(hunt.master.value) and hunt.is_whole:
        return 0
    return hunt.master.tighten(LINKS)


def _padded(duals: Costs, length: int) -> Costs:
    """Rows added since have no dual yet."""
    return np.concatenate([duals, np.zeros(length - len(duals))])


def _take(hunt: Hunt, priced: Priced, at: tuple[float, Costs]) -> int:
    """Take the cheapest weeks that pay at the true duals."""
    (client_dual, duals), added = at, 0
    client, board = priced.pricer.client, hunt.master.board
    for _, week in priced.best(WEEKS):
        if (client.id, week) in hunt.master.known:
            continue
        reduced = hunt.master.cost(client, week) - client_dual
        reduced -= sum(weight * duals[row] for row, weight in board.entries(client, week).items())
        if reduced < -TINY:
            added += hunt.master.add(client, week)
    return added


def enrich(hunt: Hunt, cost: int) -> list[int]:
    """Take more weeks that could be part of something cheaper than `cost`; the numbers of all that could be.

    What a week costs at the best duals above its client's cheapest adds to the bound: above `cost` it is out.
    """
    if hunt.centre is None or not hunt.is_whole:
        return list(range(len(hunt.master.columns)))
    board, least = hunt.master.board, dict[str, float]()
    duals = _padded(hunt.centre, len(board.rows))
    room = cost - max(hunt.bound, hunt.floor) + TINY
    for one in hunt.pricers:
        if one is not None:
            priced = price(one, prices_at(board, one, duals))
            least[one.client.id] = priced.least
            for value, week in priced.best(RICH):
                if value <= priced.least + room:
                    hunt.master.add(one.client, week)
    return [
        number
        for number, column in enumerate(hunt.master.columns)
        if hunt.master.priced(column, duals) <= least[column.client.id] + room
    ]
