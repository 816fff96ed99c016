"""Set up tracks, rooms, topics and weekly groups."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from daybridge.access.gates import require
from daybridge.access.rules import Permission
from daybridge.audit import ledger
from daybridge.kit.errors import Refused
from daybridge.people.models import Staff
from daybridge.program import rules
from daybridge.program.actions.finding import site_within
from daybridge.program.laying import hours, span_of
from daybridge.program.models import Curriculum, Room, Topic, Track, WeeklyGroup


@transaction.atomic
def found_track(*, site_id: UUID, track: rules.NewTrack, by: Any, at: datetime) -> Track:
    """Set up a track. Raises Site.DoesNotExist out of reach, NotAllowed, Refused for a name in use or no seats."""
    site = site_within(site_id, by)
    require(by, Permission.PROGRAM_WRITE, site)
    if track.seats < 1:
        raise Refused("A track needs at least one seat.")
    if Track.objects.filter(site=site, name=track.name).exists():
        raise Refused("There is a track of this name already.")
    made = Track.objects.create(site=site, **track_fields(track))
    ledger.record("program.track", made, by=by, at=at, seats=track.seats, level=track.level)
    return made


def track_fields(track: rules.NewTrack) -> dict[str, Any]:
    """A track's columns."""
    return {
        "name": track.name, "part_of_day": track.part_of_day, "level": track.level, "population": track.population,
        "seats": track.seats, "gender": track.gender, "language": track.language, "focus": track.focus,
        "modality": track.modality,
        "phases": [{"name": one.name, "weeks": one.weeks, "minutes": one.minutes} for one in track.phases],
    }  # fmt: skip


@transaction.atomic
def found_room(*, site_id: UUID, room: rules.NewRoom, by: Any, at: datetime) -> Room:
    """Set up a room. Raises Site.DoesNotExist out of reach, NotAllowed, Refused for a name in use or no seats."""
    site = site_within(site_id, by)
    require(by, Permission.PROGRAM_WRITE, site)
    if room.seats < 1:
        raise Refused("A room needs at least one seat.")
    if Room.objects.filter(site=site, name=room.name).exists():
        raise Refused("There is a room of this name already.")
    made = Room.objects.create(site=site, **room_fields(room))
    ledger.record("program.room", made, by=by, at=at, seats=room.seats)
    return made


def room_fields(room: rules.NewRoom) -> dict[str, Any]:
    """A room's columns."""
    return {
        "name": room.name, "seats": room.seats, "is_office": room.is_office, "is_accessible": room.is_accessible,
        "features": list(room.features),
    }  # fmt: skip


@transaction.atomic
def found_topic(*, topic: rules.NewTopic, by: Any, at: datetime) -> Topic:
    """Set up a topic for all sites. Raises NotAllowed, Refused for a name in use, an unknown category, odd sizes."""
    require(by, Permission.PROGRAM_WRITE)
    check_topic(topic)
    if Topic.objects.filter(name=topic.name).exists():
        raise Refused("There is a topic of this name already.")
    made = Topic.objects.create(**topic_fields(topic))
    ledger.record("program.topic", made, by=by, at=at, category=topic.category, minutes=topic.minutes)
    return made


def check_topic(topic: rules.NewTopic) -> None:
    """Raise Refused unless a topic has a known category, minutes, and sizes that grow."""
    if topic.category not in set(rules.Category):
        raise Refused("There is no such category of group.")
    if topic.minutes < 1:
        raise Refused("A topic needs some minutes.")
    least, ideal, most = topic.sizes
    if not 1 <= least <= ideal <= most:
        raise Refused("The smallest size comes first, then the best, then the largest.")


def topic_fields(topic: rules.NewTopic) -> dict[str, Any]:
    """A topic's columns."""
    least, ideal, most = topic.sizes
    return {
        "name": topic.name, "category": topic.category, "minutes": topic.minutes,
        "credentials": list(topic.credentials), "summary": topic.summary, "library": topic.library,
        "language": topic.language, "gender": topic.gender, "tags": list(topic.tags), "min_size": least,
        "ideal_size": ideal, "max_size": most, "counts_hours": topic.counts_hours, "is_billable": topic.is_billable,
        "needs_licensed": topic.needs_licensed,
    }  # fmt: skip


