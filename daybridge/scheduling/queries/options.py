"""The page that places a client: the three best weeks, each drawn around the client's life with its price in words."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from daybridge.access.gates import require
from daybridge.access.rules import Permission
from daybridge.audit import ledger
from daybridge.scheduling import choosing, placing, weeks
from daybridge.scheduling.choosing import Option
from daybridge.scheduling.queries.client import NOT_LAID, ClientWeek, client_page, reached_episode
from daybridge.scheduling.rules import Proposal, Slot
from daybridge.scheduling.shortfalls import DAYS
from daybridge.scheduling.tradeoffs import Point


@dataclass(frozen=True, slots=True)
class OptionDay:
    """One day of an offered week: its sessions, those that are new marked."""

    name: str
    slots: tuple[Slot, ...]


@dataclass(frozen=True, slots=True)
class OptionCard:
    """One week to choose; `letter` names it on the page, `choice` in the form. `is_now`: it is booked already."""

    letter: str
    choice: str
    minutes: int
    target_minutes: int
    new: int
    given_back: int
    points: tuple[Point, ...]
    days: tuple[OptionDay, ...]

    @property
    def is_now(self) -> bool:
        return not self.new and not self.given_back

    @property
    def is_met(self) -> bool:
        return self.minutes >= self.target_minutes


@dataclass(frozen=True, slots=True)
class ChoicePage:
    """The weeks to choose from, and the best of them on the grid with what stands against more hours."""

    week: ClientWeek
    options: tuple[OptionCard, ...]


def _drawn(found: Sequence[Option], shown: str) -> Option | None:
    return next((one for one in found if one.choice == shown), found[0] if found else None)


def choices(*, episode_id: UUID, first: date, shown: str, by: Any, at: datetime) -> ChoicePage:
    """The three best weeks as choose() would book them now; the one named `shown`, or the best, is on the grid.

    Raises Episode.DoesNotExist out of reach, NotAllowed, Refused without a track or a signed plan. The reading is on
    the ledger; nothing else is written.
    """
    episode = reached_episode(episode_id, by)
    require(by, Permission.WEEK_PLACE, episode)
    zone = ZoneInfo(episode.site.timezone)
    needs = placing.needs_for(episode, max(first, at.astimezone(zone).date()), by)
    week = weeks.read(episode.site, first)
    found = choosing.options(week, needs, at) if week.sessions else ()
    ledger.read("week.propose", episode, by=by, at=at, first=first)
    drawn = _drawn(found, shown)
    best = drawn.proposal if drawn and drawn.proposal.is_met else placing.propose(week, needs, at)
    shortfalls = best.shortfalls if week.sessions else (NOT_LAID,)
    slots, target = drawn.proposal.slots if drawn else best.slots, needs.prescription.weekly_minutes
    page = client_page(episode, Proposal(episode.id, first, slots, target, shortfalls), by=by, at=at)
    return ChoicePage(page, tuple(_card(letter, one, zone) for letter, one in zip("ABC", found, strict=False)))


def _card(letter: str, option: Option, zone: ZoneInfo) -> OptionCard:
    proposal = option.proposal
    days: dict[int, list[Slot]] = {}
    for slot in proposal.slots:
        days.setdefault(slot.starts_at.astimezone(zone).weekday(), []).append(slot)
    return OptionCard(
        letter, option.choice, proposal.minutes, proposal.target_minutes, len(proposal.new), len(option.given_back),
        option.points, tuple(OptionDay(DAYS[day], tuple(slots)) for day, slots in days.items()),
    )  # fmt: skip
