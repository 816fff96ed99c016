"""Urine tests spread over the days a client is on site anyway. Source: H21."""

from collections import Counter
from itertools import combinations, pairwise

from daybridge.scheduling.solver.board import Board
from daybridge.scheduling.solver.model import UrineTest


def spread(board: Board) -> list[UrineTest]:
    """As many tests as ordered and allowed, for those with the fewest days first, on the days with most room left."""
    problem = board.ix.problem
    used: Counter[int] = Counter()
    out: list[UrineTest] = []
    days = {c.id: attendance_days(board, c.id) for c in problem.clients if c.site == board.site and c.udt}
    for client_id in sorted(days, key=lambda one: (len(days[one]), one)):
        ordered = board.ix.clients[client_id].udt
        for day in pick(days[client_id], ordered, _room(board, used), problem.rules.udt_min_day_gap):
            used[day] += 1
            out.append(UrineTest(client_id, day))
    return out


def attendance_days(board: Board, client_id: str) -> list[int]:
    """Days on which the client is on site."""
    week = board.week(client_id)
    return sorted({board.ix.sessions[one].day for one in week.sessions} | {a.day for a in week.appointments})


def _room(board: Board, used: Counter[int]) -> dict[int, int]:
    capacity = board.ix.sites[board.site].udt_capacity_per_day
    return {day: capacity - used[day] for day in range(7)}


def pick(days: list[int], ordered: int, room: dict[int, int], gap: int) -> tuple[int, ...]:
    """The largest set of days that are `gap` apart and have room; among those, where most room is left."""
    free = [day for day in days if room[day] > 0]
    for size in range(min(ordered, len(free)), 0, -1):
        sets = [s for s in combinations(free, size) if all(b - a >= gap for a, b in pairwise(s))]
        if sets:
            return max(sets, key=lambda s: (min(map(room.__getitem__, s)), [-day for day in s]))
    return ()
