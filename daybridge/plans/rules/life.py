"""The life a week fits around: when a client cannot come, would rather not, how far they travel. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from pathlib import Path
from typing import NamedTuple

from daybridge.kit import rulebook
from daybridge.kit.errors import Refused
from daybridge.kit.periods import week_start
from daybridge.kit.rulebook import Rulebook

BOOK = rulebook.load(Path(__file__).resolve().parents[1] / "rulebook.toml")
DAY = 24 * 60


class Reason(StrEnum):
    """Why somebody cannot come."""

    JOB = "job"
    SCHOOL = "school"
    CHILD_CARE = "child-care"
    TRANSPORT = "transport"
    COURT = "court"
    WORSHIP = "worship"
    OTHER = "other"


class Firmness(StrEnum):
    """Whether somebody cannot come, or would rather not."""

    HARD = "hard"
    SOFT = "soft"


class Voice(StrEnum):
    """Who told of a week: the client, or staff on their word."""

    CLIENT = "client"
    STAFF = "staff"


class Busy(NamedTuple):
    """A weekly stretch the client cannot come: weekday from Monday = 0, minutes after local midnight, half-open."""

    kind: str
    weekday: int
    start: int
    end: int


class Window(NamedTuple):
    """A weekly stretch of free or open time; as Busy, without the reason."""

    weekday: int
    start: int
    end: int


class Painted(NamedTuple):
    """One painted stretch of the week: why, and whether they cannot come or would rather not."""

    kind: str
    firmness: str
    weekday: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Life:
    """A client's week as they tell it. `commitments` stand against coming, in `soft` they would rather not come.

    `travel_minutes` one way; `telehealth`: they have what a session by video needs.
    """

    commitments: tuple[Busy, ...] = ()
    soft: tuple[Busy, ...] = ()
    travel_minutes: int = 0
    telehealth: bool = False


def life_of(cells: Iterable[Painted]) -> Life:
    """Painted stretches as a life: the same reason joined where it touches; where they cannot come, no wish is kept."""
    painted = list(cells)
    hard, soft = (_joined(painted, firmness) for firmness in (Firmness.HARD, Firmness.SOFT))
    wishes = (
        Busy(one.kind, *rest) for one in soft for rest in without([Window(*one[1:])], [Window(*b[1:]) for b in hard])
    )
    return Life(hard, tuple(wishes))


def _joined(cells: list[Painted], firmness: str) -> tuple[Busy, ...]:
    """One reason after the other, in the order of the week."""
    mine = [one for one in cells if one.firmness == firmness]
    rows = [
        Busy(kind, *span)
        for kind in sorted({one.kind for one in mine})
        for span in merged(one[2:] for one in mine if one.kind == kind)
    ]
    return tuple(sorted(rows, key=lambda one: (one.weekday, one.start, one.kind)))


def painted_of(life: Life) -> tuple[Painted, ...]:
    """The other way round: a life as stretches to paint."""
    pairs = ((Firmness.HARD, life.commitments), (Firmness.SOFT, life.soft))
    return tuple(Painted(one.kind, str(firmness), *one[1:]) for firmness, rows in pairs for one in rows)


def check_life(life: Life, book: Rulebook = BOOK) -> None:
    """Raise Refused unless every stretch lies on one day with a known reason, and the way is one people make.

    Source: PLAN-9, PLAN-10.
    """
    for one in (*life.commitments, *life.soft):
        if one.kind not in set(Reason):
            raise Refused("One of the times has no reason we know.")
        if not (0 <= one.weekday <= 6 and 0 <= one.start < one.end <= DAY):
            raise Refused("A time has to end after it starts, on the same day.")
    if len(life.commitments) + len(life.soft) > book.number("PLAN-10"):
        raise Refused("These are too many single times; join some of them.")
    if not 0 <= life.travel_minutes <= book.number("PLAN-9"):
        raise Refused("The way here takes between no time and {most} minutes.", most=book.number("PLAN-9"))


def first_days(today: date, first_weekday: int, book: Rulebook = BOOK) -> tuple[date, ...]:
    """From which days a new week may hold: this program week and those to come. Source: PLAN-11."""
    first = week_start(today, first_weekday)
    return tuple(first + timedelta(weeks=n) for n in range(book.number("PLAN-11")))


def check_since(since: date, today: date, first_weekday: int) -> None:
    """Raise Refused unless a new week begins with one of the weeks offered."""
    if since not in first_days(today, first_weekday):
        raise Refused("A new week begins with this week or one of the next weeks.")


def open_hours(book: Rulebook = BOOK) -> tuple[Window, ...]:
    """When the program could be open, every day of the week. Source: PLAN-6, PLAN-7."""
    return tuple(Window(weekday, book.number("PLAN-6"), book.number("PLAN-7")) for weekday in range(7))


def free_windows(
    commitments: Iterable[tuple[str, int, int, int]], open_hours: Iterable[tuple[int, int, int]], travel: int = 0
) -> tuple[Window, ...]:
    """Open time without the commitments and the way from and to them, in order; windows neither touch nor overlap.

    `travel` is minutes one way; a session by video needs none, and no way leads to a missing ride.
    """
    return without(open_hours, [_with_travel(*one, travel) for one in commitments])


def _with_travel(kind: str, weekday: int, start: int, end: int, travel: int) -> Window:
    way = 0 if kind == Reason.TRANSPORT else travel
    return Window(weekday, max(0, start - way), min(DAY, end + way))


def soft_windows(
    soft: Iterable[tuple[str, int, int, int]], open_hours: Iterable[tuple[int, int, int]]
) -> tuple[Window, ...]:
    """Open time in which the client would rather not come, as windows in order."""
    wide = list(open_hours)
    return without(wide, without(wide, [Window(*one[1:]) for one in soft]))


def without(spans: Iterable[tuple[int, int, int]], taken: Sequence[tuple[int, int, int]]) -> tuple[Window, ...]:
    """Spans without what is taken of them, as windows in order that neither touch nor overlap."""
    free: list[Window] = []
    for weekday, start, end in merged(spans):
        at = start
        for _, begun, until in merged(span for span in taken if span[0] == weekday):
            if at < begun and at < end:
                free.append(Window(weekday, at, min(begun, end)))
            at = max(at, until)
        if at < end:
            free.append(Window(weekday, at, end))
    return tuple(free)


def merged(spans: Iterable[tuple[int, int, int]]) -> tuple[Window, ...]:
    """Spans in order, those that touch or overlap made one."""
    out: list[Window] = []
    for weekday, start, end in sorted(spans):
        if out and out[-1].weekday == weekday and start <= out[-1].end:
            out[-1] = Window(weekday, out[-1].start, max(out[-1].end, end))
        elif start < end:
            out.append(Window(weekday, start, end))
    return tuple(out)
