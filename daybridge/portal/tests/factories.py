"""Passes and the visits made with them, for tests."""

from datetime import datetime

from django.test import Client as Browser
from django.urls import reverse

from daybridge.consent.models import Consent
from daybridge.consent.tests import factories as consents
from daybridge.people.models import Client
from daybridge.portal import actions
from daybridge.portal.models import Pass


def link(of: Client, *, by, at: datetime, **more) -> str:
    """A fresh link, as a path on this machine."""
    _one, address = actions.give_pass(client_id=of.id, by=by, at=at, **more)
    return address[address.index("/my/") :]


def opened(of: Client, *, by, at: datetime, **more) -> Pass:
    _one, address = actions.give_pass(client_id=of.id, by=by, at=at, **more)
    token = address.rstrip("/").rpartition("/")[2]
    return actions.enter(token=token, phone="own", language="", device="Safari on iPhone", at=at)


def visit(path: str, phone: str = "own") -> Browser:
    """A browser that opened a link."""
    browser = Browser()
    answer = browser.post(path, {"phone": phone})
    assert answer.status_code == 302, answer.status_code
    assert answer.url == reverse("portal:home")
    return browser


def agreed(of: Client, kinds=(), *, at: datetime, **fields) -> Consent:
    """A consent in force that names the mother; `sensitivities`, `kind`, `status` and terms may differ."""
    mother = {
        "kind": "family", "recipient_type": "person", "recipient_name": "Maria Delgado", "recipient_relation": "mother",
        "purposes": ["family"],
    }  # fmt: skip
    return consents.stored(of, at=at, kinds=[str(kind) for kind in kinds], **mother | fields)
