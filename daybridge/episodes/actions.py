"""The only writers of episodes: open one, move it along."""

from datetime import date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import transaction

from daybridge.access.gates import require
from daybridge.access.rules import Permission
from daybridge.audit import ledger
from daybridge.episodes.models import Episode, EpisodeEvent
from daybridge.episodes.rules import MOVES, EpisodeState
from daybridge.kit.errors import Refused
from daybridge.kit.states import check_move
from daybridge.people.models import Client


@transaction.atomic
def open_episode(*, client_id: UUID, level: str, on: date, by, at: datetime) -> Episode:
    """Open an active episode of `level`, admitted on the local day `on`.

    Raises Client.DoesNotExist out of reach, NotAllowed, or Refused when the person already has an open episode.
    """
    client = Client.objects.visible_to(by).select_for_update(of=("self",), no_key=True).get(pk=client_id)
    require(by, Permission.ADMIT, client)
    if Episode.objects.filter(client=client).open().exists():
        raise Refused("This person already has an open episode.")
    episode = Episode.objects.create(
        client=client, site_id=client.site_id, level=level, status=EpisodeState.ACTIVE, admitted_on=on
    )
    _tell(episode, "", by=by, at=at)
    ledger.record("episode.open", episode, by=by, at=at, level=level, on=on)
    return episode


@transaction.atomic
def move(*, episode_id: UUID, to: EpisodeState, reason: str, by, at: datetime) -> Episode:
    """Move an episode to another state; a discharge ends it on the site's local day of `at`.

    Raises Episode.DoesNotExist out of reach, NotAllowed, or IllegalMove.
    """
    reach = Episode.objects.visible_to(by).select_related("site")
    episode = reach.select_for_update(of=("self",), no_key=True).get(pk=episode_id)
    require(by, Permission.ADMIT, episode)
    was = EpisodeState(episode.status)
    check_move(MOVES, was, EpisodeState(to))
    episode.status = to
    if to == EpisodeState.DISCHARGED:
        episode.ended_on = at.astimezone(ZoneInfo(episode.site.timezone)).date()
    episode.save(update_fields=["status", "ended_on"])
    _tell(episode, was, by=by, at=at, reason=reason)
    ledger.record("episode.move", episode, by=by, at=at, was=was, now=to, reason=reason)
    return episode


def _tell(episode: Episode, was: str, *, by, at: datetime, reason: str = "") -> None:
    EpisodeEvent.objects.create(episode=episode, was=was, now=episode.status, by=by.actor, at=at, reason=reason[:300])
