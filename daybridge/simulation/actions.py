"""Build a demo program by living through it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial
from random import Random

from django.db import transaction

from daybridge.kit.errors import Refused
from daybridge.kit.periods import local_instant, week_start
from daybridge.simulation import desk, offer, way_in, week
from daybridge.simulation.clock import Clock
from daybridge.simulation.founding import SITES, found
from daybridge.simulation.personas import persona
from daybridge.simulation.stage import LOCAL, Stage, Traveler

MOST_CLIENTS, MOST_WEEKS = 2000, 104
FULL_BOARD_DAYS, CALLS_FROM, CALLS_UNTIL, FRIDAY = 6, 9 * 60, 10 * 60, 4


@dataclass(frozen=True, slots=True)
class Size:
    """How large the demo is: referrals in all, weeks of history, and the seed of chance."""

    clients: int
    weeks: int
    seed: int


@transaction.atomic
def build(*, size: Size, now: datetime, on_progress: Callable[[int, int], None] = lambda done, total: None) -> Stage:
    """Live through `size.weeks` weeks up to `now` and return the stage with its counts.

    Everything is done by the actions staff use, at simulated times. The same seed on the same day makes the same
    program. All or nothing: interrupted, it leaves no trace. `on_progress` hears of each simulated day.
    Raises Refused for a senseless size or an existing program.
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
        stage.clock.at(_arrival(stage, size, number, start), partial(way_in.arrive, stage, traveler))
        if number % 17 == 5:
            stage.clock.at(now - timedelta(days=1, hours=number % 5), partial(way_in.arrive_again, stage, traveler))
    desk.begin(stage)
    offer.begin(stage)
    total = (now - start).days + 1
    stage.clock.run(lambda at: on_progress((at - start).days + 1, total))
    on_progress(total, total)
    return stage


def _arrival(stage: Stage, size: Size, number: int, start: datetime) -> datetime:
    """When a person's referral comes: half of them in the first days, so that groups fill; then evenly over the
    weeks; and the last fifth in the last days of work, for a full board whatever the day of the visit."""
    end, late = stage.clock.end, max(1, min(size.clients // 2, max(8, size.clients // 5)))
    early = size.clients - late
    opening = early // 2
    if number < opening:
        when = start + timedelta(days=5) * (number + stage.rng.random()) / opening
    elif number < early:
        share = (number - opening + stage.rng.random()) / (early - opening)
        when = start + timedelta(days=5) + (end - timedelta(days=14) - start) * share
    else:
        days = _last_workdays(end)
        when = local_instant(days[(number - early) * len(days) // late], CALLS_FROM, LOCAL)
    return stage.workday(when, 0, 9)


def _last_workdays(end: datetime) -> list[date]:
    """The last days on which somebody could call before `end`, the earliest first."""
    day = (end.astimezone(LOCAL) - timedelta(minutes=CALLS_UNTIL)).date()
    days: list[date] = []
    while len(days) < FULL_BOARD_DAYS:
        if day.weekday() <= FRIDAY:
            days.append(day)
        day -= timedelta(days=1)
    return days[::-1]
