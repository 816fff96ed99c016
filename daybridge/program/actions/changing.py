"""Change and close tracks, rooms and topics; change and end weekly groups. What was laid already stays."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import Q

from daybridge.access import rowlock
from daybridge.access.gates import require
from daybridge.access.rules import Permission
from daybridge.audit import ledger
from daybridge.kit.errors import Refused
from daybridge.people.models import Staff
from daybridge.program import rules
from daybridge.program.actions.founding import check_topic, room_fields, setting, topic_fields, track_fields
from daybridge.program.models import HOLDS_A_SEAT, Curriculum, Room, Topic, Track, WeeklyGroup


@dataclass(frozen=True, slots=True)
class Changed:
    """What of a weekly group is said anew: who leads, where, how many, which course (None: none)."""

    lead_id: UUID
    room_id: UUID
    max_size: int
    curriculum_id: UUID | None = None


@transaction.atomic
def change_track(*, track_id: UUID, track: rules.NewTrack, by: Any, at: datetime) -> Track:
    """Say anew what a track is. Raises Track.DoesNotExist, NotAllowed, Refused for a name in use or too few seats."""
    found = _track(track_id, by)
    if track.seats < _enrolled(found):
        raise Refused("More people than that are in this track.")
    if Track.objects.filter(site=found.site_id, name=track.name).exclude(pk=found.pk).exists():
        raise Refused("There is a track of this name already.")
    _write(found, track_fields(track))
    ledger.record("program.change", found, by=by, at=at, seats=track.seats, level=track.level)
    return found


@transaction.atomic
def close_track(*, track_id: UUID, by: Any, at: datetime) -> Track:
    """Offer a track no longer; its groups end today. Track.DoesNotExist, NotAllowed, Refused while people are in it."""
    found = _track(track_id, by)
    if not found.is_active:
        raise Refused("This track is closed already.")
    if _enrolled(found):
        raise Refused("People are in this track. Move them to another one first.")
    today = at.astimezone(ZoneInfo(found.site.timezone)).date()
    for group in found.groups.filter(Q(until=None) | Q(until__gt=today)):
        group.until = max(today, group.since)
        group.save(update_fields=["until"])
    _write(found, {"is_active": False})
    ledger.record("program.close", found, by=by, at=at)
    return found


@transaction.atomic
def change_room(*, room_id: UUID, room: rules.NewRoom, by: Any, at: datetime) -> Room:
    """Say anew what a room is. Raises Room.DoesNotExist, NotAllowed, Refused for a name in use or too few seats."""
    found = _room(room_id, by)
    if room.seats < 1:
        raise Refused("A room needs at least one seat.")
    standing = WeeklyGroup.objects.filter(room=found, until=None)
    if standing.filter(max_size__gt=room.seats).exists():
        raise Refused("A group that meets here is larger than that.")
    if room.is_office and standing.exists():
        raise Refused("Groups meet here. Move or end them first.")
    if Room.objects.filter(site=found.site_id, name=room.name).exclude(pk=found.pk).exists():
        raise Refused("There is a room of this name already.")
    _write(found, room_fields(room))
    ledger.record("program.change", found, by=by, at=at, seats=room.seats)
    return found


@transaction.atomic
def close_room(*, room_id: UUID, by: Any, at: datetime) -> Room:
    """Use a room no longer. Raises Room.DoesNotExist, NotAllowed, Refused while groups meet in it."""
    found = _room(room_id, by)
    today = at.astimezone(ZoneInfo(found.site.timezone)).date()
    if WeeklyGroup.objects.filter(Q(until=None) | Q(until__gt=today), room=found).exists():
        raise Refused("Groups meet here. Move or end them first.")
    _write(found, {"is_active": False})
    ledger.record("program.close", found, by=by, at=at)
    return found


@transaction.atomic
def change_topic(*, topic_id: UUID, topic: rules.NewTopic, by: Any, at: datetime) -> Topic:
    """Say anew what a topic is, at all sites. Raises Topic.DoesNotExist, NotAllowed, Refused as when it is set up.

    Its outline in the library and its prerequisites stay.
    """
    require(by, Permission.PROGRAM_WRITE)
    found = Topic.objects.select_for_update(no_key=True).get(pk=topic_id)
    check_topic(topic)
    if Topic.objects.filter(name=topic.name).exclude(pk=found.pk).exists():
        raise Refused("There is a topic of this name already.")
    _write(found, topic_fields(topic) | {"library": found.library})
    ledger.record("program.change", found, by=by, at=at, category=topic.category, minutes=topic.minutes)
    return found


@transaction.atomic
def retire_topic(*, topic_id: UUID, by: Any, at: datetime) -> Topic:
    """Offer a topic for new groups no longer, or again. Raises Topic.DoesNotExist, NotAllowed."""
    require(by, Permission.PROGRAM_WRITE)
    found = Topic.objects.select_for_update(no_key=True).get(pk=topic_id)
    _write(found, {"is_active": not found.is_active})
    ledger.record("program.close", found, by=by, at=at, active=found.is_active)
    return found


@transaction.atomic
def change_group(*, group_id: UUID, changed: Changed, by: Any, at: datetime) -> WeeklyGroup:
    """Give a weekly group another lead, room, size or course from today. Sessions laid already stay as they are.

    Raises DoesNotExist out of reach, NotAllowed, Refused with every reason against it or for a group that has ended.
    Another day or time is another group: end this one and set up the other.
    """
    group = _group(group_id, by)
    today = at.astimezone(ZoneInfo(group.track.site.timezone)).date()
    if group.until and group.until <= today:
        raise Refused("This group has ended already.")
    room = Room.objects.filter(site=group.track.site_id, is_active=True).get(pk=changed.room_id)
    people = Staff.objects.filter(site=group.track.site_id).prefetch_related("hours", "credentials")
    lead = people.get(pk=changed.lead_id)
    courses = Curriculum.objects.filter(track=group.track)
    course = courses.get(pk=changed.curriculum_id) if changed.curriculum_id else None
    wanted = rules.NewGroup(
        topic_id=group.topic_id, room_id=room.id, lead_id=lead.id, weekday=group.weekday,
        start_minute=group.start_minute, minutes=group.minutes, since=max(today, group.since),
        max_size=changed.max_size, min_size=min(group.min_size, changed.max_size), until=group.until,
    )  # fmt: skip
    decision = rules.check_group(wanted, setting(wanted, group.topic, room, lead, besides=group))
    if not decision.ok:
        raise Refused(" ".join(finding.text for finding in decision.findings))
    _write(group, {"lead": lead, "room": room, "max_size": changed.max_size, "curriculum": course})
    ledger.record("program.change", group, by=by, at=at, lead=lead.id, room=room.id, size=changed.max_size)
    return group


@transaction.atomic
def end_group(*, group_id: UUID, until: date, by: Any, at: datetime) -> WeeklyGroup:
    """Say that a weekly group does not meet from `until` on. Sessions laid before stay: the week calls them off.

    Raises WeeklyGroup.DoesNotExist out of reach, NotAllowed, Refused for a group that has ended or a day gone by.
    """
    group = _group(group_id, by)
    today = at.astimezone(ZoneInfo(group.track.site.timezone)).date()
    if group.until and group.until <= today:
        raise Refused("This group has ended already.")
    rules.check_end(group.since, until, today)
    was, group.until = group.until, until
    group.save(update_fields=["until"])
    ledger.record("program.end", group, by=by, at=at, was=was, until=until)
    return group


def _track(track_id: UUID, by: Any) -> Track:
    found = Track.objects.visible_to(by).select_for_update(of=("self",), no_key=True).select_related("site")
    track = found.get(pk=track_id)
    require(by, Permission.PROGRAM_WRITE, track)
    return track


def _room(room_id: UUID, by: Any) -> Room:
    found = Room.objects.visible_to(by).select_for_update(of=("self",), no_key=True).select_related("site")
    room = found.get(pk=room_id)
    require(by, Permission.PROGRAM_WRITE, room)
    return room


def _group(group_id: UUID, by: Any) -> WeeklyGroup:
    reach = WeeklyGroup.objects.filter(track__in=Track.objects.visible_to(by))
    group = reach.select_for_update(of=("self",), no_key=True).select_related("track__site", "topic").get(pk=group_id)
    require(by, Permission.PROGRAM_WRITE, group)
    return group


def _write(row: Any, fields: dict[str, Any]) -> None:
    for name, value in fields.items():
        setattr(row, name, value)
    row.save(update_fields=list(fields))


@rowlock.as_system("seats are counted over everybody")
def _enrolled(track: Track) -> int:
    return Track.objects.filter(HOLDS_A_SEAT, pk=track.pk, enrollments__isnull=False).count()
