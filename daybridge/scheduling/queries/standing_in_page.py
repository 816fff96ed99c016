"""What the page of who can stand in holds."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID


@dataclass(frozen=True, slots=True)
class AbleRow:
    """Somebody who can lead the session, with why."""

    staff_id: UUID
    name: str
    why: str


@dataclass(frozen=True, slots=True)
class NeedRow:
    """One session that needs somebody, and who could lead it."""

    id: UUID
    title: str
    look: str
    starts_at: datetime
    ends_at: datetime
    room: str
    people: int
    able: tuple[AbleRow, ...]


@dataclass(frozen=True, slots=True)
class StandInPage:
    """Whose sessions of which day need a stand-in; `team` are those who lead something that day."""

    staff_id: UUID | None
    name: str
    on: date
    site_id: UUID
    team: tuple[tuple[UUID, str, int], ...]
    rows: tuple[NeedRow, ...]
    may_assign: bool
