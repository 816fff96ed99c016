"""Hand out a copy of what was signed."""

from datetime import datetime
from uuid import UUID

from daybridge.access.rules import Permission
from daybridge.consent import gate, rules
from daybridge.consent.models import Consent
from daybridge.consent.rules import Kind, Purpose
from daybridge.kit.errors import Refused


def give_copy(*, consent_id: UUID, by, at: datetime) -> tuple[gate.Clearance, Consent]:
    """Leave to hand the client a copy of a consent, and that consent.

    Raises Consent.DoesNotExist out of reach, NotAllowed, or Refused for one nobody signed. Source: CON-5; 42 CFR 2.23.
    """
    consent = _find(consent_id, by)
    if not consent.text:
        raise Refused("Nobody has signed this yet, so there is no copy of it.")
    return _cleared(consent, f"copy of {consent.form}", by=by, at=at), consent


def give_paper(*, consent_id: UUID, by, at: datetime) -> gate.Clearance:
    """Leave to hand the client what was prepared, printed, to sign by hand. Raises as `give_copy`."""
    consent = _find(consent_id, by)
    return _cleared(consent, f"{consent.form} to sign by hand", by=by, at=at)


def _find(consent_id: UUID, by) -> Consent:
    return Consent.objects.visible_to(by).select_related("client__site", "witness").get(pk=consent_id)


def _cleared(consent: Consent, what: str, *, by, at: datetime) -> gate.Clearance:
    request = rules.Request(recipient=rules.THE_CLIENT, purpose=Purpose.CLIENT, kinds=(Kind.CONSENTS,), what=what)
    return gate.clear(client=consent.client, request=request, by=by, at=at, permission=Permission.CONSENT_SEE)
