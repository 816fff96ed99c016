"""Set up tracks, rooms, topics and weekly groups; put a client into a track."""

from datetime import date, datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import Count, Q

from daybridge.access import rowlock
from daybridge.access.gates import require
from daybridge.access.models import Site
from daybridge.access.rules import Permission
from daybridge.audit import ledger
from daybridge.episodes.models import Episode
from daybridge.kit.errors import Refused
from daybridge.people.models import Staff
from daybridge.program import rules
from daybridge.program.models import HOLDS_A_SEAT, Enrollment, Room, Topic, Track, WeeklyGroup


@transaction.atomic
def found_track(*, site_id: UUID, track: rules.NewTrack, by: Any, at: datetime) -> Track:
    """Set up a track. Raises Site.DoesNotExist out of reach, NotAllowed, Refused for a name in use or no seats."""
    site = _site(site_id, by)
    require(by, Permission.PROGRAM_WRITE, site)
    if track.seats < 1:
        raise Refused("A track needs at least one seat.")
    if Track.objects.filter(site=site, name=track.name).exists():
        raise Refused("There is a track of this name already.")
    made = Track.objects.create(
        site=site, name=track.name, part_of_day=track.part_of_day, level=track.level,
        population=track.population, seats=track.seats,
    )  # fmt: skip
    ledger.record("program.track", made, by=by, at=at, seats=track.seats, level=track.level)
    return made


@transaction.atomic
def found_room(*, site_id: UUID, room: rules.NewRoom, by: Any, at: datetime) -> Room:
    """Set up a room. Raises Site.DoesNotExist out of reach, NotAllowed, Refused for a name in use or no seats."""
    site = _site(site_id, by)
    require(by, Permission.PROGRAM_WRITE, site)
    if room.seats < 1:
        raise Refused("A room needs at least one seat.")
    if Room.objects.filter(site=site, name=room.name).exists():
        raise Refused("There is a room of this name already.")
    made = Room.objects.create(site=site, name=room.name, seats=room.seats, is_office=room.is_office)
    ledger.record("program.room", made, by=by, at=at, seats=room.seats)
    return made


@transaction.atomic
def found_topic(*, topic: rules.NewTopic, by: Any, at: datetime) -> Topic:
    """Set up a topic for all sites. Raises NotAllowed, Refused for a name in use or an unknown category."""
    require(by, Permission.PROGRAM_WRITE)
    if topic.category not in set(rules.Category):
        raise Refused("There is no such category of group.")
    if topic.minutes < 1:
        raise Refused("A topic needs some minutes.")
    if Topic.objects.filter(name=topic.name).exists():
        raise Refused("There is a topic of this name already.")
    made = Topic.objects.create(
        name=topic.name, category=topic.category, minutes=topic.minutes,
        credentials=list(topic.credentials), summary=topic.summary,
    )  # fmt: skip
    ledger.record("program.topic", made, by=by, at=at, category=topic.category, minutes=topic.minutes)
    return made


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
def found_weekly_group(*, track_id: UUID, group: rules.NewGroup, by: Any, at: datetime) -> WeeklyGroup:
    """Set up a group that meets every week, from `group.since`.

    Raises DoesNotExist when track, topic, room or lead are out of reach or of another site, NotAllowed, and Refused
    with every reason against it (size, room, credential, hours, room or lead taken). Source: rules.check_group.
    """
    track = Track.objects.visible_to(by).select_for_update(no_key=True).select_related("site").get(pk=track_id)
    require(by, Permission.PROGRAM_WRITE, track)
    topic = Topic.objects.get(pk=group.topic_id)
    room = Room.objects.filter(site=track.site_id).get(pk=group.room_id)
    lead = Staff.objects.filter(site=track.site_id).prefetch_related("hours").get(pk=group.lead_id)
    decision = rules.check_group(group, _setting(group, topic, room, lead))
    if not decision.ok:
        raise Refused(" ".join(finding.text for finding in decision.findings))
    made = WeeklyGroup.objects.create(
        track=track, topic=topic, room=room, lead=lead, weekday=group.weekday, start_minute=group.start_minute,
        minutes=group.minutes, max_size=group.max_size, min_size=group.min_size, since=group.since, until=group.until,
    )  # fmt: skip
    ledger.record("program.group", made, by=by, at=at, weekday=group.weekday, start_minute=group.start_minute)
    return made


