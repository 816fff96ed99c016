"""What a calendar shows: a client's own sessions with neutral titles, a staff member's sessions without any client."""

from datetime import datetime

from django.utils import translation
from django.utils.translation import gettext as _

from daybridge.consent import gate
from daybridge.consent import rules as consent
from daybridge.reminders import calendars
from daybridge.reminders.calendars import Event
from daybridge.reminders.models import Feed
from daybridge.reminders.rules import horizon
from daybridge.scheduling.models import Booking, Session


def of_client(clearance: gate.Clearance, feed: Feed, at: datetime) -> bytes:
    """A client's calendar; titles say nothing of care. Raises ValueError for a clearance given for something else."""
    clearance.check(feed.client_id, consent.Kind.SCHEDULE)
    span = horizon(at)
    rows = Booking.objects.filter(
        episode__client=feed.client_id, session__starts_at__gte=span.start, session__starts_at__lt=span.end
    ).select_related("session")  # fmt: skip
    with translation.override(feed.language):
        title = _("Appointment")
        events = [_event(one.session, title, "", one.booked_at, one.status != "booked") for one in rows]
        return calendars.calendar(events, _("Appointments"))


def of_staff(feed: Feed, at: datetime) -> bytes:
    """The sessions a staff member leads: what and where, never for whom."""
    span = horizon(at)
    rows = Session.objects.filter(lead=feed.staff, starts_at__gte=span.start, starts_at__lt=span.end)
    with translation.override(feed.language):
        events = [
            _event(one, one.title if feed.shows_titles else _("Session"), one.room.name, one.starts_at, False)
            for one in rows.select_related("room")
        ]
        return calendars.calendar(events, _("My sessions"))


def _event(session: Session, title: str, place: str, changed_at: datetime, is_off: bool) -> Event:
    off = is_off or session.status == "cancelled"
    return Event(f"{session.id}@daybridge", session.starts_at, session.ends_at, title, changed_at, place, off)
