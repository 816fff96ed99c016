"""Book what somebody chose for one client: one of the three best weeks, or a session that makes up for a missed one."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import transaction

from daybridge.access.gates import may, require
from daybridge.access.models import Site
from daybridge.access.rules import Permission
from daybridge.episodes.models import Episode
from daybridge.kit.errors import Refused
from daybridge.kit.periods import week_start
from daybridge.plans import actions as plans
from daybridge.scheduling import choosing, placing
from daybridge.scheduling.actions.applying import apply, lines_now
from daybridge.scheduling.actions.placing import locked_week, today_at
from daybridge.scheduling.actions.telling import tell_changes
from daybridge.scheduling.models import Session
from daybridge.scheduling.plan import Line, Own, Plan
from daybridge.scheduling.rules import BOOKABLE, Proposal, check_seat
from daybridge.scheduling.weeks import SiteWeek

CHANGED = "The week has changed meanwhile, so this one is no longer to be had. These are the best weeks now."


@dataclass(frozen=True, slots=True)
class Chosen:
    """What booking a choice did: how many sessions are new, how many seats were given back."""

    client_id: UUID
    new: int
    given_back: int


@transaction.atomic
def choose(*, episode_id: UUID, first: date, choice: str, by: Any, at: datetime) -> Chosen:
    """Book the offered week named `choice` whole: what it leaves is given back, nobody else moves, the client is told.

    The weeks are worked out anew while the site's week is held, so that what is booked is what was shown.
    Raises Episode.DoesNotExist out of reach, NotAllowed, Refused without a track or a signed plan, or when that week
    is no longer offered. Source: scheduling.choosing.options.
    """
    episode = _held(episode_id, by)
    needs = placing.needs_for(episode, max(first, today_at(episode.site, at)), by)
    week = locked_week(episode.site_id, first)
    found = next((one for one in choosing.options(week, needs, at) if one.choice == choice), None)
    if found is None:
        raise Refused(CHANGED)
    _put(week, episode, _line(found.proposal, at), by=by, at=at)
    if may(by, Permission.LIFE_SAY, episode):
        plans.see_life(episode_id=episode.id, by=by, at=at)  # the week that was told is answered
    return Chosen(episode.client_id, len(found.proposal.new), len(found.given_back))


@transaction.atomic
def make_up(*, episode_id: UUID, session_id: UUID, by: Any, at: datetime) -> Session:
    """Give a client a seat in one more session that is still to come, and tell them.

    Raises DoesNotExist out of reach, NotAllowed, Refused when no seat is left, the session is over or at another
    site, or the client is booked elsewhere then.
    """
    episode = _held(episode_id, by)
    session = Session.objects.visible_to(by).get(pk=session_id)
    if session.site_id != episode.site_id or session.status not in BOOKABLE or session.starts_at < at:
        raise Refused("This client cannot be booked into this session.")
    day = session.starts_at.astimezone(ZoneInfo(episode.site.timezone)).date()
    week = locked_week(episode.site_id, week_start(day, episode.site.first_weekday))
    check_seat(week.taken(session.id), session.seats)
    now = lines_now(week, [episode.id], at)[episode.id]
    _put(week, episode, Line(now.seats | {session.id}, now.own), by=by, at=at)
    return session


def _held(episode_id: UUID, by: Any) -> Episode:
    reach = Episode.objects.visible_to(by).select_related("site", "client")
    Site.objects.select_for_update(no_key=True).get(pk=reach.get(pk=episode_id).site_id)
    episode = reach.select_for_update(of=("self",), no_key=True).get(pk=episode_id)
    require(by, Permission.WEEK_PLACE, episode)
    if episode.status not in ("pending", "active"):
        raise Refused("Only a client who is in care can be placed.")
    return episode


def _line(proposal: Proposal, at: datetime) -> Line:
    ahead = [slot for slot in proposal.slots if slot.starts_at >= at]
    own = (Own(slot.kind, slot.lead_id, slot.starts_at, slot.minutes) for slot in ahead if _is_own(slot.kind))
    seats = (slot.session_id for slot in ahead if slot.session_id and not _is_own(slot.kind))
    return Line(frozenset(seats), frozenset(own))


def _is_own(kind: str) -> bool:
    return kind in placing.APPOINTMENTS


def _put(week: SiteWeek, episode: Episode, line: Line, *, by: Any, at: datetime) -> None:
    done = apply(week, Plan({episode.id: line}), by=by, at=at)
    if done.left:
        raise Refused(CHANGED)
    tell_changes(week, done, at=at)
