"""A record that was put together, as the person reads it on a screen."""

import io
import json
import zipfile
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.utils.translation import gettext as _

from daybridge.access.gates import require
from daybridge.access.rules import Permission
from daybridge.audit import ledger
from daybridge.rights import sealed, shown
from daybridge.rights.models import RecordPacket, Request
from daybridge.rights.record import SECTIONS


@dataclass(frozen=True, slots=True)
class Part:
    """One section: its title, and entries of (title, facts)."""

    id: str
    title: str
    entries: tuple[tuple[str, tuple[tuple[str, str], ...]], ...]


@dataclass(frozen=True, slots=True)
class RecordPage:
    """The whole record as it stood when it was put together."""

    request_id: UUID
    client: str
    record_number: str
    made_on: date
    parts: tuple[Part, ...]
    left_out: tuple[str, ...]


def on_screen(*, request_id: UUID, by, at: datetime) -> RecordPage:
    """The record of a request as it was put together, to look it through or to read it together with the person.

    Staff only, inside the program; the reading is on the ledger. Raises Request.DoesNotExist out of reach or before
    the record is there.
    """
    found = Request.objects.visible_to(by).select_related("client__site").filter(packet__made_at__isnull=False)
    request = found.get(pk=request_id)
    require(by, Permission.REQUEST_WORK, request)
    packet = RecordPacket.objects.defer("pages").get(request=request)
    with zipfile.ZipFile(io.BytesIO(sealed.content(packet, "files"))) as archive:
        data = json.loads(archive.read("record.json"))
    ledger.read("record.look", request, by=by, at=at)
    parts = tuple(_part(part, entries) for part, entries in data["sections"].items())
    left_out = tuple(str(SECTIONS[part][0]) for part in packet.left_out)
    made_on = shown.today(request.client.site, packet.made_at)
    return RecordPage(request.id, request.client.name, request.client.record_number, made_on, parts, left_out)


def _part(part: str, entries: list[dict]) -> Part:
    title = str(SECTIONS[part][0]) if part in SECTIONS else _("More")
    told = tuple(
        (one["title"], tuple((fact["name"], _shown(fact["value"])) for fact in one["facts"])) for one in entries
    )
    return Part(part, title, told)


def _shown(value: object) -> str:
    """An instant of the file as people read it; everything else as it is."""
    text = str(value)
    if len(text) in (25, 20) and text[4:5] == "-" and text[10:11] == "T":
        try:
            return f"{datetime.fromisoformat(text):%b %-d, %Y, %-I:%M %p}"
        except ValueError:
            return text
    return text
