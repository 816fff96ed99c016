"""Stays as rows for a page."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from daybridge.episodes.models import Episode, EpisodeEvent
from daybridge.episodes.rules import MOVES, EpisodeState


@dataclass(frozen=True, slots=True)
class Stay:
    """One episode; `moves` are the states it may go to now."""

    id: UUID
    client_id: UUID
    level: str
    status: str
    admitted_on: date
    ended_on: date | None
    moves: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Step:
    """One line of an episode's history."""

    was: str
    now: str
    at: datetime
    reason: str


def open_of(*, client_id: UUID, by) -> Stay | None:
    """The person's open episode, if it is within reach."""
    episode = Episode.objects.visible_to(by).open().filter(client_id=client_id).first()
    return _stay(episode) if episode else None


def of_client(*, client_id: UUID, by) -> list[Stay]:
    """Every episode of a person within reach, newest first."""
    found = Episode.objects.visible_to(by).filter(client_id=client_id).order_by("-admitted_on", "-id")
    return [_stay(episode) for episode in found]


def history(*, episode_id: UUID, by) -> list[Step]:
    """How an episode came to where it is, oldest first; empty out of reach."""
    events = EpisodeEvent.objects.filter(episode__in=Episode.objects.visible_to(by).filter(pk=episode_id))
    return [Step(event.was, event.now, event.at, event.reason) for event in events]


def _stay(episode: Episode) -> Stay:
    moves = tuple(sorted(MOVES[EpisodeState(episode.status)]))
    return Stay(
        episode.id, episode.client_id, episode.level, episode.status, episode.admitted_on, episode.ended_on, moves
    )
