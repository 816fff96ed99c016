"""A consent ends: taken back by the client, past its last day, or because what it waited for happened."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from daybridge.access.gates import require
from daybridge.access.rules import Permission
from daybridge.audit import ledger
from daybridge.consent import shown
from daybridge.consent.actions import within
from daybridge.consent.models import Consent
from daybridge.consent.rules.book import RULES
from daybridge.consent.rules.words import MOVES, ConsentState
from daybridge.kit.errors import Refused
from daybridge.kit.states import check_move

TAPPED, SPOKEN, WRITTEN = "tapped", "spoken", "written"
HOWS = (TAPPED, SPOKEN, WRITTEN)
BY_DATE, BY_EVENT = "by date", "by event"


@transaction.atomic
def revoke(*, consent_id: UUID, reason: str, by, at: datetime, how: str = SPOKEN) -> Consent:
    """End a consent at once: the next disclosure is refused; what left before stays lawful. `by` heard or read it.

    Raises Consent.DoesNotExist out of reach, NotAllowed, IllegalMove when it had ended already, or Refused where a
    spoken wish is not enough. Source: CON-9, CON-22; 42 CFR 2.31(a)(6).
    """
    consent = within.consent(consent_id, by)
    if how not in HOWS:
        raise Refused("Say how it was asked for.")
    if how == SPOKEN and not RULES.rows["CON-22"].value:
        raise Refused("Here a consent is taken back in writing. Help the person write it down, then try again.")
    _end(consent, ConsentState.REVOKED, by=by, at=at, reason=reason, how=how)
    ledger.record("consent.revoke", consent, by=by, at=at, form=consent.form, how=how)
    return consent


@transaction.atomic
def happened(*, consent_id: UUID, by, at: datetime) -> Consent:
    """What a consent waited for came true, so it ends. Raises as `revoke`, and Refused when it ends otherwise."""
    consent = within.consent(consent_id, by)
    if not (consent.expires_event or consent.expires_condition):
        raise Refused("This one does not wait for anything to happen.")
    _end(consent, ConsentState.EXPIRED, by=by, at=at, how=BY_EVENT)
    ledger.record("consent.expire", consent, by=by, at=at, form=consent.form, how=BY_EVENT)
    return consent


def expire_due(*, by, at: datetime) -> int:
    """End every consent whose last day is over at its site, each in a transaction of its own; how many ended.

    Doing it again ends nothing twice. Source: CON-1; 42 CFR 2.31(a)(7).
    """
    maybe = Consent.objects.visible_to(by).in_force().filter(expires_on__lte=(at + timedelta(days=1)).date())
    return sum(_expire(one, by, at) for one in list(maybe.order_by("id").values_list("id", flat=True)))


@transaction.atomic
def _expire(consent_id: UUID, by, at: datetime) -> bool:
    near = Consent.objects.visible_to(by).in_force().filter(pk=consent_id).select_related("client__site")
    consent = near.select_for_update(of=("self",), no_key=True).first()
    if consent is None or consent.expires_on is None or shown.today(consent.client, at) <= consent.expires_on:
        return False
    require(by, Permission.CONSENT_SIGN, consent)
    _end(consent, ConsentState.EXPIRED, by=by, at=at, how=BY_DATE)
    ledger.record("consent.expire", consent, by=by, at=at, form=consent.form, how=BY_DATE)
    return True


def _end(consent: Consent, to: ConsentState, *, by, at: datetime, reason: str = "", how: str) -> None:
    was = ConsentState(consent.status)
    check_move(MOVES, was, to)
    consent.status, consent.ended_at = to, at
    consent.save(update_fields=["status", "ended_at"])
    within.tell(consent, was, by=by, at=at, reason=reason, how=how)
