"""Place clients in the week: one at admission, everybody once a week."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import transaction

from daybridge.access.gates import require
from daybridge.access.models import Site
from daybridge.access.rules import Permission
from daybridge.audit import ledger
from daybridge.episodes.models import Episode
from daybridge.kit.decisions import Finding
from daybridge.kit.errors import Refused
from daybridge.kit.periods import week_period
from daybridge.scheduling import placing, weeks
from daybridge.scheduling.actions.sessions import put
from daybridge.scheduling.models import Booking, Session
from daybridge.scheduling.rules import Slot, check_clear, check_one_place
from daybridge.scheduling.weeks import SiteWeek


@dataclass(frozen=True, slots=True)
class Placement:
    """What placing one client did: the new bookings, the week's minutes against the plan's, what stands against it."""

    episode_id: UUID
    client_id: UUID
    bookings: tuple[Booking, ...]
    minutes: int
    target_minutes: int
    shortfalls: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Placed:
    """What placing everybody did: one Placement for each client whose week was not full before."""

    placements: tuple[Placement, ...]

    @property
    def bookings(self) -> int:
        return sum(len(one.bookings) for one in self.placements)

    @property
    def short(self) -> int:
        """Clients who still lack hours."""
        return sum(1 for one in self.placements if one.minutes < one.target_minutes)


@transaction.atomic
def place(*, episode_id: UUID, first: date, by: Any, at: datetime) -> Placement:
    """Book the best week that fits one client, from `at` on; what is booked stays, nobody else moves.

    Groups of the client's track with a seat left, and the appointments the plan asks for, each in a free office with a
    counselor who works then, all inside the client's free time. Raises Episode.DoesNotExist out of reach, NotAllowed,
    Refused without a track or a signed plan. Source: scheduling.placing.propose.
    """
    reach = Episode.objects.visible_to(by).select_related("site", "client")
    Site.objects.select_for_update(no_key=True).get(pk=reach.get(pk=episode_id).site_id)
    episode = reach.select_for_update(of=("self",), no_key=True).get(pk=episode_id)
    require(by, Permission.WEEK_PLACE, episode)
    if episode.status not in ("pending", "active"):
        raise Refused("Only a client who is in care can be placed.")
    needs = placing.needs_for(episode, max(first, today_at(episode.site, at)), by)
    week = locked_week(episode.site_id, first)
    return _place(week, episode, needs, by=by, at=at)


@transaction.atomic
def place_all(*, site_id: UUID, first: date, by: Any, at: datetime) -> Placed:
    """Place everybody in care at a site whose week lacks hours; those with the least free time choose first.

    Raises Site.DoesNotExist out of reach, NotAllowed. Clients without a track or a signed plan are passed over.
    """
    site = Site.objects.filter(id__in=by.sites_with(Permission.WEEK_SEE)).get(pk=site_id)
    require(by, Permission.WEEK_PLACE, site)
    week = locked_week(site.id, first)
    rows = Episode.objects.visible_to(by).filter(site=site, status__in=["pending", "active"]).select_related("client")
    episodes = {one.id: one for one in rows}
    needs = placing.needs_of(list(episodes.values()), max(first, today_at(site, at)), by)
    lacking = [one for one in needs.values() if _minutes(week, one.episode_id) < one.prescription.weekly_minutes]
    lacking.sort(key=lambda one: (-sum(end - start for _, _, start, end in one.commitments), str(one.episode_id)))
    done = [_place(week, episodes[one.episode_id], one, by=by, at=at) for one in lacking]
    return Placed(tuple(done))


def today_at(site: Site, at: datetime) -> date:
    """The site's day at an instant."""
    return at.astimezone(ZoneInfo(site.timezone)).date()


def _minutes(week: SiteWeek, episode_id: UUID) -> int:
    return sum(one.minutes for one in week.of(episode_id))


def locked_week(site_id: UUID, first: date) -> SiteWeek:
    """The site's week with nobody else placing: whoever changes it holds the site's row, and the sessions judged."""
    site = Site.objects.select_for_update(no_key=True).get(pk=site_id)
    period = week_period(first, ZoneInfo(site.timezone))
    mine = Session.objects.filter(site=site, starts_at__gte=period.start, starts_at__lt=period.end)
    list(mine.select_for_update(no_key=True).order_by("id").values_list("id"))  # seats are counted after this
    return weeks.read(site, first)


def _place(week: SiteWeek, episode: Episode, needs: placing.Needs, *, by: Any, at: datetime) -> Placement:
    proposal = placing.propose(week, needs, at)
    bookings = tuple(book_slot(week, episode, slot, by=by, at=at) for slot in proposal.new)
    if bookings:
        ledger.record(
            "week.place", episode, by=by, at=at, first=week.first, sessions=[one.session_id for one in bookings],
            minutes=proposal.minutes, prescribed=proposal.target_minutes,
        )  # fmt: skip
    return Placement(
        episode.id, episode.client_id, bookings, proposal.minutes, proposal.target_minutes, proposal.shortfalls
    )


def book_slot(week: SiteWeek, episode: Episode, slot: Slot, *, by: Any, at: datetime) -> Booking:
    """Book one slot of a proposal; an appointment gets its office and row. Raises Refused when it no longer fits."""
    spans = [(one.starts_at, one.ends_at) for one in week.of(episode.id)]
    check_one_place(slot.starts_at, slot.ends_at, spans)
    session = week.sessions[slot.session_id] if slot.session_id else _appointment(week, slot)
    booking = put(session, episode, week.taken(session.id), by=by, at=at)
    week.booked.setdefault(session.id, set()).add(episode.id)
    return booking


def _appointment(week: SiteWeek, slot: Slot) -> Session:
    office = weeks.office_for(week, slot.starts_at, slot.ends_at)
    if office is None:
        raise Refused("No office is free at that time.")
    lead = next(who for who in week.counselors if who.id == slot.lead_id)
    session = Session(
        site=week.site, kind=slot.kind, title=slot.title, starts_at=slot.starts_at, ends_at=slot.ends_at, room=office,
        lead=lead, seats=1,
    )  # fmt: skip
    check_clear(weeks.meeting(session), week.meetings())
    session.save(force_insert=True)
    week.add(session)
    return session
