"""What the page of one session holds."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Seat:
    """One booked client."""

    booking_id: UUID
    episode_id: UUID
    client_id: UUID
    name: str


@dataclass(frozen=True, slots=True)
class SessionPage:
    """A session with its seats, and what the reader may do with it now."""

    id: UUID
    title: str
    kind: str
    look: str
    topic: str
    track: str
    room_id: UUID
    lead_id: UUID
    status: str
    starts_at: datetime
    ends_at: datetime
    minutes: int
    room: str
    lead: str
    seats: int
    booked: tuple[Seat, ...]
    taken: int
    may_move: bool
    may_mend: bool
    may_cancel: bool
    may_restore: bool
    may_release: bool
    may_see_roll: bool
    may_see_note: bool

    @property
    def others(self) -> int:
        """Seats of people out of the reader's reach."""
        return self.taken - len(self.booked)

    @property
    def free(self) -> int:
        return max(0, self.seats - self.taken)
