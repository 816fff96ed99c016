"""Attendance rules. Pure: plain values in, a decision out; no Django, no clock."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from pathlib import Path

from daybridge.kit.periods import Period
from daybridge.kit.rulebook import Rulebook, load

BOOK: Rulebook = load(Path(__file__).with_name("rulebook.toml"))


class Mark(StrEnum):
    """What the roll says of one client. Late and left early are read off the times, not marked."""

    EXPECTED = "expected"
    PRESENT = "present"
    LEFT = "left"
    EXCUSED = "excused"
    NO_SHOW = "no-show"


MOVES: dict[Mark, set[Mark]] = {
    Mark.EXPECTED: {Mark.PRESENT, Mark.EXCUSED, Mark.NO_SHOW},
    Mark.PRESENT: {Mark.LEFT, Mark.EXPECTED},  # back to expected is the undo of a slip
    Mark.LEFT: {Mark.PRESENT},
    Mark.EXCUSED: {Mark.EXPECTED, Mark.PRESENT},  # the client who came after all
    Mark.NO_SHOW: {Mark.PRESENT, Mark.EXCUSED, Mark.EXPECTED},  # the late arrival, the late call, the slip
}
HERE = frozenset({Mark.PRESENT, Mark.LEFT})


@dataclass(frozen=True, slots=True)
class Detail:
    """What may be said with a mark: by video, why, and at which time (aware) when it was not now."""

    is_online: bool = False
    reason: str = ""
    time: datetime | None = None


@dataclass(frozen=True, slots=True)
class Hours:
    """One client's week in whole minutes: came, still booked, asked for by the plan."""

    delivered: int = 0
    booked: int = 0
    prescribed: int = 0

    @property
    def likely(self) -> int:
        """What the week will come to if everything booked happens."""
        return self.delivered + self.booked

    @property
    def short(self) -> int:
        """Minutes that nothing booked will deliver."""
        return max(0, self.prescribed - self.likely)


def credited_minutes(planned: Period, arrived: datetime, left: datetime | None) -> int:
    """Whole minutes of the stay inside the planned time; never negative. No `left` means until the end.

    Source: rulebook ATT-3.
    """
    stay_end = max(arrived, left or planned.end)
    step = BOOK.number("ATT-3")
    return planned.overlap_minutes(Period(arrived, stay_end)) // step * step


def reading(mark: Mark, planned: Period, arrived: datetime | None, left: datetime | None) -> str:
    """The word for a line: its mark, or "late" and "left-early" where the times say so.

    Source: rulebook ATT-1, ATT-2.
    """
    if mark is Mark.LEFT and left is not None:
        early = planned.end - left > timedelta(minutes=BOOK.number("ATT-2"))
        return "left-early" if early else "present"
    if mark in HERE and arrived is not None:
        late = arrived - planned.start > timedelta(minutes=BOOK.number("ATT-1"))
        return "late" if late else "present"
    return str(mark)


def opens_at(planned: Period) -> datetime:
    """From when the roll may be opened. Source: rulebook ATT-4."""
    return planned.start - timedelta(minutes=BOOK.number("ATT-4"))
