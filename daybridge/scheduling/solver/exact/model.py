"""The CP-SAT model while it is built: its variables by what they decide, and its cost."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from ortools.sat.python import cp_model
from ortools.sat.python.cp_model import IntVar, LinearExpr

from daybridge.scheduling.solver.exact.parts import Part, Taken
from daybridge.scheduling.solver.ground import Ground
from daybridge.scheduling.solver.model import Appointment
from daybridge.scheduling.solver.roster import Roster

Item = tuple[int, int, IntVar]
"""Something that may take [start, end)."""


@dataclass(slots=True)
class Model:
    """Variables of one part. `cost` is kept as coefficients and variables next to `constant`."""

    ground: Ground
    part: Part
    roster: Roster
    fixed: Taken
    cp: cp_model.CpModel = field(default_factory=cp_model.CpModel)
    open: dict[str, IntVar] = field(default_factory=dict)
    lead: dict[tuple[str, str], IntVar] = field(default_factory=dict)
    room: dict[tuple[str, str], IntVar] = field(default_factory=dict)
    x: dict[tuple[str, str], IntVar] = field(default_factory=dict)
    """(client, session): the client takes part."""
    z: dict[Appointment, IntVar] = field(default_factory=dict)
    test: dict[tuple[str, int], IntVar] = field(default_factory=dict)
    reached: dict[str, IntVar] = field(default_factory=dict)
    joins: dict[str, list[IntVar]] = field(default_factory=dict)
    """Session id to its x."""
    staff_items: dict[tuple[str, int], list[Item]] = field(default_factory=dict)
    office_items: dict[tuple[str, int], list[Item]] = field(default_factory=dict)
    hints: list[tuple[IntVar, int]] = field(default_factory=list)
    constant: int = 0
    terms: list[IntVar] = field(default_factory=list)
    prices: list[int] = field(default_factory=list)

    def flag(self, hint: bool | None = None) -> IntVar:
        """A yes-or-no variable."""
        var = self.cp.new_bool_var("")
        if hint is not None:
            self.hints.append((var, int(hint)))
        return var

    def count(self, most: int) -> IntVar:
        """A whole number from 0 to `most`."""
        return self.cp.new_int_var(0, max(0, most), "")

    def pay(self, price: int, var: IntVar) -> None:
        """Every unit of the variable costs this."""
        if price:
            self.terms.append(var)
            self.prices.append(price)

    def pay_unless(self, price: int, var: IntVar) -> None:
        """It costs this when the variable is 0."""
        self.constant += price
        self.pay(-price, var)

    def at_most(self, most: int, rows: Iterable[tuple[IntVar, int]]) -> None:
        """Weighted sum <= most; left out where it cannot bind."""
        rows = list(rows)
        if sum(weight for _, weight in rows if weight > 0) > most:
            self.cp.add(weighted(rows) <= most)

    def one_at_a_time(self, items: list[Item]) -> None:
        """Never two of these at once: a clique at every start."""
        for start in sorted({item[0] for item in items}):
            meeting = [var for a, b, var in items if a <= start < b]
            if len(meeting) > 1:
                self.cp.add_at_most_one(meeting)


def weighted(rows: Iterable[tuple[IntVar, int]]) -> LinearExpr:
    """Sum of variable times weight."""
    pairs = list(rows)
    return LinearExpr.weighted_sum([var for var, _ in pairs], [weight for _, weight in pairs])


def summed(variables: Iterable[IntVar]) -> LinearExpr:
    """Plain sum."""
    return LinearExpr.sum(list(variables))
