"""Courses: the lesson a weekly group has this week, and everything of one track on its page."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Q

from daybridge.access.gates import may
from daybridge.access.rules import Permission
from daybridge.program.models import Curriculum, Lesson, Room, Topic, Track, WeeklyGroup
from daybridge.program.queries.overview import GroupRow, TrackRow, row_of, track_rows
from daybridge.program.rules import Meeting, Phase, lesson_at


@dataclass(frozen=True, slots=True)
class LessonRow:
    """One lesson: its topic, the outline it has in the library ("" for none), and whether it is this week's."""

    id: UUID
    topic_id: UUID
    title: str
    minutes: int
    library: str
    is_now: bool = False


@dataclass(frozen=True, slots=True)
class CourseRow:
    """One course of a track with its lessons, and the groups that follow it."""

    id: UUID
    name: str
    mode: str
    lessons: tuple[LessonRow, ...]
    groups: tuple[str, ...]
    to_add: tuple[tuple[UUID, str], ...]

    @property
    def is_open(self) -> bool:
        return self.mode == "open"


@dataclass(frozen=True, slots=True)
class TrackPage:
    """One track: its seats, phases, courses and weekly groups."""

    row: TrackRow
    site_id: UUID
    site: str
    timezone: str
    is_active: bool
    phases: tuple[Phase, ...]
    courses: tuple[CourseRow, ...]
    groups: tuple[GroupRow, ...]
    may_write: bool


def lessons(*, group_ids: Iterable[UUID], week: date) -> Mapping[UUID, LessonRow]:
    """The lesson each of these weekly groups has in the week of a day; groups without a course are not in it.

    A course whose groups meet more than once a week goes on from one to the next. Two queries.
    """
    ids = set(group_ids)
    courses = Curriculum.objects.filter(groups__in=ids).distinct() if ids else Curriculum.objects.none()
    meetings = _meetings(courses.values("id"), week) if ids else {}
    there: dict[UUID, list[Lesson]] = defaultdict(list)
    for one in Lesson.objects.filter(curriculum__in=list(meetings)).select_related("topic"):
        there[one.curriculum_id].append(one)
    found = {}
    for course_id, groups in meetings.items():
        since = min(one.since for one in groups)
        for place, group in enumerate(groups):
            at = lesson_at(len(there[course_id]), Meeting(since, place, len(groups)), week)
            if at is not None and group.id in ids:
                found[group.id] = _row(there[course_id][at])
    return found


def track(*, track_id: UUID, on: date, by: Any) -> TrackPage:
    """One track within reach, as of a day. Raises Track.DoesNotExist. Eight queries, whatever its size."""
    one = Track.objects.visible_to(by).select_related("site").get(pk=track_id)
    groups = _groups(one, on)
    return TrackPage(
        row=track_rows(Track.objects.filter(pk=one.pk), on)[0], site_id=one.site_id, site=one.site.name,
        timezone=one.site.timezone, is_active=one.is_active, phases=tuple(Phase(**phase) for phase in one.phases),
        courses=_courses(one, groups, on), groups=groups, may_write=may(by, Permission.PROGRAM_WRITE, one),
    )  # fmt: skip


def courses_at(*, site_id: UUID) -> dict[UUID, tuple[tuple[UUID, str], ...]]:
    """The courses of every track of a site, by track: (id, name). One query."""
    found: dict[UUID, list[tuple[UUID, str]]] = defaultdict(list)
    for one in Curriculum.objects.filter(track__site=site_id):
        found[one.track_id].append((one.id, one.name))
    return {track_id: tuple(rows) for track_id, rows in found.items()}


def room(*, room_id: UUID, by: Any) -> Room:
    """A room within reach. Raises Room.DoesNotExist."""
    return Room.objects.visible_to(by).select_related("site").get(pk=room_id)


def topic(*, topic_id: UUID) -> Topic:
    """A topic; topics say nothing about anybody. Raises Topic.DoesNotExist."""
    return Topic.objects.get(pk=topic_id)


def _groups(of: Track, on: date) -> tuple[GroupRow, ...]:
    standing = of.groups.filter(Q(until=None) | Q(until__gt=on))
    return tuple(row_of(one) for one in standing.select_related("topic", "track", "room", "lead__user", "curriculum"))


def _courses(of: Track, groups: tuple[GroupRow, ...], on: date) -> tuple[CourseRow, ...]:
    now = {one.topic_id for one in lessons(group_ids=[one.id for one in groups], week=on).values()}
    every = [(one.id, one.name) for one in Topic.objects.filter(is_active=True).order_by("name")]
    found = []
    for one in of.curricula.prefetch_related("lessons__topic"):
        there = tuple(_row(lesson, now) for lesson in one.lessons.all())
        known = {lesson.topic_id for lesson in there}
        followed = tuple(group.title for group in groups if group.course_id == one.id)
        to_add = tuple(row for row in every if row[0] not in known)
        found.append(CourseRow(one.id, one.name, one.mode, there, followed, to_add))
    return tuple(found)


def _meetings(courses: Any, week: date) -> dict[UUID, list[WeeklyGroup]]:
    """The groups of these courses that meet in a week or later, in the order of the week."""
    found: dict[UUID, list[WeeklyGroup]] = defaultdict(list)
    for one in WeeklyGroup.objects.filter(Q(until=None) | Q(until__gt=week), curriculum__in=courses):
        found[one.curriculum_id].append(one)
    return found


def _row(lesson: Lesson, now: set[UUID] | frozenset[UUID] = frozenset()) -> LessonRow:
    topic = lesson.topic
    return LessonRow(lesson.id, topic.id, topic.name, topic.minutes, topic.library, topic.id in now)
