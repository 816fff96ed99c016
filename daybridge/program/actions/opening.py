"""Open a whole program from a template: track, courses, weekly groups with rooms and leads."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from daybridge.access.gates import require
from daybridge.access.rules import Permission
from daybridge.audit import ledger
from daybridge.kit.errors import Refused
from daybridge.program import rules
from daybridge.program.actions.courses import found_course
from daybridge.program.actions.finding import site_within
from daybridge.program.actions.founding import found_library_topics, found_track, found_weekly_group
from daybridge.program.actions.lessons import add_lessons
from daybridge.program.laying import resources
from daybridge.program.models import Curriculum, Topic, Track


@dataclass(frozen=True, slots=True)
class Opening:
    """Which template is opened, under which name, for how many people, from which day."""

    template: str
    name: str
    seats: int
    since: date


@dataclass(frozen=True, slots=True)
class Opened:
    """The track that was opened, and the plan it was opened by: what stands and what is missing."""

    track: Track
    plan: rules.Plan


@transaction.atomic
def open_from_template(*, site_id: UUID, opening: Opening, by: Any, at: datetime) -> Opened:
    """Open a track with its courses and weekly groups as a template has them; what nobody can lead is left out.

    Topics the program lacks are taken from the library. Raises Site.DoesNotExist out of reach, NotAllowed, Refused for
    an unknown template, a name in use, or when not a single group could stand.
    """
    site = site_within(site_id, by)
    require(by, Permission.PROGRAM_WRITE, site)
    template = rules.templates().get(opening.template)
    if template is None:
        raise Refused("There is no such template.")
    template = replace(template, track=replace(template.track, name=opening.name, seats=opening.seats))
    there = resources(site, opening.since)
    plan = rules.lay(
        template=template, rooms=there.rooms, leaders=there.leaders, since=opening.since, asks=there.asks
    )  # fmt: skip
    if not plan.standing:
        raise Refused("No group can stand yet: rooms, or people who may lead at these times, are missing.")
    track = found_track(site_id=site.id, track=template.track, by=by, at=at)
    topics = found_library_topics(ids=template.topics, by=by, at=at)
    courses = {one.name: _course(track, one, topics, by, at) for one in template.courses}
    for one in plan.standing:
        group = _group(one, topics, courses, opening.since)
        found_weekly_group(track_id=track.id, group=group, by=by, at=at)
    ledger.record(
        "program.template", track, by=by, at=at, template=template.id, groups=len(plan.standing),
        missing=len(plan.missing),
    )  # fmt: skip
    return Opened(track, plan)


def _course(track: Track, course: rules.Course, topics: dict[str, Topic], by: Any, at: datetime) -> Curriculum:
    made = found_course(track_id=track.id, name=course.name, mode=course.mode, by=by, at=at)
    return add_lessons(course_id=made.id, topic_ids=[topics[one].id for one in course.lessons], by=by, at=at)


def _group(laid: rules.Laid, topics: dict[str, Topic], courses: dict[str, Curriculum], since: date) -> rules.NewGroup:
    course = courses.get(laid.slot.course)
    if laid.room is None or laid.lead is None:
        raise ValueError("a group that stands has a room and a lead")
    return rules.NewGroup(
        topic_id=topics[laid.slot.topic].id, room_id=laid.room.id, lead_id=laid.lead.id, weekday=laid.slot.weekday,
        start_minute=laid.slot.start, minutes=laid.slot.minutes, since=since, max_size=laid.size,
        curriculum_id=course.id if course else None,
    )  # fmt: skip
