"""Sessions and bookings, for tests."""

from datetime import UTC, date, datetime, timedelta

from daybridge.access.models import Site
from daybridge.episodes.models import Episode
from daybridge.people.models import Staff
from daybridge.program.models import Room
from daybridge.program.tests import factories as program
from daybridge.scheduling.models import Booking, DraftLine, Notice, Session, StaffNotice, WeekDraft

STARTS = datetime(2026, 3, 2, 14, tzinfo=UTC)  # Monday 9:00 in New York


def session(lead: Staff, room: Room | None = None, **fields) -> Session:
    """A planned group of ten seats, Monday 9:00 to 10:30 in New York; kind "group" or "individual" or "family"."""
    starts = fields.pop("starts_at", STARTS)
    minutes = fields.pop("minutes", 90)
    defaults = {
        "kind": "group", "title": "Relapse Prevention", "starts_at": starts,
        "ends_at": starts + timedelta(minutes=minutes), "seats": 10, "site": lead.site,
    }  # fmt: skip
    if "topic" not in fields and fields.get("kind", "group") == "group":
        fields["topic"] = program.topic(minutes=minutes)
    return Session.objects.create(lead=lead, room=room or program.room(lead.site), **defaults | fields)


def booking(of: Session, episode: Episode, **fields) -> Booking:
    defaults = {"booked_at": of.starts_at - timedelta(days=3)}
    return Booking.objects.create(session=of, episode=episode, **defaults | fields)


def draft(site: Site, **fields) -> WeekDraft:
    """An open draft of the week of STARTS with nothing in it."""
    defaults = {"first": date(2026, 3, 2), "state": "open", "based_on": "0" * 64, "asked_at": STARTS}
    return WeekDraft.objects.create(site=site, **defaults | fields)


def draft_line(of: WeekDraft, episode: Episode, **fields) -> DraftLine:
    nothing = {"seats": [], "own": []}
    return DraftLine.objects.create(draft=of, episode=episode, **{"now": nothing, "was": nothing} | fields)


def notice(episode: Episode, **fields) -> Notice:
    """Told, not seen yet."""
    defaults = {"kind": "week-ready", "facts": {"day": "2026-03-02"}, "at": STARTS}
    return Notice.objects.create(episode=episode, **defaults | fields)


def staff_notice(staff: Staff, **fields) -> StaffNotice:
    defaults = {"kind": "week-ready", "facts": {"day": "2026-03-02"}, "at": STARTS}
    return StaffNotice.objects.create(staff=staff, **defaults | fields)