@transaction.atomic
def end_group(*, group_id: UUID, until: date, by: Any, at: datetime) -> WeeklyGroup:
    """Say that a weekly group does not meet from `until` on. Sessions laid before stay: the week calls them off.

    Raises WeeklyGroup.DoesNotExist out of reach, NotAllowed, Refused for a group that has ended or a day gone by.
    """
    reach = WeeklyGroup.objects.filter(track__in=Track.objects.visible_to(by))
    group = reach.select_for_update(of=("self",), no_key=True).select_related("track__site").get(pk=group_id)
    require(by, Permission.PROGRAM_WRITE, group)
    today = at.astimezone(ZoneInfo(group.track.site.timezone)).date()
    if group.until and group.until <= today:
        raise Refused("This group has ended already.")
    rules.check_end(group.since, until, today)
    was, group.until = group.until, until
    group.save(update_fields=["until"])
    ledger.record("program.end", group, by=by, at=at, was=was, until=until)
    return group


@transaction.atomic
def enroll(*, episode_id: UUID, track_id: UUID, since: date, by: Any, at: datetime) -> Enrollment:
    """Put a client into a track from `since`; the track before ends that day. The same track again changes nothing.

    Raises DoesNotExist out of reach, NotAllowed, Refused when the track is of another site or has no seat left.
    """
    episode = Episode.objects.visible_to(by).select_for_update(no_key=True).get(pk=episode_id)
    require(by, Permission.WEEK_PLACE, episode)
    track = Track.objects.visible_to(by).select_for_update(no_key=True).get(pk=track_id)
    standing = Enrollment.objects.filter(episode=episode, until=None).first()
    if standing and standing.track_id == track.id:
        return standing
    _check_seat(episode, track)
    if standing:
        standing.until = max(since, standing.since)
        standing.save(update_fields=["until"])
    made = Enrollment.objects.create(episode=episode, track=track, since=since)
    ledger.record("program.enroll", made, by=by, at=at, track=track.id, was=standing and standing.track_id)
    return made


def _site(site_id: UUID, by: Any) -> Site:
    return Site.objects.filter(id__in=by.sites_with(Permission.PROGRAM_SEE)).get(pk=site_id)


@rowlock.as_system("seats are counted over everybody")
def _check_seat(episode: Episode, track: Track) -> None:
    if track.site_id != episode.site_id or not track.is_active:
        raise Refused("This track is not offered at the client's site.")
    taken = Track.objects.filter(pk=track.pk).aggregate(taken=Count("enrollments", filter=HOLDS_A_SEAT))["taken"]
    if taken >= track.seats:
        raise Refused("This track has no seat left.")


def _setting(group: rules.NewGroup, topic: Topic, room: Room, lead: Staff) -> rules.Setting:
    standing = WeeklyGroup.objects.filter(Q(until=None) | Q(until__gt=group.since), weekday=group.weekday)
    if group.until:
        standing = standing.filter(since__lt=group.until)
    taken = [
        (other, rules.Span(other.weekday, other.start_minute, other.start_minute + other.minutes))
        for other in standing.filter(Q(room=room) | Q(lead=lead))
    ]
    return rules.Setting(
        category=topic.category, credentials=topic.credentials, room_seats=room.seats, credential=lead.credential,
        credential_until=lead.credential_until,
        lead_hours=[rules.Span(hours.weekday, hours.start_minute, hours.end_minute) for hours in lead.hours.all()],
        room_taken=[span for other, span in taken if other.room_id == room.id],
        lead_taken=[span for other, span in taken if other.lead_id == lead.id],
    )  # fmt: skip
