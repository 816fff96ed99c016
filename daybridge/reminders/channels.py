"""Ways out of the house: e-mail, and texts laid into a folder that a gateway of the site takes them from."""

import json
from pathlib import Path

from django.conf import settings
from django.core.mail import send_mail

from daybridge.consent import gate
from daybridge.consent import rules as consent
from daybridge.people.models import Client
from daybridge.reminders.models import Message
from daybridge.reminders.rules import Way

KIND = consent.Kind.SCHEDULE


def address_of(client: Client, way: Way) -> str:
    """Where a message of this way goes; "" when there is no such address."""
    if way is Way.EMAIL:
        return client.email
    numbers = client.phones.order_by("id")
    mobile = next((one for one in numbers if one.use == "mobile"), None) or numbers.first()
    return mobile.number if mobile else ""


def send(clearance: gate.Clearance, message: Message, subject: str, words: str) -> None:
    """Send one message. Raises ValueError when the clearance was given for something else, OSError when it fails."""
    clearance.check(message.client_id, KIND)
    to = address_of(message.client, Way(message.way))
    if message.way == Way.EMAIL:
        send_mail(subject, words + "\n", None, [to])
        return
    folder = Path(settings.HOME) / "texts"
    folder.mkdir(mode=0o700, exist_ok=True)
    sheet = folder / f"{message.id}.json"
    sheet.write_text(json.dumps({"to": to, "text": words}, ensure_ascii=False), encoding="utf-8")
    sheet.chmod(0o600)
