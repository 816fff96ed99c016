"""The only writers of a course's lessons and their order."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from daybridge.audit import ledger
from daybridge.kit.errors import Refused
from daybridge.program import rules
from daybridge.program.actions.courses import _course
from daybridge.program.models import Curriculum, Lesson, Topic, Track


@transaction.atomic
def add_lessons(*, course_id: UUID, topic_ids: Sequence[UUID], by: Any, at: datetime) -> Curriculum:
    """Put topics at the end of a course, those in it already apart.

    Raises Curriculum.DoesNotExist, Topic.DoesNotExist, NotAllowed.
    """
    course = _course(course_id, by)
    there = _order(course)
    new = [one for one in dict.fromkeys(topic_ids) if one not in there]
    if Topic.objects.filter(pk__in=new).count() != len(new):
        raise Topic.DoesNotExist
    Lesson.objects.bulk_create(
        Lesson(curriculum=course, topic_id=one, position=len(there) + n) for n, one in enumerate(new)
    )
    ledger.record("program.course", course, by=by, at=at, lessons=len(there) + len(new))
    return course


@transaction.atomic
def move_lesson(*, lesson_id: UUID, places: int, by: Any, at: datetime) -> Curriculum:
    """Move a lesson up (negative) or down.

    Raises Lesson.DoesNotExist, NotAllowed, Refused when a lesson would come before what it needs.
    """
    lesson = _lesson(lesson_id, by)
    order = rules.moved(_order(lesson.curriculum), lesson.topic_id, places)
    needs = {
        one.id: [first.id for first in one.prerequisites.all()]
        for one in Topic.objects.filter(pk__in=order).prefetch_related("prerequisites")
    }
    if any(lesson.topic_id in pair for pair in rules.out_of_order(order, needs)):
        raise Refused("A lesson can not come before one that it builds on.")
    _number(lesson.curriculum, order)
    ledger.record(
        "program.course", lesson.curriculum, by=by, at=at, lesson=lesson.id, place=order.index(lesson.topic_id)
    )
    return lesson.curriculum


@transaction.atomic
def drop_lesson(*, lesson_id: UUID, by: Any, at: datetime) -> Curriculum:
    """Take a lesson out of its course. Raises Lesson.DoesNotExist out of reach, NotAllowed."""
    lesson = _lesson(lesson_id, by)
    course = lesson.curriculum
    lesson.delete()
    order = _order(course)
    _number(course, order)
    ledger.record("program.course", course, by=by, at=at, lessons=len(order))
    return course


def _lesson(lesson_id: UUID, by: Any) -> Lesson:
    reach = Lesson.objects.filter(curriculum__track__in=Track.objects.visible_to(by))
    lesson = reach.get(pk=lesson_id)
    lesson.curriculum = _course(lesson.curriculum_id, by)
    return lesson


def _order(course: Curriculum) -> list[UUID]:
    return list(course.lessons.values_list("topic_id", flat=True))


def _number(course: Curriculum, order: Sequence[UUID]) -> None:
    rows = {one.topic_id: one for one in course.lessons.all()}
    for place, topic in enumerate(order):
        rows[topic].position = place
    Lesson.objects.bulk_update(rows.values(), ["position"])
