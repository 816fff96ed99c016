"""The library on paper as tagged PDF (PDF/UA-1): handouts for who comes, outlines for who leads. They name nobody."""

from dataclasses import dataclass
from pathlib import Path

from daybridge.program.queries import EntryPage
from daybridge.program.words import STEP_KINDS
from daybridge.ui.documents import pdf

TEMPLATE = Path(__file__).parent / "templates" / "typst" / "sheet.typ"
# who may be called, on every sheet that a client takes home
HELP = {
    "en": "Need help now? Call or text 988, day or night. In danger: 911.",
    "es": "¿Necesita ayuda ahora? Llame o escriba al 988, de día o de noche. En peligro: 911.",
}
US = {"en": "Us", "es": "Nosotros"}


@dataclass(frozen=True, slots=True)
class Place:
    """The site that hands a sheet out."""

    name: str
    phone: str


def handout(*, page: EntryPage, place: Place) -> bytes:
    """The handout of a topic, with whom to call at its foot; it is the same for everybody."""
    parts = [{"words": words, "items": list(items), "label": ""} for words, items in page.blocks]
    us = f" {US[page.language]}: {place.phone}." if place.phone else ""
    return _sheet(page, place, parts, HELP[page.language] + us)


def outline(*, page: EntryPage, place: Place) -> bytes:
    """The outline of a topic: minutes, kind and what to do of each step."""
    kinds = STEP_KINDS[page.language]
    parts = [{"words": one.words, "items": [], "label": f"{one.minutes} min · {kinds[one.kind]}"} for one in page.steps]
    return _sheet(page, place, parts, page.summary)


def _sheet(page: EntryPage, place: Place, parts: list[dict], foot: str) -> bytes:
    return pdf(
        TEMPLATE,
        {"language": page.language, "title": page.title, "place": place.name, "parts": parts, "foot": foot},
    )
