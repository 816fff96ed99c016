"""A signed consent as a tagged PDF (PDF/UA-1)."""

from dataclasses import asdict
from pathlib import Path

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from daybridge.consent.queries import Copy
from daybridge.ui.documents import pdf

TEMPLATE = Path(__file__).parent / "templates" / "typst" / "consent.typ"


def consent_pdf(page: Copy) -> bytes:
    """The client's copy in the form's language; the same copy gives the same bytes."""
    data = {
        "language": page.language,
        **asdict(page.sheet),
        "signed": facts(page),
        "drawn": drawing(page),
        "drawn_alt": _("The drawn signature"),
        "footer": f"{_('Fingerprint of the words above')} (SHA-256): {page.text_hash}",
    }
    return pdf(TEMPLATE, data)


def facts(page: Copy) -> list[list[str]]:
    """Who signed, when, before whom: pairs of term and value."""
    when = date_format(page.signed_at, "DATETIME_FORMAT")
    return [[_("Signed by"), page.signer], [_("Signed on"), when], [_("In the presence of"), page.witness]]


def drawing(page: Copy) -> str:
    """The drawn signature as an SVG file, "" for a typed one."""
    if page.signature_kind != "drawn":
        return ""
    line = 'fill="none" stroke="#1c1917" stroke-width="2.5" stroke-linecap="round" stroke-linejoin="round"'
    box = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 600 160" width="600" height="160">'
    return f'{box}<path {line} d="{page.signature}"/></svg>'
