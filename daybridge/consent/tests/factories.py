"""Consents, for tests: signed through the action."""

from datetime import datetime

from daybridge.consent import actions
from daybridge.consent.models import Consent
from daybridge.consent.rules import Signature
from daybridge.people.models import Client


def typed(name: str = "Rosa Delgado", **fields) -> Signature:
    defaults = {"relation": "self", "kind": "typed", "mark": name, "device": "test"}
    return Signature(name=name, **defaults | fields)


def signed(client: Client, form: str, *, by, at: datetime, language: str = "en") -> Consent:
    return actions.sign(client_id=client.id, form=form, language=language, signature=typed(), by=by, at=at)


def both(client: Client, *, by, at: datetime) -> list[Consent]:
    return [signed(client, form, by=by, at=at) for form in ("treatment", "part2-tpo")]
