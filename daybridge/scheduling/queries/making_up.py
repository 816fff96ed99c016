"""The page that finds a make-up: sessions still to come this week that suit the client, best first."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from daybridge.access.gates import require
from daybridge.access.rules import Permission
from daybridge.audit import ledger
from daybridge.scheduling import placing, weeks
from daybridge.scheduling.making_up import Missed, Offer, ranked, reasons
from daybridge.scheduling.models import Session
from daybridge.scheduling.queries import blocks
from daybridge.scheduling.queries.client import reached_episode
from daybridge.scheduling.queries.offers import _offers


@dataclass(frozen=True, slots=True)
class MakeUpRow:
    """One session to make up in, with why."""

    id: UUID
    title: str
    look: str
    starts_at: datetime
    ends_at: datetime
    room: str
    lead: str
    why: str
    is_best: bool


@dataclass(frozen=True, slots=True)
class MakeUpPage:
    """A client, the session that was missed (None: none was named), what the week has, and what would make up."""

    episode_id: UUID
    client_id: UUID
    name: str
    first: date
    missed: Session | None
    booked_minutes: int
    target_minutes: int
    rows: tuple[MakeUpRow, ...]


def make_ups(*, episode_id: UUID, first: date, missed: UUID | None, by: Any, at: datetime) -> MakeUpPage:
    """Sessions of the week from `first` with a free seat, in the client's free time; the reading is on the ledger.

    Minutes booked are those still to come and those of sessions not missed. Raises Episode.DoesNotExist out of reach,
    NotAllowed, Refused without a track or a signed plan.
    """
    episode = reached_episode(episode_id, by)
    require(by, Permission.WEEK_PLACE, episode)
    zone = ZoneInfo(episode.site.timezone)
    needs = placing.needs_for(episode, max(first, at.astimezone(zone).date()), by)
    week = weeks.read(episode.site, first)
    mine = week.of(episode.id)
    gone = next((one for one in mine if one.id == missed), None)
    minutes = sum(one.minutes for one in mine if one is not gone)
    lacking = max(0, needs.prescription.weekly_minutes - minutes)
    what = Missed(gone.topic_id if gone else None, gone.topic.category if gone and gone.topic else "", needs.track_id)
    offers = ranked(_offers(week, episode, needs, at), what, lacking)
    ledger.read("week.propose", episode, by=by, at=at, first=first)
    return MakeUpPage(
        episode.id, episode.client_id, episode.client.name, first, gone, minutes, needs.prescription.weekly_minutes,
        tuple(_row(one, what, lacking, number == 0) for number, one in enumerate(offers)),
    )  # fmt: skip


def _row(one: Offer, missed: Missed, lacking: int, is_best: bool) -> MakeUpRow:
    session = one.session
    return MakeUpRow(
        session.id, session.title, blocks.look(session.kind, one.category), session.starts_at, session.ends_at,
        session.room.name, session.lead.name, ", ".join(reasons(one, missed, lacking)), is_best,
    )  # fmt: skip
