"""The integer master: which of the weeks found so far, which sessions in which room led by whom."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import highspy  # type: ignore[import-untyped]
import numpy as np
from numpy.typing import NDArray

from daybridge.scheduling.solver.columns.master import Column, Master, quiet
from daybridge.scheduling.solver.roster import Roster, Run, sizes

Costs = NDArray[np.float64]
FEASIBLE = 2
"""HiGHS's word for a solution that keeps every row."""


@dataclass(frozen=True, slots=True)
class Limit:
    """When to stop: after so many seconds, so many nodes (None: any number), or when asked to."""

    seconds: float
    nodes: int | None
    stop: Callable[[], bool]


def choose(master: Master, start: Roster, among: list[int], limit: Limit) -> Roster | None:
    """The best combination of the columns in `among`, from `start` on; None if nothing was found."""
    values = start_values(master, start)
    own = len(master.board.own)
    kept = sorted({*among, *(int(n) for n in np.flatnonzero(values[own:]))})
    highs = highspy.Highs()
    quiet(highs)
    highs.passModel(master.highs.getLp())
    out = np.setdiff1d(np.arange(len(master.columns)), np.array(kept, dtype=np.int64)) + own
    if len(out):
        highs.deleteCols(len(out), out.astype(np.int32))
    _whole(highs, master, len(kept))
    highs.setOptionValue("time_limit", limit.seconds)
    highs.setOptionValue("mip_rel_gap", 0.0)
    highs.setOptionValue("mip_abs_gap", 0.99)
    if limit.nodes is not None:
        highs.setOptionValue("mip_max_nodes", limit.nodes)
    solution = highspy.HighsSolution()
    solution.col_value = [*values[:own], *(values[own + number] for number in kept)]
    highs.setSolution(solution)
    highs.cbMipInterrupt.subscribe(lambda event: _interrupt(event, limit.stop))
    highs.run()
    found = np.array(highs.getSolution().col_value)
    if not len(found) or highs.getInfo().primal_solution_status != FEASIBLE:
        return None
    return _roster(master, found[:own], [master.columns[kept[int(n)]] for n in np.flatnonzero(found[own:] > 0.5)])


def _interrupt(event: Any, stop: Callable[[], bool]) -> None:
    if stop():
        event.data_in.user_interrupt = True


def _whole(highs: highspy.Highs, master: Master, columns: int) -> None:
    """Everything is yes or no, except people above the ideal size."""
    kinds = [int(highspy.HighsVarType.kInteger)] * (len(master.board.own) + columns)
    for number, one in enumerate(master.board.own):
        if not one.is_whole:
            kinds[number] = int(highspy.HighsVarType.kContinuous)
    highs.changeColsIntegrality(len(kinds), np.arange(len(kinds), dtype=np.int32), np.array(kinds, dtype=np.uint8))


def start_values(master: Master, roster: Roster) -> Costs:
    """The roster in the master's variables; its weeks must be among the columns."""
    board, count = master.board, sizes(roster)
    values = np.zeros(len(board.own) + len(master.columns))
    for one, run in roster.runs.items():
        if one in board.open:
            values[board.open[one]] = 1
            values[board.room[one, run.room]] = 1
            for who in run.team:
                values[board.lead[one, who]] = 1
            if one in board.over:
                values[board.over[one]] = max(0, count[one] - board.ground.ix.sessions[one].ideal_size)
    _lunches(master, roster, values)
    wanted = {(who, week) for who, week in roster.weeks.items()}
    for number, column in enumerate(master.columns):
        if (column.client.id, column.week) in wanted or (
            not column.week.sessions + column.week.appointments and column.client.id not in roster.weeks
        ):
            values[len(board.own) + number] = 1
    return values


def _lunches(master: Master, roster: Roster, values: Costs) -> None:
    """The first break each member of staff has left on each day."""
    ix, busy = master.board.ground.ix, dict[tuple[str, int], list[tuple[int, int]]]()
    for one, run in roster.runs.items():
        session = ix.sessions[one]
        for who in run.team:
            busy.setdefault((who, session.day), []).append((session.start, session.end))
    for week in roster.weeks.values():
        for appt in week.appointments:
            end = appt.start + ix.needs[appt.client, appt.requirement].minutes
            busy.setdefault((appt.staff, appt.day), []).append((appt.start, end))
    for key, breaks in master.board.breaks.items():
        for var, start, end in breaks:
            if all(b <= start or end <= a for a, b in busy.get(key, ())):
                values[var] = 1
                break


def _roster(master: Master, own: Costs, chosen: list[Column]) -> Roster:
    board, ix = master.board, master.board.ground.ix
    out = Roster({column.client.id: column.week for column in chosen})
    for one, var in board.open.items():
        if own[var] > 0.5:
            session = ix.sessions[one]
            room = next(r for r in session.room_options if (one, r) in board.room and own[board.room[one, r]] > 0.5)
            staff = [who for who in dict.fromkeys(session.staff_options) if (one, who) in board.lead]
            out.runs[one] = Run(room, tuple(who for who in staff if own[board.lead[one, who]] > 0.5))
    return out
