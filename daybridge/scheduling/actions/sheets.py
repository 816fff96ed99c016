"""Weeks to hang up or take along, of a room's door and of a lead; they name no client."""

from collections.abc import Iterable
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from daybridge.access.gates import require
from daybridge.access.models import Program, Site
from daybridge.access.rules import Permission
from daybridge.kit.periods import week_period
from daybridge.people.models import Staff
from daybridge.program.models import Room
from daybridge.scheduling.models import Session
from daybridge.scheduling.rules import Service
from daybridge.ui import documents

TEMPLATE = Path(__file__).resolve().parent.parent / "templates" / "typst" / "sheet.typ"
OWN = "In use"  # what a door says of an appointment


def door_sign(*, room_id: UUID, first: date, by: Any) -> bytes:
    """What meets in a room in the week from `first`, as a tagged PDF: groups by title, appointments as "in use".

    Raises Room.DoesNotExist out of reach, NotAllowed.
    """
    sites = by.sites_with(Permission.WEEK_SEE)
    room = Room.objects.filter(site__in=sites).select_related("site").get(pk=room_id)
    require(by, Permission.WEEK_SEE, room.site)
    rows = Session.objects.visible_to(by).filter(room=room)
    named = ((one, one.title if one.kind == Service.GROUP else OWN, one.lead.name) for one in _week(rows, room, first))
    return documents.pdf(TEMPLATE, _data(room.site, room.name, first, "With", named))


def lead_sheet(*, staff_id: UUID, first: date, by: Any) -> bytes:
    """What a staff member leads in the week from `first`, as a tagged PDF. Raises Staff.DoesNotExist, NotAllowed."""
    sites = by.sites_with(Permission.WEEK_SEE)
    staff = Staff.objects.filter(site__in=sites).select_related("site", "user").get(pk=staff_id)
    require(by, Permission.WEEK_SEE, staff.site)
    rows = Session.objects.visible_to(by).filter(lead=staff)
    named = ((one, one.title, one.room.name) for one in _week(rows, staff, first))
    return documents.pdf(TEMPLATE, _data(staff.site, staff.name, first, "Where", named))


def _week(rows: Any, of: Any, first: date) -> list[Session]:
    week = week_period(first, ZoneInfo(of.site.timezone))
    standing = rows.standing().filter(starts_at__gte=week.start, starts_at__lt=week.end)
    return list(standing.select_related("room", "lead__user").order_by("starts_at"))


def _data(site: Site, title: str, first: date, third: str, named: Iterable[tuple[Session, str, str]]) -> dict[str, Any]:
    program, zone = Program.objects.first(), ZoneInfo(site.timezone)
    days: dict[str, list[dict[str, str]]] = {}
    for session, what, beside in named:
        start, end = session.starts_at.astimezone(zone), session.ends_at.astimezone(zone)
        row = {"time": f"{_clock(start)} to {_clock(end)}", "what": what, "third": beside}
        days.setdefault(f"{start:%A, %B} {start.day}", []).append(row)
    last = first + timedelta(days=6)
    return {
        "title": title, "sub": f"{first:%B} {first.day} to {last:%B} {last.day}", "site": site.name, "third": third,
        "program": program.name if program else "", "footer": site.phone or "",
        "days": [{"name": name, "rows": rows} for name, rows in days.items()],
    }  # fmt: skip


def _clock(at: Any) -> str:
    return f"{(at.hour - 1) % 12 + 1}:{at.minute:02} {'AM' if at.hour < 12 else 'PM'}"
