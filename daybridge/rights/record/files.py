"""A record as pages to read (one tagged PDF) and as files for machines (JSON and CSV in one zip)."""

import io
import json
import zipfile
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from daybridge import vault
from daybridge.kit.sheets import sheet
from daybridge.people.documents.keeping import context
from daybridge.people.models import Document
from daybridge.rights.record.codes import Code, said
from daybridge.rights.record.contents import Section, Whose
from daybridge.ui.documents import pdf

TEMPLATES = Path(__file__).parents[1] / "templates" / "typst"
FIRST_DAY_OF_ZIP = (1980, 1, 1, 0, 0, 0)  # so that the same record gives the same bytes


def spoken(value: object, zone: ZoneInfo) -> str:
    """A value as people of the active language read it, times of the site."""
    if isinstance(value, datetime):
        return date_format(value.astimezone(zone), "DATETIME_FORMAT")
    if isinstance(value, date):
        return date_format(value, "DATE_FORMAT")
    if isinstance(value, tuple):
        return ", ".join(spoken(one, zone) for one in value)
    return said(value) if isinstance(value, Code) else str(value)


def plain(value: object, zone: ZoneInfo) -> str | int | float:
    """A value as machines read it: ISO 8601 with the offset of the site."""
    if isinstance(value, datetime):
        return value.astimezone(zone).isoformat(timespec="seconds")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return ", ".join(map(str, value))
    return value if isinstance(value, int | float) else str(value)


def listed(sections: Sequence[Section], zone: ZoneInfo) -> list[dict[str, Any]]:
    """Sections for a template or a page: title, and entries with title and facts in words."""
    return [
        {
            "id": part.id,
            "title": part.title,
            "entries": [
                {"title": str(one.title), "facts": [[term, spoken(value, zone)] for term, value in one.facts]}
                for one in part.entries
            ],
        }
        for part in sections
    ]


def pages(of: Whose, sections: Sequence[Section], *, language: str, made_on: date) -> bytes:
    """The record as one tagged PDF (PDF/UA-1) in the active language."""
    name = f"{of.client.given_name} {of.client.family_name}".strip()
    data = {
        "language": language,
        "title": _("Your record"),
        "lead": f"{name}, {of.client.record_number}",
        "about": _(
            "This is your whole record as it stood on {day}. Private counseling notes are kept apart and are not in it."
        ).format(day=date_format(made_on, "DATE_FORMAT")),
        "none": _("Nothing here."),
        "contents": _("What is in it"),
        "footer": f"{name} · {of.client.record_number} · {made_on.isoformat()}",
        "sections": listed(sections, of.zone),
    }
    return pdf(TEMPLATES / "record.typ", data)


def bundle(of: Whose, sections: Sequence[Section]) -> bytes:
    """The record as a zip: record.json with everything, a CSV a section, and the kept papers as they came."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        _add(archive, "record.json", json.dumps(_data(of, sections), ensure_ascii=False, indent=1).encode())
        for part in sections:
            _add(archive, f"{part.id}.csv", _csv(part, of.zone))
        if any(part.id == "documents" for part in sections):
            for name, content in _papers(of):
                _add(archive, name, content)
    return out.getvalue()


def _add(archive: zipfile.ZipFile, name: str, content: bytes) -> None:
    archive.writestr(zipfile.ZipInfo(name, FIRST_DAY_OF_ZIP), content, zipfile.ZIP_DEFLATED)


def _data(of: Whose, sections: Sequence[Section]) -> dict[str, Any]:
    found = {
        part.id: [
            {
                "title": str(one.title),
                "facts": [{"name": term, "value": plain(value, of.zone)} for term, value in one.facts],
            }
            for one in part.entries
        ]
        for part in sections
    }
    return {"format": "daybridge-record@1", "record": of.client.record_number, "sections": found}


def _csv(part: Section, zone: ZoneInfo) -> bytes:
    """One row an entry; the columns are every fact of the section, in the order in which they first come."""
    terms = list(dict.fromkeys(term for one in part.entries for term, _value in one.facts))
    rows = []
    for one in part.entries:
        said: dict[str, list[str]] = {}
        for term, value in one.facts:
            said.setdefault(term, []).append(str(plain(value, zone)))
        rows.append([one.title, *("; ".join(said.get(term, ())) for term in terms)])
    return sheet(["entry", *terms], rows)


def _papers(of: Whose) -> Iterable[tuple[str, bytes]]:
    """One at a time: only one paper is open in memory."""
    kept = Document.objects.filter(client__in=of.ids).exclude(kind="packet").order_by("kept_at", "id")
    for number, one in enumerate(kept.iterator(chunk_size=1), 1):
        ending = one.media_type.rpartition("/")[2].replace("plain", "txt").replace("jpeg", "jpg")
        yield f"papers/{number:03}.{ending}", vault.unseal_bytes(one.sealed, context(one.id))
