"""Put a client into a track."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Count

from daybridge.access import rowlock
from daybridge.access.gates import require
from daybridge.access.rules import Permission
from daybridge.audit import ledger
from daybridge.episodes.models import Episode
from daybridge.kit.errors import Refused
from daybridge.program import rules
from daybridge.program.models import HOLDS_A_SEAT, Enrollment, Track


@transaction.atomic
def enroll(*, episode_id: UUID, track_id: UUID, since: date, by: Any, at: datetime) -> Enrollment:
    """Put a client into a track from `since`; the track before ends that day. The same track again changes nothing.

    Raises DoesNotExist out of reach, NotAllowed, Refused when the track is of another site, has no seat left or is for
    another age. Source: PROGRAM-5, PROGRAM-6.
    """
    episode = Episode.objects.visible_to(by).select_for_update(no_key=True).get(pk=episode_id)
    require(by, Permission.WEEK_PLACE, episode)
    track = Track.objects.visible_to(by).select_for_update(no_key=True).get(pk=track_id)
    standing = Enrollment.objects.filter(episode=episode, until=None).first()
    if standing and standing.track_id == track.id:
        return standing
    _check_seat(episode, track)
    if "age" in rules.fits(track.audience, rules.Attendee(birth_date=episode.client.birth_date), since):
        raise Refused("This track is for people of another age.")
    if standing:
        standing.until = max(since, standing.since)
        standing.save(update_fields=["until"])
    made = Enrollment.objects.create(episode=episode, track=track, since=since)
    ledger.record("program.enroll", made, by=by, at=at, track=track.id, was=standing and standing.track_id)
    return made


@rowlock.as_system("seats are counted over everybody")
def _check_seat(episode: Episode, track: Track) -> None:
    if track.site_id != episode.site_id or not track.is_active:
        raise Refused("This track is not offered at the client's site.")
    taken = Track.objects.filter(pk=track.pk).aggregate(taken=Count("enrollments", filter=HOLDS_A_SEAT))["taken"]
    if taken >= track.seats:
        raise Refused("This track has no seat left.")
