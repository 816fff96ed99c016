"""What a list of Today is made of."""

from dataclasses import dataclass
from uuid import UUID

from daybridge.attendance.rules import Hours


@dataclass(frozen=True, slots=True)
class Item:
    """One row: who, why, and the one act."""

    name: str
    why: str
    url: str
    act: str
    act_url: str
    shape: str
    tone: str = "wait"
    hours: Hours | None = None
    client_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Section:
    """One list of at most seven rows; `more` counts those behind the link."""

    title: str
    items: tuple[Item, ...]
    count: int
    url: str
    link: str
    clear: str
