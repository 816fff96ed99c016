"""Passes and the visits made with them, for tests."""

from datetime import datetime

from django.test import Client as Browser
from django.urls import reverse

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
