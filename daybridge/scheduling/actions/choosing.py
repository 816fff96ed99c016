"""Book the week somebody chose out of the three best: seats it gives up are given back, the others booked."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from daybridge.access.gates import require
from daybridge.access.models import Site
from daybridge.access.rules import Permission
from daybridge.audit import ledger
from daybridge.episodes.models import Episode
from daybridge.kit.errors import Refused
from daybridge.scheduling import choosing, placing
from daybridge.scheduling.actions.placing import Placement, book_slot, locked_week, today_at
from daybridge.scheduling.actions.sessions import cancel, release
from daybridge.scheduling.models import Booking
from daybridge.scheduling.rules import BookingState, Service, Slot
from daybridge.scheduling.weeks import SiteWeek

CHANGED = "The week has changed meanwhile, so this one is no longer to be had. These are the best weeks now."
WHY = "another week was chosen"


@transaction.atomic
def choose(*, episode_id: UUID, first: date, choice: str, by: Any, at: datetime) -> Placement:
    """Book the offered week named `choice` whole: what it leaves is given back, nobody else moves.

    The weeks are worked out anew while the site's week is held, so that what is booked is what was shown.
    Raises Episode.DoesNotExist out of reach, NotAllowed, Refused without a track or a signed plan, or when that week
    is no longer offered. Source: scheduling.choosing.options.
    """
    reach = Episode.objects.visible_to(by).select_related("site", "client")
    Site.objects.select_for_update(no_key=True).get(pk=reach.get(pk=episode_id).site_id)
    episode = reach.select_for_update(of=("self",), no_key=True).get(pk=episode_id)
    require(by, Permission.WEEK_PLACE, episode)
    if episode.status not in ("pending", "active"):
        raise Refused("Only a client who is in care can be placed.")
    needs = placing.needs_for(episode, max(first, today_at(episode.site, at)), by)
    week = locked_week(episode.site_id, first)
    found = next((one for one in choosing.options(week, needs, at) if one.choice == choice), None)
    if found is None:
        raise Refused(CHANGED)
    for slot in found.given_back:
        _give_back(slot, episode, by=by, at=at)
    kept = {slot.session_id for slot in found.proposal.slots if slot.session_id}
    bookings = _book(choosing.without(week, episode.id, kept), episode, found.proposal.new, by=by, at=at)
    ledger.record(
        "week.place", episode, by=by, at=at, first=first, sessions=[one.session_id for one in bookings],
        given_back=len(found.given_back), minutes=found.proposal.minutes, prescribed=found.proposal.target_minutes,
    )  # fmt: skip
    proposal = found.proposal
    return Placement(
        episode.id, episode.client_id, bookings, proposal.minutes, proposal.target_minutes, proposal.shortfalls
    )


def _book(week: SiteWeek, episode: Episode, slots: tuple[Slot, ...], *, by: Any, at: datetime) -> tuple[Booking, ...]:
    return tuple(book_slot(week, episode, slot, by=by, at=at) for slot in slots)


def _give_back(slot: Slot, episode: Episode, *, by: Any, at: datetime) -> None:
    """A seat in a group is free again; an appointment that nobody comes to is called off."""
    if slot.kind != Service.GROUP:
        cancel(session_id=slot.session_id, reason=WHY, by=by, at=at)
        return
    booking = Booking.objects.get(session=slot.session_id, episode=episode, status=BookingState.BOOKED)
    release(booking_id=booking.id, reason=WHY, by=by, at=at)
