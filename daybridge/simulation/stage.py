"""What every scene of the simulation shares: the clock, the chance, the world, the people on their way."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from random import Random
from uuid import UUID
from zoneinfo import ZoneInfo

from daybridge.access.models import Site, User
from daybridge.access.rules import Role
from daybridge.kit.periods import local_instant
from daybridge.simulation.clock import Clock
from daybridge.simulation.founding import ZONE, World
from daybridge.simulation.personas import Persona

LOCAL = ZoneInfo(ZONE)


@dataclass
class Traveler:
    """A persona on the way: the ids the actions gave it."""

    who: Persona
    site: str
    referral: UUID | None = None
    client: UUID | None = None
    episode: UUID | None = None
    counselor: str = ""


@dataclass
class Stage:
    """One run of the simulation."""

    clock: Clock
    rng: Random
    world: World
    by_episode: dict[UUID, Traveler] = field(default_factory=dict)
    counts: dict[str, int] = field(default_factory=dict)

    @property
    def now(self) -> datetime:
        return self.clock.now

    @property
    def today(self) -> date:
        return self.now.astimezone(LOCAL).date()

    def site(self, traveler: Traveler) -> Site:
        return self.world.sites[traveler.site]

    def someone(self, traveler: Traveler, role: Role) -> User:
        return self.world.someone(traveler.site, role)

    def tally(self, what: str) -> None:
        self.counts[what] = self.counts.get(what, 0) + 1

    def workday(self, after: datetime, days: int, hour: int) -> datetime:
        """An instant in office hours `days` workdays after `after`, at a chance minute."""
        day = after.astimezone(LOCAL).date()
        while days > 0 or day.weekday() > 4:
            day += timedelta(days=1)
            days -= day.weekday() <= 4
        return max(after + timedelta(minutes=5), local_instant(day, hour * 60 + self.rng.randrange(50), LOCAL))

    def before_the_visit(self, days: int, hour: int) -> datetime:
        """An instant in office hours `days` workdays before the end, which is always behind it, at a chance minute."""
        day = self.clock.end.astimezone(LOCAL).date()
        while days > 0 or day.weekday() > 4:
            day -= timedelta(days=1)
            days -= day.weekday() <= 4
        return local_instant(day, hour * 60 + self.rng.randrange(50), LOCAL)
