"""The integer master: which of the weeks found so far, which sessions in which room led by whom."""

from collections.abc import Callable
from typing import Any

import highspy  # type: ignore[import-untyped]
import numpy as np
from numpy.typing import NDArray

from daybridge.scheduling.solver.columns.master import Column, Master, quiet
from daybridge.scheduling.solver.roster import Roster, Run, sizes

Costs = NDArray[np.float64]
FEASIBLE = 2
"""HiGHS's word for a solution that keeps every row."""


def choose(master: Master, start: Roster, limits: tuple[float, int | None], stop: Callable[[], bool]) -> Roster | None:
    """The best combination found within (seconds, nodes), from `start` on; None if nothing was found."""
    highs = highspy.Highs()
    quiet(highs)
    highs.passModel(master.highs.getLp())
    _whole(highs, master)
    highs.setOptionValue("time_limit", limits[0])
    highs.setOptionValue("mip_rel_gap", 0.0)
    highs.setOptionValue("mip_abs_gap", 0.99)
    if limits[1] is not None:
        highs.setOptionValue("mip_max_nodes", limits[1])
    solution = highspy.HighsSolution()
    solution.col_value = list(start_values(master, start))
    highs.setSolution(solution)
    highs.cbMipInterrupt.subscribe(lambda event: _interrupt(event, stop))
    highs.run()
    values = np.array(highs.getSolution().col_value)
    if not len(values) or highs.getInfo().primal_solution_status != FEASIBLE:
        return None
    return _roster(master, values)


def _interrupt(event: Any, stop: Callable[[], bool]) -> None:
    if stop():
        event.data_in.user_interrupt = True


def _whole(highs: highspy.Highs, master: Master) -> None:
    """Everything is yes or no, except people above the ideal size."""
    kinds = [int(highspy.HighsVarType.kInteger)] * (len(master.board.own) + len(master.columns))
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


def _roster(master: Master, values: Costs) -> Roster:
    board, ix, own = master.board, master.board.ground.ix, len(master.board.own)
    chosen: list[Column] = [master.columns[int(n)] for n in np.flatnonzero(values[own:] > 0.5)]
    out = Roster({column.client.id: column.week for column in chosen})
    for one, var in board.open.items():
        if values[var] > 0.5:
            session = ix.sessions[one]
            room = next(r for r in session.room_options if (one, r) in board.room and values[board.room[one, r]] > 0.5)
            team = [
                f
                for f in dict.fromkeys(session.staff_options)
                if (one, f) in board.lead and values[board.lead[one, f]] > 0.5
            ]
            out.runs[one] = Run(room, tuple(team))
    return out
