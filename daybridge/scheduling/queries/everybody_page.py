"""What everybody's week holds: a row a client, a chip a session."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Chip:
    """One session in a client's day."""

    id: UUID
    title: str
    time: str
    look: str


@dataclass(frozen=True, slots=True)
class ClientRow:
    """A client's week; minutes. Without a plan the target is 0."""

    episode_id: UUID
    name: str
    days: tuple[tuple[Chip, ...], ...]
    minutes: int
    target_minutes: int

    @property
    def is_short(self) -> bool:
        return self.minutes < self.target_minutes


@dataclass(frozen=True, slots=True)
class EverybodyPage:
    """All clients within reach who are in care at a site, those who lack hours first."""

    site_id: UUID
    sites: tuple[tuple[UUID, str], ...]
    first: date
    last: date
    days: tuple[date, ...]
    rows: tuple[ClientRow, ...]
    may_place: bool

    @property
    def number(self) -> int:
        """The week of the year."""
        return self.first.isocalendar().week

    @property
    def short(self) -> int:
        return sum(1 for row in self.rows if row.is_short)
