"""A client's week on paper: it leaves the program, so the consent gate is asked first."""

from datetime import date, datetime
from pathlib import Path
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import transaction

from daybridge.access.gates import require
from daybridge.access.models import Program
from daybridge.access.rules import Permission
from daybridge.consent import gate
from daybridge.consent import rules as consent
from daybridge.episodes.models import Episode
from daybridge.kit.periods import week_period
from daybridge.scheduling.models import Session
from daybridge.scheduling.rules import BookingState
from daybridge.ui import documents

TEMPLATE = Path(__file__).resolve().parent.parent / "templates" / "typst" / "week.typ"


@transaction.atomic
def print_week(*, episode_id: UUID, first: date, by: Any, at: datetime) -> bytes:
    """The week that begins on `first` as a tagged PDF, in the client's first language if it is English or Spanish.

    The disclosure to the client is written first. Raises Episode.DoesNotExist out of reach, NotAllowed, Refused.
    Source: 42 CFR 2.23 (people may see their own record); ISO 14289-1 for the document.
    """
    episode = Episode.objects.visible_to(by).select_related("client__site", "site").get(pk=episode_id)
    require(by, Permission.WEEK_SEE, episode)
    request = consent.Request(
        recipient=consent.THE_CLIENT,
        purpose=consent.Purpose.CLIENT,
        kinds=(consent.Kind.SCHEDULE,),
        what="the week on paper",
    )
    clearance = gate.clear(client=episode.client, request=request, by=by, at=at)
    return week_pdf(clearance, episode, first)


def week_pdf(clearance: gate.Clearance, episode: Episode, first: date) -> bytes:
    """The page that a clearance lets out. Raises ValueError when it was given for something else."""
    clearance.check(episode.client_id, consent.Kind.SCHEDULE)
    return documents.pdf(TEMPLATE, _data(episode, first))


def _language(episode: Episode) -> str:
    languages = episode.client.languages or ["en"]
    return "es" if str(languages[0]).startswith("es") else "en"


def _data(episode: Episode, first: date) -> dict[str, Any]:
    program, zone = Program.objects.first(), ZoneInfo(episode.site.timezone)
    rows = [_row(one, zone) for one in _sessions(episode, first, zone)]
    return {
        "language": _language(episode),
        "program": program.name if program else "", "phone": episode.site.phone or (program.phone if program else ""),
        "site": episode.site.name, "address": episode.site.address, "name": episode.client.called,
        "first": _day(first), "last": _day(date.fromordinal(first.toordinal() + 6)),
        "minutes": sum(row["minutes"] for row in rows), "sessions": rows,
    }  # fmt: skip


def _sessions(episode: Episode, first: date, zone: ZoneInfo) -> list[Session]:
    period = week_period(first, zone)
    booked = Session.objects.standing().filter(bookings__episode=episode, bookings__status=BookingState.BOOKED)
    booked = booked.filter(starts_at__gte=period.start, starts_at__lt=period.end)
    return list(booked.select_related("room", "lead__user").order_by("starts_at"))


def _row(session: Session, zone: ZoneInfo) -> dict[str, Any]:
    start, end = session.starts_at.astimezone(zone), session.ends_at.astimezone(zone)
    return {
        "day": _day(start.date()), "start": [start.hour, start.minute], "end": [end.hour, end.minute],
        "title": session.title, "kind": session.kind, "room": session.room.name, "lead": session.lead.name,
        "minutes": session.minutes,
    }  # fmt: skip


def _day(day: date) -> list[int]:
    """Weekday (Monday 0), month, day of the month: the template knows both languages' words for them."""
    return [day.weekday(), day.month, day.day, day.year]
