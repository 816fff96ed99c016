"""Build a demo program by living through it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from random import Random

from daybridge.kit.errors import Refused
from daybridge.kit.periods import local_instant, week_start
from daybridge.simulation import way_in, week
from daybridge.simulation.clock import Clock
from daybridge.simulation.founding import SITES, found
from daybridge.simulation.personas import persona
from daybridge.simulation.stage import LOCAL, Stage, Traveler

MOST_CLIENTS, MOST_WEEKS = 2000, 104


@dataclass(frozen=True, slots=True)
class Size:
    """How large the demo is: referrals in all, weeks of history, and the seed of chance."""

    clients: int
    weeks: int
    seed: int


def build(*, size: Size, now: datetime, on_progress: Callable[[int, int], None] = lambda done, total: None) -> Stage:
    """Live through `size.weeks` weeks up to `now` and return the stage with its counts.

    Everything is done by the actions staff use, at simulated times. The same seed on the same day makes the same
    program. `on_progress` hears of each simulated day. Raises Refused for a senseless size or an existing program.
    """
    if not (1 <= size.clients <= MOST_CLIENTS and 1 <= size.weeks <= MOST_WEEKS):
        raise Refused("A demo has 1 to 2000 clients and 1 to 104 weeks.")
    first = week_start(now.astimezone(LOCAL).date()) - timedelta(days=7 * size.weeks)
    start = local_instant(first, 5 * 60, LOCAL)
    stage = Stage(Clock(start, now), Random(size.seed), found(start))
    for site, *_rest in SITES:
        stage.clock.at(local_instant(first, 6 * 60, LOCAL), partial(week.begin, stage, site))
    for number in range(size.clients):
        traveler = Traveler(persona(number, stage.rng, first), SITES[number % len(SITES)][0])
        arrival = start + (now - start) * ((number + stage.rng.random()) / size.clients) * 0.99
        stage.clock.at(stage.workday(arrival, 0, 9), partial(way_in.arrive, stage, traveler))
    total = (now - start).days + 1
    stage.clock.run(lambda at: on_progress((at - start).days + 1, total))
    on_progress(total, total)
    return stage
