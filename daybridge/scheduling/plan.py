"""What a worked-out week says: each client's seats and appointments, and what becomes of sessions. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any, NamedTuple
from uuid import UUID


class Own(NamedTuple):
    """An appointment of one client: kind, with whom, from when (UTC), for how many minutes."""

    kind: str
    lead: UUID
    starts_at: datetime
    minutes: int

    @property
    def ends_at(self) -> datetime:
        return self.starts_at + timedelta(minutes=self.minutes)


@dataclass(frozen=True, slots=True)
class Line:
    """One client's week: group sessions by id, and appointments."""

    seats: frozenset[UUID] = frozenset()
    own: frozenset[Own] = frozenset()

    def to_json(self) -> dict[str, Any]:
        return {
            "seats": sorted(str(one) for one in self.seats),
            "own": sorted([one.kind, str(one.lead), one.starts_at.isoformat(), one.minutes] for one in self.own),
        }

    @staticmethod
    def from_json(data: Mapping[str, Any]) -> "Line":
        own = (Own(kind, UUID(lead), datetime.fromisoformat(at), minutes) for kind, lead, at, minutes in data["own"])
        return Line(frozenset(UUID(one) for one in data["seats"]), frozenset(own))


class Place(NamedTuple):
    """Where and when a session is: start and end (UTC), room, lead."""

    starts_at: datetime
    ends_at: datetime
    room: UUID
    lead: UUID

    def to_json(self) -> list[str]:
        return [self.starts_at.isoformat(), self.ends_at.isoformat(), str(self.room), str(self.lead)]

    @staticmethod
    def from_json(row: Iterable[str]) -> "Place":
        start, end, room, lead = row
        return Place(datetime.fromisoformat(start), datetime.fromisoformat(end), UUID(room), UUID(lead))


@dataclass(frozen=True, slots=True)
class Plan:
    """What a week becomes: lines by episode, sessions that get another place, sessions off, sessions on again."""

    lines: Mapping[UUID, Line] = field(default_factory=dict)
    places: Mapping[UUID, Place] = field(default_factory=dict)
    off: frozenset[UUID] = frozenset()
    on: frozenset[UUID] = frozenset()

    def sessions_json(self) -> dict[str, Any]:
        """The part about sessions; lines are kept in rows of their own."""
        return {
            "places": {str(one): place.to_json() for one, place in sorted(self.places.items(), key=str)},
            "off": sorted(str(one) for one in self.off), "on": sorted(str(one) for one in self.on),
        }  # fmt: skip

    @staticmethod
    def from_json(sessions: Mapping[str, Any], lines: Mapping[UUID, Mapping[str, Any]]) -> "Plan":
        return Plan(
            {episode: Line.from_json(row) for episode, row in lines.items()},
            {UUID(one): Place.from_json(row) for one, row in sessions.get("places", {}).items()},
            frozenset(UUID(one) for one in sessions.get("off", ())),
            frozenset(UUID(one) for one in sessions.get("on", ())),
        )

    def with_lines(self, lines: Mapping[UUID, Line]) -> "Plan":
        return replace(self, lines={**self.lines, **lines})
