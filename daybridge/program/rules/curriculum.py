"""A course of topics: its order, and which lesson a week has. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Meeting:
    """Which of a course's meetings of a week this is: the first (0) of how many; the course began on `since`."""

    since: date
    place: int = 0
    meetings: int = 1


def lesson_at(count: int, meeting: Meeting, week: date) -> int | None:
    """The place (from 0) of the lesson that a meeting of a course of `count` lessons has in the week of `week`.

    Weeks are counted from Monday to Monday; after the last lesson the course begins again. None before the first week
    or for a course without lessons.
    """
    weeks = (_monday(week) - _monday(meeting.since)).days // 7
    return (weeks * meeting.meetings + meeting.place) % count if count and weeks >= 0 else None


def out_of_order(lessons: Sequence[UUID], needs: Mapping[UUID, Sequence[UUID]]) -> tuple[tuple[UUID, UUID], ...]:
    """Pairs (lesson, what it needs first) where the needed one comes later. What is not in the course is no fault."""
    place = {lesson: number for number, lesson in enumerate(lessons)}
    return tuple(
        (lesson, first)
        for lesson in lessons
        for first in needs.get(lesson, ())
        if first in place and place[first] > place[lesson]
    )


def moved(lessons: Sequence[UUID], one: UUID, by: int) -> list[UUID]:
    """The order with `one` moved `by` places, not past either end. ValueError when it is not among them."""
    order, place = list(lessons), list(lessons).index(one)
    order.insert(max(0, min(len(order) - 1, place + by)), order.pop(place))
    return order


def _monday(day: date) -> date:
    return date.fromordinal(day.toordinal() - day.weekday())
