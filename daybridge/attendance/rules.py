"""Attendance rules. Pure: plain values in, a decision out; no Django, no clock."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from pathlib import Path

from daybridge.kit.periods import Period
from daybridge.kit.rulebook import Rulebook, load
from daybridge.people.rules import short_name

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
    # "everyone here, except …" takes back as well; present again: by video after all
    Mark.PRESENT: {Mark.PRESENT, Mark.LEFT, Mark.EXPECTED, Mark.EXCUSED, Mark.NO_SHOW},
    Mark.LEFT: {Mark.PRESENT},  # undo
    Mark.EXCUSED: {Mark.EXPECTED, Mark.PRESENT, Mark.NO_SHOW},  # came after all; the call that was no call
    Mark.NO_SHOW: {Mark.PRESENT, Mark.EXCUSED, Mark.EXPECTED},  # the late arrival, the late call, the slip
}
HERE = frozenset({Mark.PRESENT, Mark.LEFT})


@dataclass(frozen=True, slots=True)
class Detail:
    """What may be said with a mark: by video, why, at which time (aware) when not now, and the mark that was seen."""

    is_online: bool = False
    reason: str = ""
    time: datetime | None = None
    seen: Mark | None = None


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
    start = arrived.astimezone(UTC)  # aware times of one zone subtract by the wall clock; in UTC by what passed
    booked = Period(planned.start.astimezone(UTC), planned.end.astimezone(UTC))
    stay = Period(start, max(start, left.astimezone(UTC) if left else booked.end))
    step = BOOK.number("ATT-3")
    return booked.overlap_minutes(stay) // step * step


def reading(mark: Mark, planned: Period, arrived: datetime | None, left: datetime | None) -> str:
    """The word for a line: its mark, or "late" and "left-early" where the times say so.

    Source: rulebook ATT-1, ATT-2.
    """
    if mark is Mark.LEFT and left is not None and planned.end - left > timedelta(minutes=BOOK.number("ATT-2")):
        return "left-early"
    if mark in HERE and arrived is not None:
        late = arrived - planned.start > timedelta(minutes=BOOK.number("ATT-1"))
        return "late" if late else "present"
    return str(mark)


def opens_at(planned: Period) -> datetime:
    """From when the roll may be opened. Source: rulebook ATT-4."""
    return planned.start - timedelta(minutes=BOOK.number("ATT-4"))


def board_names(people: Sequence[tuple[str, str, str]]) -> list[str]:
    """First name and initial of (called, family, record number); people who would read alike get what tells them apart.

    More letters of the family name, as few as needed; for namesakes the end of the record number.
    """
    plain = [short_name(called, family) for called, family, _number in people]
    alike = {name for name, times in Counter(plain).items() if times > 1}
    return [_apart(one, people) if name in alike else name for one, name in zip(people, plain, strict=True)]


def _apart(one: tuple[str, str, str], people: Sequence[tuple[str, str, str]]) -> str:
    called, family, number = one
    others = [other for other in people if other != one and short_name(*other[:2]) == short_name(called, family)]
    for letters in range(2, len(family)):
        start = family[:letters].casefold()
        if not any(other[1].casefold().startswith(start) for other in others):
            return f"{called} {family[:letters]}."
    if any(other[1].casefold() == family.casefold() for other in others):
        return f"{short_name(called, family)} {number[-3:]}"
    return f"{called} {family}"
