"""Move a session along its life; book and release single seats."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from daybridge.access import rowlock
from daybridge.access.gates import require
from daybridge.access.models import Site, User
from daybridge.access.rules import Permission
from daybridge.audit import ledger
from daybridge.episodes.models import Episode
from daybridge.kit.errors import Refused
from daybridge.kit.states import check_move
from daybridge.people import reach
from daybridge.scheduling import weeks
from daybridge.scheduling.models import Booking, Session
from daybridge.scheduling.rules import (
    BOOKABLE,
    MOVES,
    BookingState,
    SessionState,
    check_clear,
    check_one_place,
    check_seat,
)

# Who may make a move: the roll opens and closes, the note documents, the desk calls off.
MOVERS = {
    SessionState.PLANNED: Permission.WEEK_PLACE,
    SessionState.OPEN: Permission.ROLL_MARK,
    SessionState.HELD: Permission.ROLL_MARK,
    SessionState.DOCUMENTED: Permission.NOTE_SIGN,
    SessionState.CLOSED: Permission.NOTE_SIGN,
    SessionState.CANCELLED: Permission.WEEK_PLACE,
}


@transaction.atomic
def move(*, session_id: UUID, to: SessionState, by: Any, at: datetime) -> Session:
    """Move a session to its next state. Calling off releases nothing here: use cancel().

    Raises Session.DoesNotExist out of reach, NotAllowed, IllegalMove.
    """
    session = _locked(session_id, by)
    require(by, MOVERS[to], session)
    return _move(session, to, "", by=by, at=at)


@transaction.atomic
def cancel(*, session_id: UUID, reason: str, by: Any, at: datetime) -> Session:
    """Call a session off and release its seats. Raises Session.DoesNotExist out of reach, NotAllowed, IllegalMove."""
    session = _locked(session_id, by)
    require(by, Permission.WEEK_PLACE, session)
    moved = _move(session, SessionState.CANCELLED, reason, by=by, at=at)
    session.bookings.filter(status=BookingState.BOOKED).update(status=BookingState.RELEASED)
    return moved


@transaction.atomic
def restore(*, session_id: UUID, by: Any, at: datetime) -> Session:
    """Undo a cancellation: the session stands again, with the seats it had when room, lead and clients are still free.

    Raises Session.DoesNotExist out of reach, NotAllowed, IllegalMove, Refused when room or lead were given away.
    """
    Site.objects.select_for_update(no_key=True).get(pk=Session.objects.visible_to(by).get(pk=session_id).site_id)
    session = _locked(session_id, by)
    require(by, Permission.WEEK_PLACE, session)
    beside = Session.objects.standing().filter(
        site=session.site_id, starts_at__lt=session.ends_at, ends_at__gt=session.starts_at
    ).exclude(pk=session.pk)  # fmt: skip
    check_clear(weeks.meeting(session), [weeks.meeting(one) for one in beside])
    moved = _move(session, SessionState.PLANNED, "", by=by, at=at)
    elsewhere = Booking.objects.filter(session__in=beside, status=BookingState.BOOKED).values("episode")
    session.bookings.filter(status=BookingState.RELEASED).exclude(episode__in=elsewhere).update(
        status=BookingState.BOOKED
    )
    return moved


@transaction.atomic
def book(*, session_id: UUID, episode_id: UUID, by: Any, at: datetime) -> Booking:
    """Give a client a seat in one session.

    Raises DoesNotExist out of reach, NotAllowed, Refused when the session is full, over or at another site, or the
    client is booked elsewhere then.
    """
    episode = Episode.objects.visible_to(by).select_for_update(no_key=True).get(pk=episode_id)
    session = _locked(session_id, by)
    require(by, Permission.WEEK_PLACE, session)
    if session.status not in BOOKABLE or episode.site_id != session.site_id or episode.status == "discharged":
        raise Refused("This client cannot be booked into this session.")
    mine = Session.objects.standing().filter(bookings__episode=episode, bookings__status=BookingState.BOOKED)
    beside = mine.filter(starts_at__lt=session.ends_at, ends_at__gt=session.starts_at).exclude(pk=session.pk)
    check_one_place(session.starts_at, session.ends_at, beside.values_list("starts_at", "ends_at"))
    booking = put(session, episode, _taken(session), by=by, at=at)
    ledger.record("booking.make", booking, by=by, at=at, session=session.id)
    return booking


@transaction.atomic
def release(*, booking_id: UUID, reason: str, by: Any, at: datetime) -> Booking:
    """Give a seat back. Raises Booking.DoesNotExist out of reach, NotAllowed, Refused once the session took place."""
    mine = reach.clients_within(by, Permission.WEEK_SEE, "episode__client", site="session__site")
    seats = Booking.objects.filter(mine, session__in=Session.objects.visible_to(by)).select_related(
        "session", "episode"
    )
    session = _locked(seats.get(pk=booking_id).session_id, by)
    require(by, Permission.WEEK_PLACE, session)
    booking = seats.select_for_update(of=("self",)).get(pk=booking_id)
    if session.status not in BOOKABLE:
        raise Refused("This session took place; its seats stay as they were.")
    booking.status = BookingState.RELEASED
    booking.save(update_fields=["status"])
    ledger.record("booking.release", booking, by=by, at=at, session=booking.session_id, reason=reason)
    return booking


@rowlock.as_system("seats are counted over everybody")
def _taken(session: Session) -> int:
    return session.bookings.filter(status=BookingState.BOOKED).count()


def _locked(session_id: UUID, by: Any) -> Session:
    """The session, held until the end. Everybody locks in one order: site, episode, session, booking, ledger."""
    return Session.objects.visible_to(by).select_for_update(no_key=True).get(pk=session_id)


def put(session: Session, episode: Episode, taken: int, *, by: Any, at: datetime) -> Booking:
    """Write one seat of a session that the caller has locked; a seat that was released is taken up again."""
    check_seat(taken, session.seats)
    who = by if isinstance(by, User) else None
    values = {"status": BookingState.BOOKED, "booked_by": who, "booked_at": at}
    booking, _ = Booking.objects.update_or_create(session=session, episode=episode, defaults=values)
    return booking


def _move(session: Session, to: SessionState, reason: str, *, by: Any, at: datetime) -> Session:
    was = SessionState(session.status)
    check_move(MOVES, was, to)
    session.status = to
    session.opened_at = at if to is SessionState.OPEN else session.opened_at
    session.held_at = at if to is SessionState.HELD else session.held_at
    session.save(update_fields=["status", "opened_at", "held_at"])
    ledger.record("session.move", session, by=by, at=at, was=was, now=to, reason=reason)
    return session