@transaction.atomic
def found_starter_topics(*, by: Any, at: datetime) -> int:
    """Set up the topics most programs begin with, those of a name in use apart; how many were made. NotAllowed."""
    require(by, Permission.PROGRAM_WRITE)
    known = set(Topic.objects.filter(name__in=[topic.name for topic in rules.STARTER]).values_list("name", flat=True))
    missing = [topic for topic in rules.STARTER if topic.name not in known]
    for topic in missing:
        found_topic(topic=topic, by=by, at=at)
    return len(missing)


@transaction.atomic
def found_library_topics(*, ids: Iterable[str], by: Any, at: datetime) -> dict[str, Topic]:
    """The topics of these entries of the library by their ids; those not there yet are set up. NotAllowed; KeyError.

    What a program has already, by the entry or by its name, is taken as it is. Prerequisites are linked where both are
    there.
    """
    require(by, Permission.PROGRAM_WRITE)
    wanted = {one: rules.library()[one] for one in ids}
    found = {one.library: one for one in Topic.objects.filter(library__in=wanted)}
    named = {one.name: one for one in Topic.objects.filter(name__in=[entry.title for entry in wanted.values()])}
    for one, entry in wanted.items():
        if one not in found:
            found[one] = named.get(entry.title) or found_topic(topic=entry.topic(), by=by, at=at)
    for one, entry in wanted.items():
        first = [found[need] for need in entry.needs if need in found]
        if first:
            found[one].prerequisites.add(*first)
    return found


@transaction.atomic
def found_weekly_group(*, track_id: UUID, group: rules.NewGroup, by: Any, at: datetime) -> WeeklyGroup:
    """Set up a group that meets every week, from `group.since`.

    Raises DoesNotExist when track, topic, room, lead or course are out of reach or of another site, NotAllowed, and
    Refused with every reason against it (size, room, credential, hours, room or lead taken). Source: rules.check_group.
    """
    track = Track.objects.visible_to(by).select_for_update(no_key=True).select_related("site").get(pk=track_id)
    require(by, Permission.PROGRAM_WRITE, track)
    topic = Topic.objects.get(pk=group.topic_id)
    room = Room.objects.filter(site=track.site_id, is_active=True).get(pk=group.room_id)
    lead = Staff.objects.filter(site=track.site_id).prefetch_related("hours", "credentials").get(pk=group.lead_id)
    course = Curriculum.objects.filter(track=track).get(pk=group.curriculum_id) if group.curriculum_id else None
    decision = rules.check_group(group, setting(group, topic, room, lead))
    if not decision.ok:
        raise Refused(" ".join(finding.text for finding in decision.findings))
    made = WeeklyGroup.objects.create(
        track=track, topic=topic, room=room, lead=lead, curriculum=course, weekday=group.weekday,
        start_minute=group.start_minute, minutes=group.minutes, max_size=group.max_size, min_size=group.min_size,
        since=group.since, until=group.until,
    )  # fmt: skip
    ledger.record("program.group", made, by=by, at=at, weekday=group.weekday, start_minute=group.start_minute)
    return made


def setting(
    group: rules.NewGroup, topic: Topic, room: Room, lead: Staff, besides: WeeklyGroup | None = None
) -> rules.Setting:
    """What surrounds a weekly group; `besides` is the group itself when it is changed."""
    standing = WeeklyGroup.objects.filter(Q(until=None) | Q(until__gt=group.since), weekday=group.weekday)
    if group.until:
        standing = standing.filter(since__lt=group.until)
    if besides:
        standing = standing.exclude(pk=besides.pk)
    taken = [(other, span_of(other)) for other in standing.filter(Q(room=room) | Q(lead=lead))]
    return rules.Setting(
        category=topic.category, credentials=topic.credentials, room_seats=room.seats, held=lead.held,
        lead_hours=hours(lead), room_taken=[span for other, span in taken if other.room_id == room.id],
        lead_taken=[span for other, span in taken if other.lead_id == lead.id],
    )  # fmt: skip
