"""One-time links to a page on a phone: made, fingerprinted, written out, drawn as a QR code."""

import io
import secrets

import segno
from django.conf import settings
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from daybridge.vault import digest

PURPOSE = "portal.pass"


def new_token() -> str:
    """32 random bytes as 43 letters and digits."""
    return secrets.token_urlsafe(32)


def fingerprint(token: str) -> str:
    """What the database keeps of a token."""
    return digest(token, PURPOSE)


def address(token: str) -> str:
    """The whole address to open, as this installation is reached from outside."""
    return settings.ADDRESS.rstrip("/") + reverse("portal:enter", args=[token])


def qr(link: str) -> SafeString:
    """The link as a QR code: an SVG without inline style, dark on light whatever the theme."""
    out = io.BytesIO()
    segno.make(link, error="m").save(
        out, kind="svg", xmldecl=False, svgclass="qr", lineclass=None, omitsize=True, dark="#1c1917", light="#ffffff",
        border=4,
    )  # fmt: skip
    return mark_safe(out.getvalue().decode())
