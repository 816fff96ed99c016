"""What changes for one client between two weeks, and what became of a plan, in words."""

from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from daybridge.scheduling.plan import Line, Own


@dataclass(frozen=True, slots=True)
class Difference:
    """What changes for one client; group sessions by id, appointments as they were and as they will be."""

    added: tuple[UUID, ...]
    dropped: tuple[UUID, ...]
    new: tuple[Own, ...]
    gone: tuple[Own, ...]

    def __bool__(self) -> bool:
        return bool(self.added or self.dropped or self.new or self.gone)


def difference(before: Line, after: Line) -> Difference:
    """What one line has that the other has not, in a fixed order."""
    return Difference(
        tuple(sorted(after.seats - before.seats, key=str)), tuple(sorted(before.seats - after.seats, key=str)),
        tuple(sorted(after.own - before.own, key=_order)), tuple(sorted(before.own - after.own, key=_order)),
    )  # fmt: skip


def _order(one: Own) -> tuple[datetime, str]:
    return one.starts_at.astimezone(UTC), str(one)


def gap_words(reached: int, at_most: int) -> tuple[str, int]:
    """How good a week is known to be: a code and how many more people could reach their hours at most."""
    left = max(0, at_most - reached)
    return ("best", 0) if left == 0 else ("more", left)
