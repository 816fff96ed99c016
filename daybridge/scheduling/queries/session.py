"""One session: where, who leads, who is booked, what may be done."""

from datetime import datetime
from typing import Any
from uuid import UUID

from daybridge.access.gates import may
from daybridge.access.rules import Permission
from daybridge.audit import ledger
from daybridge.people import reach
from daybridge.scheduling.models import Session
from daybridge.scheduling.queries import blocks
from daybridge.scheduling.queries.session_page import Seat, SessionPage
from daybridge.scheduling.rules import BOOKABLE, BookingState, Service, SessionState


def _steps(found: Session, by: Any, at: datetime) -> dict[str, bool]:
    """What the reader may do with the session as it stands."""
    may_place = may(by, Permission.WEEK_PLACE, found)
    may_move = may_place and found.status == SessionState.PLANNED and found.starts_at > at
    may_cancel = may_place and found.status in BOOKABLE
    return {
        "may_move": may_move, "may_mend": may_move and found.kind == Service.GROUP,
        "may_cancel": may_cancel, "may_release": may_cancel,
        "may_restore": may_place and found.status == SessionState.CANCELLED,
    }  # fmt: skip


def session(*, session_id: UUID, by: Any, at: datetime) -> SessionPage:
    """One session with the names of those booked, read on the ledger. Raises Session.DoesNotExist out of reach."""
    sessions = Session.objects.visible_to(by).select_related("topic", "track", "room", "lead__user")
    found = sessions.get(pk=session_id)
    booked = found.bookings.filter(
        reach.not_hidden(by, Permission.WEEK_SEE, "episode__client"), status=BookingState.BOOKED
    )
    mine = reach.clients_within(by, Permission.WEEK_SEE, "episode__client", site="session__site", also=reach.led(by))
    rows = booked.filter(mine).select_related("episode__client")
    seats = sorted(
        (Seat(row.id, row.episode_id, row.episode.client_id, row.episode.client.name) for row in rows),
        key=lambda seat: seat.name,
    )
    ledger.read_list("session.read", [seat.client_id for seat in seats], by=by, at=at, session=found.id)
    return SessionPage(
        id=found.id, title=found.title, kind=found.kind, look=blocks.look(found.kind, _category(found)),
        topic=found.topic.summary if found.topic else "", track=found.track.name if found.track else "",
        status=found.status, starts_at=found.starts_at, ends_at=found.ends_at, minutes=found.minutes,
        room_id=found.room_id, lead_id=found.lead_id,
        room=found.room.name, lead=found.lead.signature, seats=found.seats, booked=tuple(seats), taken=booked.count(),
        **_steps(found, by, at), may_see_roll=may(by, Permission.ROLL_SEE, found),
        may_see_note=may(by, Permission.NOTE_SEE, found),
    )  # fmt: skip


def _category(session: Session) -> str:
    return session.topic.category if session.topic else ""
