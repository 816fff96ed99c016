"""A client's week as they told it: for placing, for the pages that show and paint it, for Today."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Q

from daybridge.access.rules import Permission
from daybridge.asking import Given, prepared
from daybridge.audit import ledger
from daybridge.episodes.models import Episode
from daybridge.people import reach
from daybridge.plans import rules
from daybridge.plans.models import Commitment, Said, Travel
from daybridge.plans.rules import Busy, Firmness, Life, Voice


@dataclass(frozen=True, slots=True)
class Telling:
    """That a week was told: from which day it holds, when and by whom, and whether somebody looked at it."""

    since: date
    said_at: datetime
    by_client: bool
    is_seen: bool


@dataclass(frozen=True, slots=True)
class LifePage:
    """One client's week as its page shows it: as it stands on `since`, the days a new one may begin on, who told."""

    episode_id: UUID
    client_id: UUID
    name: str
    since: date
    days: tuple[date, ...]
    life: Life
    tellings: tuple[Telling, ...]
    is_open: bool

    @property
    def waits(self) -> bool:
        return any(not one.is_seen for one in self.tellings)


def life(*, episode_ids: Iterable[UUID], on: date, by: Any) -> dict[UUID, Life]:
    """The lives of several episodes as of a day, in two queries. Every episode asked for is a key."""
    ids = list(episode_ids)
    mine = reach.clients_within(by, Permission.PLAN_SEE, "episode__client", site="episode__site")
    return _lives(ids, Q(Q(until=None) | Q(until__gt=on), mine, episode__in=ids, since__lte=on))


def _lives(ids: list[UUID], standing: Q) -> dict[UUID, Life]:
    times: dict[tuple[UUID, str], list[Busy]] = {}
    for row in Commitment.objects.filter(standing):
        one = Busy(row.kind, row.weekday, row.start_minute, row.end_minute)
        times.setdefault((row.episode_id, row.firmness), []).append(one)
    ways = {row.episode_id: (row.minutes_each_way, row.can_telehealth) for row in Travel.objects.filter(standing)}
    return {
        one: Life(
            tuple(times.get((one, Firmness.HARD), ())), tuple(times.get((one, Firmness.SOFT), ())),
            *ways.get(one, (0, False)),
        )
        for one in ids
    }  # fmt: skip


def page(*, episode_id: UUID, since: date | None, by: Any, at: datetime) -> LifePage:
    """One episode's week as it stands on `since`, or this week where that is none of the days offered.

    Raises Episode.DoesNotExist out of reach. The reading is on the ledger.
    """
    mine = reach.clients_within(by, Permission.LIFE_SAY, "client", site="site")
    episode = Episode.objects.filter(mine).select_related("client", "site").get(pk=episode_id)
    return _page(episode, since, by, at)


def my_page(*, since: date | None, by: Any, at: datetime) -> LifePage:
    """The same of the open stay of the client `by` acts for. Raises Episode.DoesNotExist without one."""
    mine = reach.clients_within(by, Permission.LIFE_SAY, "client", site="site")
    episode = Episode.objects.filter(mine).open().select_related("client", "site").order_by("-admitted_on").first()
    if episode is None:
        raise Episode.DoesNotExist
    return _page(episode, since, by, at)


def _page(episode: Episode, since: date | None, by: Any, at: datetime) -> LifePage:
    days = rules.first_days(at.astimezone(ZoneInfo(episode.site.timezone)).date(), episode.site.first_weekday)
    since = since if since in days else days[0]
    standing = Q(Q(until=None) | Q(until__gt=since), episode=episode, since__lte=since)
    ledger.read("life.read", episode, by=by, at=at)
    return LifePage(
        episode_id=episode.id, client_id=episode.client_id, name=episode.client.name, since=since, days=days,
        life=_lives([episode.id], standing)[episode.id],
        tellings=tuple(
            Telling(one.since, one.said_at, one.voice == Voice.CLIENT, one.seen_at is not None)
            for one in Said.objects.filter(episode=episode)[:6]
        ),
        is_open=episode.status != "discharged",
    )  # fmt: skip


@prepared
def told():
    """Weeks clients told that nobody looked at yet, of these episodes, the longest waiting first. For Today."""
    rows = Said.objects.filter(episode__in=Given("episodes"), seen_at=None, voice=Voice.CLIENT)
    return rows.order_by("said_at").values_list("episode_id", "since", "said_at")
