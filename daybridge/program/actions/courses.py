"""Courses of a track: their lessons, in order."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from daybridge.access.gates import require
from daybridge.access.rules import Permission
from daybridge.audit import ledger
from daybridge.kit.errors import Refused
from daybridge.program.models import Curriculum, Track


@transaction.atomic
def found_course(*, track_id: UUID, name: str, mode: str, by: Any, at: datetime) -> Curriculum:
    """Set up a course without lessons; `mode` is open or closed. Track.DoesNotExist, NotAllowed, Refused."""
    track = Track.objects.visible_to(by).get(pk=track_id)
    require(by, Permission.PROGRAM_WRITE, track)
    if mode not in ("open", "closed"):
        raise Refused("A course is open or closed.")
    if Curriculum.objects.filter(track=track, name=name).exists():
        raise Refused("There is a course of this name already.")
    made = Curriculum.objects.create(track=track, name=name, mode=mode)
    ledger.record("program.course", made, by=by, at=at, mode=mode)
    return made


def _course(course_id: UUID, by: Any) -> Curriculum:
    reach = Curriculum.objects.filter(track__in=Track.objects.visible_to(by)).select_related("track__site")
    course = reach.select_for_update(of=("self",), no_key=True).get(pk=course_id)
    require(by, Permission.PROGRAM_WRITE, course.track)
    return course
