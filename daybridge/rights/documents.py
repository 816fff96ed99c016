"""The room's papers as tagged PDF (PDF/UA-1): letters, the list of what left, the notice. Each takes its Clearance."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from daybridge.consent.gate import Clearance
from daybridge.rights import shown, wording
from daybridge.rights.leaving import LETTER
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
    head = [shown.program(), client.site.address, client.site.phone, "", shown.written(day, one.language), ""]
    head.append(f"{client.given_name} {client.family_name}".strip())
    return {"first": False, "head": [line for line in head if line], **asdict(laid)}


def notice(*, text: str, language: str, footer: str) -> Paper:
    """The patient notice, which is about nobody and may go to anybody."""
    sheet = {"first": True, "head": [], **asdict(wording.sheet(text))}
    data = {"language": language, "title": sheet["title"], "sheets": [sheet], "footer": footer}
    return Paper(pdf(TEMPLATES / "letter.typ", data), "application/pdf", "notice.pdf")
