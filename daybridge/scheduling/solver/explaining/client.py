"""Why one client does not reach the hours: what would be enough alone, or what stands in the way among others."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import combinations
from typing import NamedTuple

from daybridge.kit.errors import BadInput
from daybridge.scheduling.solver import score
from daybridge.scheduling.solver.explaining.alone import alone, can_reach
from daybridge.scheduling.solver.explaining.lifting import FAMILIES, Lift, clients
from daybridge.scheduling.solver.index import index
from daybridge.scheduling.solver.mending.damage import refuse_strangers
from daybridge.scheduling.solver.mending.spans import merged
from daybridge.scheduling.solver.model import Problem, Schedule, Window
from daybridge.scheduling.solver.roster import roster_of
from daybridge.scheduling.solver.sites import of_site, schedule_of_site

RESTRICTIONS: dict[str, Lift] = {
    **{
        code: FAMILIES[code]
        for code in (
            "availability", "daily-minimum", "days-maximum", "days-minimum", "daily-maximum", "weekly-maximum",
            "category-maximum", "meant-for-others", "prerequisites",
        )
    },
    "one-hour-less": clients(lambda c: replace(c, target_minutes=max(0, c.target_minutes - 60))),
}  # fmt: skip
"""What restricts a client alone, and the problem without it."""


class HalfDay(NamedTuple):
    """A part of a day (its number in the rules' parts) on which the client is not available now."""

    day: int
    part: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class ClientExplanation:
    """Why the hours are not reached. Nothing in it tells about another client but a number.

    Not `possible_alone`: `restrictions` are the smallest sets (of one or two) of RESTRICTIONS without which the hours
    could be reached, and `half_days` the single additional half days that would be enough. Possible alone: the week
    that needs least of others lacks seats in `full_sessions`, needs `closed_sessions` to run, staff who are taken then
    (`busy_staff`: staff, day, start, end), and `apart` sessions in which somebody to be kept apart from sits;
    `could_move` of the people in the full sessions would still reach their hours elsewhere.
    """

    reached: bool
    minutes: int
    days: int
    possible_alone: bool
    restrictions: tuple[tuple[str, ...], ...] = ()
    half_days: tuple[HalfDay, ...] = ()
    full_sessions: tuple[str, ...] = ()
    closed_sessions: tuple[str, ...] = ()
    busy_staff: tuple[tuple[str, int, int, int], ...] = ()
    apart: int = 0
    could_move: int = 0


def explain_client(problem: Problem, schedule: Schedule, client_id: str) -> ClientExplanation:
    """Why the client does not reach the hours in this schedule. Loads OR-Tools.

    Raises BadInput for an unknown client or a schedule of another problem.
    """
    client = next((c for c in problem.clients if c.id == client_id), None)
    if client is None:
        raise BadInput("The problem has no client {id}.", id=client_id)
    refuse_strangers(problem, schedule)
    problem = of_site(problem, client.site)
    schedule = schedule_of_site(problem, schedule)
    ix, week = index(problem), roster_of(schedule).week(client_id)
    minutes, days = score.minutes(ix, client, week), len({day for day, _, _ in score.events(ix, client, week)})
    if score.has_reached(ix, client, week):
        return ClientExplanation(True, minutes, days, True)
    lonely = alone(problem, client_id)
    if not can_reach(lonely):
        return ClientExplanation(
            False, minutes, days, False, restrictions=_restrictions(lonely), half_days=tuple(_half_days(lonely))
        )
    from daybridge.scheduling.solver.explaining.obstacles import among_others

    return among_others(problem, schedule, client_id, ClientExplanation(False, minutes, days, True))


def _restrictions(lonely: Problem) -> tuple[tuple[str, ...], ...]:
    """Single restrictions, then pairs of the others, without which the hours can be reached."""
    lifted = {code: lift for code, lift in RESTRICTIONS.items() if lift(lonely) != lonely}
    singles = [code for code, lift in lifted.items() if can_reach(lift(lonely))]
    rest = [code for code in lifted if code not in singles]
    pairs = [pair for pair in combinations(rest, 2) if can_reach(lifted[pair[1]](lifted[pair[0]](lonely)))]
    return (*((code,) for code in singles), *pairs)


def _half_days(lonely: Problem) -> Iterator[HalfDay]:
    client, opening = lonely.clients[0], {s.id: s for s in lonely.sites}[lonely.clients[0].site].open
    for day, opens, closes in sorted(opening):
        for number, (start, end) in enumerate(lonely.rules.parts):
            half = Window(day, max(opens, start), min(closes, end))
            if half.start >= half.end:
                continue
            windows = merged([*client.windows, half])
            if windows != merged(client.windows):
                needs = tuple(replace(need, windows=need.windows) for need in client.requirements)
                freer = replace(client, windows=windows, requirements=needs)
                if can_reach(replace(lonely, clients=(freer,))):
                    yield HalfDay(day, number, half.start, half.end)
