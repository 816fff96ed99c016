"""One-time links: made, written out in full, and sent."""

import secrets

from django.conf import settings
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.urls import reverse

from daybridge.access.models import Invitation, Program
from daybridge.vault import digest

PURPOSE = "access.invitation"


def new_token() -> str:
    """43 letters and digits that nobody can guess."""
    return secrets.token_urlsafe(32)


def fingerprint(token: str) -> str:
    """What the database keeps of a token."""
    return digest(token, PURPOSE)


def address(token: str) -> str:
    """The whole address to open, as this installation is reached from outside."""
    return settings.ADDRESS.rstrip("/") + reverse("access:invitation", args=[token])


def send(invitation: Invitation, link: str) -> None:
    """Send the invitation's letter."""
    program = Program.objects.first()
    context = {"name": invitation.name, "link": link, "program": program.name if program else "Daybridge",
               "expires_at": invitation.expires_at, "site": invitation.site}  # fmt: skip
    letter = render_to_string("access/email/invitation.txt", context)
    subject, _, body = letter.strip().partition("\n")
    send_mail(subject, body.strip() + "\n", None, [invitation.email])
