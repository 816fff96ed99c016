"""A consent as a tagged PDF (PDF/UA-1): the signed copy, and the form to sign by hand."""

from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from daybridge.consent.gate import Clearance
from daybridge.consent.queries import Copy, Page, Signed
from daybridge.consent.rules.words import Kind
from daybridge.ui.documents import pdf

TEMPLATE = Path(__file__).parent / "templates" / "typst" / "consent.typ"


def consent_pdf(clearance: Clearance, page: Copy) -> bytes:
    """The client's copy in the form's language; the same copy gives the same bytes."""
    clearance.check(page.client_id, Kind.CONSENTS)
    signed = [_signature(one) for one in page.signatures]
    if page.witness and signed:
        signed[0]["facts"].append([_("In the presence of"), page.witness])
    return pdf(TEMPLATE, _sheet(page, page.text_hash) | {"signed": signed, "lines": []})


def paper_pdf(clearance: Clearance, page: Page) -> bytes:
    """The form with empty lines: name, signature and day of everybody who has to sign."""
    clearance.check(page.client_id, Kind.CONSENTS)
    blanks = [_("Name"), _("Signature"), _("Day")]
    several = 2 if page.why_two else 1
    return pdf(TEMPLATE, _sheet(page, page.text_hash) | {"signed": [], "lines": [blanks] * several})


def _sheet(page: Copy | Page, text_hash: str) -> dict[str, Any]:
    return {
        "language": page.language, **asdict(page.sheet), "drawn_alt": _("The drawn signature"),
        "footer": f"{_('Fingerprint of the words above')} (SHA-256): {text_hash}",
    }  # fmt: skip


def _signature(one: Signed) -> dict[str, Any]:
    facts = [[_("Signed by"), one.name], [_("Signed on"), date_format(one.at, "DATETIME_FORMAT")]]
    if one.place:
        facts.append([_("Where"), str(one.place)])
    return {"facts": facts, "drawn": drawing(one.drawn)}


def drawing(path: str) -> str:
    """A drawn signature as an SVG file, "" for another one."""
    if not path:
        return ""
    line = 'fill="none" stroke="#1c1917" stroke-width="2.5" stroke-linecap="round" stroke-linejoin="round"'
    box = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 600 160" width="600" height="160">'
    return f'{box}<path {line} d="{path}"/></svg>'
