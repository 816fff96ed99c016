"""One client's week: what is booked or would be, around the life it must fit."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from daybridge.access.gates import may, require
from daybridge.access.rules import Permission
from daybridge.audit import ledger
from daybridge.episodes.models import Episode
from daybridge.kit.decisions import Finding
from daybridge.kit.periods import week_period
from daybridge.people import reach
from daybridge.plans import queries as plans
from daybridge.scheduling import placing, weeks
from daybridge.scheduling.models import Session
from daybridge.scheduling.queries import blocks
from daybridge.scheduling.queries.blocks import Block
from daybridge.scheduling.rules import BookingState, Local, Proposal, Slot
from daybridge.scheduling.shortfalls import WHY
from daybridge.scheduling.weeks import days_of

NOT_LAID = Finding("not-laid", "This week has no sessions yet.")


@dataclass(frozen=True, slots=True)
class ClientDay:
    """One day: when the client cannot come, and the sessions."""

    on: date
    is_today: bool
    away: tuple[Block, ...]
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class ClientWeek:
    """A client's week; minutes. `shortfalls` say why hours are missing, `has_sessions` whether the week was laid."""

    episode_id: UUID
    client_id: UUID
    site_id: UUID
    name: str
    first: date
    last: date
    days: tuple[ClientDay, ...]
    booked_minutes: int
    target_minutes: int
    new: int
    shortfalls: tuple[Finding, ...]
    has_sessions: bool
    may_place: bool

    @property
    def lead(self) -> str:
        """The shortage itself."""
        return self.shortfalls[0].text if self.shortfalls else ""

    @property
    def why(self) -> str:
        """What stands against the rest."""
        return " ".join(one.text for one in self.shortfalls[1:])

    @property
    def is_short(self) -> bool:
        return self.booked_minutes < self.target_minutes


def client_week(*, episode_id: UUID, first: date, by: Any, at: datetime) -> ClientWeek:
    """What is booked for a client in the week from `first`. Raises Episode.DoesNotExist out of reach.

    The reading is on the ledger.
    """
    episode = reached_episode(episode_id, by)
    zone = ZoneInfo(episode.site.timezone)
    period = week_period(first, zone)
    booked = Session.objects.visible_to(by).standing().filter(
        bookings__episode=episode, bookings__status=BookingState.BOOKED, starts_at__gte=period.start,
        starts_at__lt=period.end,
    )  # fmt: skip
    slots = tuple(placing.slot(one, False) for one in booked.select_related("topic", "room", "lead__user"))
    order = plans.prescription(episode_id=episode.id, by=by)
    ledger.read("week.client", episode, by=by, at=at, first=first)
    booked_now = Proposal(episode.id, first, slots, order.weekly_minutes if order else 0, ())
    return client_page(episode, booked_now, by=by, at=at)


def proposal(*, episode_id: UUID, first: date, by: Any, at: datetime) -> ClientWeek:
    """The week as place() would book it now; nothing is written but the reading.

    Raises Episode.DoesNotExist out of reach, NotAllowed, Refused without a track or a signed plan.
    """
    episode = reached_episode(episode_id, by)
    require(by, Permission.WEEK_PLACE, episode)
    zone = ZoneInfo(episode.site.timezone)
    needs = placing.needs_for(episode, max(first, at.astimezone(zone).date()), by)
    week = weeks.read(episode.site, first)
    found = placing.propose(week, needs, at)
    ledger.read("week.propose", episode, by=by, at=at, first=first)
    return client_page(episode, found if week.sessions else replace(found, shortfalls=(NOT_LAID,)), by=by, at=at)


def reached_episode(episode_id: UUID, by: Any) -> Episode:
    """The episode, when its client is within reach of `by`; raises Episode.DoesNotExist."""
    mine = reach.clients_within(by, Permission.WEEK_SEE, "client", site="site")
    return Episode.objects.visible_to(by).filter(mine).select_related("client", "site").get(pk=episode_id)


def client_page(episode: Episode, found: Proposal, *, by: Any, at: datetime) -> ClientWeek:
    """A proposal, or what is booked, as the page shows it."""
    first, slots = found.first, found.slots
    zone = ZoneInfo(episode.site.timezone)
    today = at.astimezone(zone).date()
    away = plans.commitments(episode_ids=[episode.id], on=max(first, today), by=by)[episode.id]
    days = tuple(_day(day, today, zone, slots, away) for day in days_of(first))
    return ClientWeek(
        episode_id=episode.id, client_id=episode.client_id, site_id=episode.site_id, name=episode.client.name,
        first=first, last=days_of(first)[-1], days=tuple(one for one in days if one.blocks or one.on.weekday() < 6),
        booked_minutes=sum(slot.minutes for slot in slots), target_minutes=found.target_minutes,
        new=len(found.new), shortfalls=found.shortfalls, has_sessions=NOT_LAID not in found.shortfalls,
        may_place=may(by, Permission.WEEK_PLACE, episode) and episode.status in ("pending", "active"),
    )  # fmt: skip


def _day(day: date, today: date, zone: ZoneInfo, slots: tuple[Slot, ...], away: Any) -> ClientDay:
    midnight = datetime(day.year, day.month, day.day, tzinfo=zone)
    gone = tuple(
        Block(None, WHY.get(kind, kind).capitalize(), "", "", *blocks.marks(Local(weekday, start, end)),
              midnight.replace(hour=start // 60, minute=start % 60),
              midnight.replace(hour=min(end, 1439) // 60, minute=min(end, 1439) % 60))
        for kind, weekday, start, end in away
        if weekday == day.weekday() and start < blocks.CLOSES and end > blocks.OPENS
    )  # fmt: skip
    mine = (slot for slot in slots if slot.starts_at.astimezone(zone).date() == day)
    return ClientDay(day, day == today, gone, tuple(_block(slot, zone) for slot in mine))


def _block(slot: Slot, zone: ZoneInfo) -> Block:
    start, end = blocks.placed(slot.starts_at, slot.ends_at, zone)
    return Block(
        slot.session_id, slot.title, f"{slot.room} · {slot.lead}", blocks.look(slot.kind, slot.category), start, end,
        slot.starts_at, slot.ends_at, is_new=slot.is_new,
    )  # fmt: skip
