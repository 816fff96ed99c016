"""Keep a client's week as it is told: what stands against coming, what they would rather not, how far they travel."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import Q

from daybridge.access.gates import require
from daybridge.access.models import User
from daybridge.access.rules import Permission
from daybridge.audit import ledger
from daybridge.episodes.models import Episode
from daybridge.kit.errors import Refused
from daybridge.people import reach
from daybridge.plans import rules
from daybridge.plans.models import Commitment, Said, Travel
from daybridge.plans.rules import Busy, Firmness, Life, Standing, Voice


@transaction.atomic
def say_life(*, episode_id: UUID, life: Life, since: date, by: Any, at: datetime) -> Said:
    """Keep a whole week as told, from the program week that begins on `since`; weeks before stay as they were.

    Told by the client, it waits on Today. Raises Episode.DoesNotExist out of reach, NotAllowed, Refused for a stay
    that ended or a week that makes no sense. Source: PLAN-9 to PLAN-11.
    """
    episode = _open_stay(episode_id, by)
    rules.check_life(life)
    rules.check_since(since, _today(episode, at), episode.site.first_weekday)
    wanted = {(Firmness.HARD, *one) for one in life.commitments} | {(Firmness.SOFT, *one) for one in life.soft}
    _repaint(episode, wanted, since, None, Q())
    _travel(episode, life, since)
    return _told(episode, since, by, at)


@transaction.atomic
def cannot_come(*, episode_id: UUID, busy: tuple[Busy, ...], since: date, by: Any, at: datetime) -> Said:
    """Add times the client cannot come, from `since` on; the rest of the week stays as it is.

    Raises as `say_life`, and Refused for a day gone by.
    """
    episode = _open_stay(episode_id, by)
    rules.check_life(Life(busy))
    if since < _today(episode, at):
        raise Refused("Choose today or a later day.")
    held = {row.what for row in _rows(_standing(episode, since)) if row.until is None}
    new = sorted({tuple(one) for one in busy if (Firmness.HARD, *one) not in held})
    Commitment.objects.bulk_create(
        Commitment(episode=episode, kind=kind, weekday=weekday, start_minute=start, end_minute=end, since=since)
        for kind, weekday, start, end in new
    )
    return _told(episode, since, by, at)


@transaction.atomic
def see_life(*, episode_id: UUID, by: User, at: datetime) -> int:
    """Say that a counselor looked at the weeks a client told; they leave Today. How many there were.

    Raises Episode.DoesNotExist out of reach, NotAllowed.
    """
    episode = _within(episode_id, by)
    waiting = list(Said.objects.select_for_update(no_key=True).filter(episode=episode, seen_at=None))
    for one in waiting:
        one.seen_at, one.seen_by = at, by
        one.save(update_fields=["seen_at", "seen_by"])
        ledger.record("life.seen", one, by=by, at=at, since=one.since)
    return len(waiting)


def keep_commitments(episode: Episode, commitments: Iterable[Busy], today: date) -> None:
    """What a plan was written with: the hard ones from today up to the next pattern. Inside `plan.write` only."""
    hard = Q(firmness=Firmness.HARD)
    last = rules.next_change(_rows(Commitment.objects.filter(hard, episode=episode)), today)
    _repaint(episode, {(Firmness.HARD, *one) for one in commitments}, today, last, hard)


def _within(episode_id: UUID, by: Any) -> Episode:
    mine = reach.clients_within(by, Permission.LIFE_SAY, "client", site="site")
    rows = Episode.objects.filter(mine).select_related("site", "client")
    episode = rows.select_for_update(of=("self",), no_key=True).get(pk=episode_id)
    require(by, Permission.LIFE_SAY, episode)
    return episode


def _open_stay(episode_id: UUID, by: Any) -> Episode:
    episode = _within(episode_id, by)
    if episode.status == "discharged":
        raise Refused("This stay has ended; a week belongs to an open one.")
    return episode


def _today(episode: Episode, at: datetime) -> date:
    return at.astimezone(ZoneInfo(episode.site.timezone)).date()


def _standing(episode: Episode, on: date) -> list[Commitment]:
    return list(Commitment.objects.filter(Q(until=None) | Q(until__gt=on), episode=episode, since__lte=on))


def _rows(commitments: Iterable[Commitment]) -> list[Standing]:
    return [
        Standing(one.pk, (one.firmness, one.kind, one.weekday, one.start_minute, one.end_minute), one.since, one.until)
        for one in commitments
    ]


def _repaint(episode: Episode, wanted: set[tuple], first: date, last: date | None, only: Q) -> None:
    """Bring the pattern to `wanted` from `first` up to `last`, among the rows of `only`."""
    rows = _rows(Commitment.objects.select_for_update(no_key=True).filter(only, episode=episode))
    change = rules.repainted(rows, wanted, first, last)
    Commitment.objects.filter(pk__in=change.ended).update(until=first)
    Commitment.objects.filter(pk__in=change.withdrawn).delete()
    Commitment.objects.bulk_create(
        Commitment(
            episode=episode, firmness=firmness, kind=kind, weekday=weekday, start_minute=start, end_minute=end,
            since=since, until=until,
        )
        for (firmness, kind, weekday, start, end), since, until in change.begun
    )  # fmt: skip


def _travel(episode: Episode, life: Life, since: date) -> None:
    """How far they come, from `since` on; the row in force goes on where nothing changed."""
    said = (life.travel_minutes, life.telehealth)
    rows = [
        Standing(one.pk, (one.minutes_each_way, one.can_telehealth), one.since, one.until)
        for one in Travel.objects.select_for_update(no_key=True).filter(episode=episode)
    ]
    change = rules.repainted(rows, {said}, since, None)
    Travel.objects.filter(pk__in=change.ended).update(until=since)
    Travel.objects.filter(pk__in=change.withdrawn).delete()
    Travel.objects.bulk_create(
        Travel(episode=episode, minutes_each_way=minutes, can_telehealth=video, since=first, until=until)
        for (minutes, video), first, until in change.begun
    )


def _told(episode: Episode, since: date, by: Any, at: datetime) -> Said:
    """The word that a week was told; staff have seen what they wrote themselves."""
    is_staff = isinstance(by, User)
    said = Said.objects.create(
        episode=episode, since=since, said_at=at, said_by=by.actor, voice=Voice.STAFF if is_staff else Voice.CLIENT,
        seen_at=at if is_staff else None, seen_by=by if is_staff else None,
    )  # fmt: skip
    if is_staff:
        Said.objects.filter(episode=episode, seen_at=None).update(seen_at=at, seen_by=by)
    ledger.record("life.say", said, by=by, at=at, since=since, voice=said.voice)
    return said
