"""The room's papers as tagged PDF (PDF/UA-1): letters, the list of what left, the notice. Each takes its Clearance."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from daybridge.consent.gate import Clearance
from daybridge.consent.rules import Kind
from daybridge.rights import shown, wording
from daybridge.rights.actions.packets import Handed
from daybridge.rights.leaving import LETTER, RECORD
from daybridge.rights.left import LeftList
from daybridge.rights.models import Letter
from daybridge.rights.sealed import words
from daybridge.ui.documents import pdf

TEMPLATES = Path(__file__).parent / "templates" / "typst"


@dataclass(frozen=True, slots=True)
class Paper:
    """A file to hand out: its bytes, type and name."""

    content: bytes
    media_type: str
    name: str


def letter(*, clearance: Clearance, letter: Letter) -> Paper:
    """One letter. Raises ValueError when the clearance was given for something else."""
    return letters(clearances=[clearance], given=[letter])


def letters(*, clearances: Sequence[Clearance], given: Sequence[Letter]) -> Paper:
    """Letters one after another, each on a page of its own, for the post. Each needs its own clearance."""
    sheets = []
    for leave, one in zip(clearances, given, strict=True):
        if not leave.covers(one.client_id, LETTER):
            raise ValueError("this clearance does not cover the letter")
        sheets.append(_sheet(one))
    sheets[0]["first"] = True
    data = {"language": given[0].language, "title": sheets[0]["title"], "sheets": sheets, "footer": shown.program()}
    return Paper(pdf(TEMPLATES / "letter.typ", data), "application/pdf", "letter.pdf")


def _sheet(one: Letter) -> dict[str, Any]:
    laid = wording.sheet(words(one, "words"))
    client = one.client
    day = shown.today(client.site, one.written_at)
    sender = [shown.program(), client.site.address, client.site.phone]
    to = [shown.written(day, one.language), f"{client.given_name} {client.family_name}".strip()]
    return {"first": False, "head": [line for line in sender if line], "to": to, **asdict(laid)}


def record(*, clearance: Clearance, packet: Handed) -> Paper:
    """A record that was put together. Raises ValueError unless the clearance covers all kinds of a record."""
    if not set(RECORD) <= set(clearance.kinds):
        raise ValueError("this clearance does not cover the record")
    return Paper(packet.content, packet.media_type, packet.name)


def left_list(*, clearance: Clearance, found: LeftList) -> Paper:
    """The list of what left, in the person's language. Raises ValueError for a clearance for something else."""
    clearance.check(found.client_id, Kind.DISCLOSURES)
    with translation.override(found.language):
        return Paper(pdf(TEMPLATES / "record.typ", _listed(found)), "application/pdf", "list.pdf")


def _listed(found: LeftList) -> dict[str, Any]:
    through = found.is_intermediaries
    title = _("Who got your record through a go-between") if through else _("What left your record")
    entries = [
        {
            "title": f"{date_format(one.at, 'DATE_FORMAT')}: {one.recipient}",
            "facts": [[_("What"), one.what], [_("What for"), one.purpose],
                      [_("Why we may"), _("You agreed to it.") if one.on_consent else _("The law lets us.")]],
        }
        for one in found.rows
    ]  # fmt: skip
    none = _("Nothing left your record in this time.")
    return {
        "language": found.language, "title": title, "lead": f"{found.client}, {found.record_number}", "none": none,
        "about": _("As of {day}.").format(day=date_format(found.asked_on, "DATE_FORMAT")), "contents": "",
        "footer": f"{found.record_number} · {found.asked_on.isoformat()}",
        "sections": [{"title": title, "entries": entries}],
    }  # fmt: skip


def notice(*, text: str, language: str, footer: str) -> Paper:
    """The patient notice, which is about nobody and may go to anybody."""
    sheet = {"first": True, "head": [], "to": [], **asdict(wording.sheet(text))}
    data = {"language": language, "title": sheet["title"], "sheets": [sheet], "footer": footer}
    return Paper(pdf(TEMPLATES / "letter.typ", data), "application/pdf", "notice.pdf")
