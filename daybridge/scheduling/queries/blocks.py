"""What one block on the week's grid shows: where it lies, what weave it has, what it says."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from daybridge.scheduling.rules import Local, local

OPENS, CLOSES = 8 * 60, 21 * 60  # the grid runs from 8 am to 9 pm; what lies outside is drawn at its edge

# What a group is about decides its weave; appointments have their own.
LOOKS = {
    "process": "process", "peer": "process", "skills": "skills", "wellness": "skills", "education": "learn",
    "family": "family",
}  # fmt: skip
SERVICE_LOOKS = {"individual": "one", "family": "family", "medical": "medical"}


@dataclass(frozen=True, slots=True)
class Block:
    """One stretch on the grid. `start` and `end` are the grid's marks ("0900"), `seats` those left (0: say nothing)."""

    id: UUID | None
    title: str
    more: str
    look: str
    start: str
    end: str
    starts_at: datetime
    ends_at: datetime
    seats: int = 0
    clash: str = ""
    is_new: bool = False
    status: str = ""
    lead_id: UUID | None = None
    minutes: int = 0
    may_move: bool = False


def look(kind: str, category: str) -> str:
    """The weave of a session."""
    return SERVICE_LOOKS.get(kind) or LOOKS.get(category, "skills")


def mark(minute: int) -> str:
    """The grid's mark for a minute of the day, on the quarter hour at or before it, kept inside the grid."""
    quarter = min(max(minute, OPENS), CLOSES) // 15 * 15
    return f"{quarter // 60:02}{quarter % 60:02}"


def marks(span: Local) -> tuple[str, str]:
    """Where a stretch begins and ends on the grid; at least a quarter hour wide."""
    start = min(max(span.start, OPENS), CLOSES - 15)
    end = max(-(-span.end // 15) * 15, start // 15 * 15 + 15)
    return mark(start), mark(end)


def now_line(at: datetime, zone: ZoneInfo) -> tuple[str, str] | None:
    """The quarter hour of `at` on the grid, or None when the grid does not show it."""
    here = at.astimezone(zone)
    minute = here.hour * 60 + here.minute
    if not OPENS <= minute < CLOSES:
        return None
    return marks(Local(here.weekday(), minute // 15 * 15, minute // 15 * 15 + 15))


def placed(starts_at: datetime, ends_at: datetime, zone: ZoneInfo) -> tuple[str, str]:
    """Where an instant's stretch lies on the grid."""
    return marks(local(starts_at, ends_at, zone))
