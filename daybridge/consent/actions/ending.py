"""A consent ends: taken back by the client, past its last day, or because what it waited for happened."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import F, OuterRef, Q, Subquery

from daybridge.access.gates import require
from daybridge.access.rules import Permission
from daybridge.audit import ledger
from daybridge.consent import gate, happenings, rules, shown
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
    spoken wish is not enough or a court was promised a while. Source: CON-9, CON-22, CON-34; 42 CFR 2.31(a)(6), 2.35.
    """
    consent = within.consent(consent_id, by)
    if how not in HOWS:
        raise Refused("Say how it was asked for.")
    if how == SPOKEN and not RULES.rows["CON-22"].value:
        raise Refused("Here a consent is taken back in writing. Help the person write it down, then try again.")
    rules.check_may_revoke(gate.as_given(consent), shown.today(consent.client, at))
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
    """End every consent whose last day is over at its site, or whose event came true on a day that is over, each in a
    transaction of its own; how many ended. Doing it again ends nothing twice. Source: CON-1; 42 CFR 2.31(a)(7).
    """
    near = Consent.objects.visible_to(by).in_force()
    maybe = near.filter(_came_true() | Q(expires_on__lte=(at + timedelta(days=1)).date()))
    return sum(_expire(one, by, at) for one in list(maybe.order_by("id").values_list("id", flat=True)))


def _came_true() -> Q:
    """Consents that wait for an event of which the program knows that it came true since they were signed."""
    found = Q(pk__in=())
    for event, instants in happenings.CAME_TRUE.items():
        newest = Subquery(instants(OuterRef("client"))[:1])
        over = Consent.objects.filter(expires_event=event).annotate(came=newest).filter(came__gte=F("signed_at"))
        found |= Q(pk__in=over.order_by().values("pk"))
    return found


@transaction.atomic
def _expire(consent_id: UUID, by, at: datetime) -> bool:
    near = Consent.objects.visible_to(by).in_force().filter(pk=consent_id).select_related("client__site")
    consent = near.select_for_update(of=("self",), no_key=True).first()
    how = _over(consent, at) if consent else ""
    if consent is None or not how:
        return False
    require(by, Permission.CONSENT_SIGN, consent)
    _end(consent, ConsentState.EXPIRED, by=by, at=at, how=how)
    ledger.record("consent.expire", consent, by=by, at=at, form=consent.form, how=how)
    return True


def _over(consent: Consent, at: datetime) -> str:
    """How a consent ended by itself before today, "" while it holds: somebody who leaves and comes back on one day,
    or moves to another level of care, keeps it."""
    today = shown.today(consent.client, at)
    if consent.expires_on is not None and today > consent.expires_on:
        return BY_DATE
    came_true = happenings.of([consent.client_id]).get(consent.client_id, ())
    mine = (one for one in came_true if one.event == consent.expires_event and one.at >= (consent.signed_at or at))
    return BY_EVENT if any(today > shown.today(consent.client, one.at) for one in mine) else ""


def _end(consent: Consent, to: ConsentState, *, by, at: datetime, reason: str = "", how: str) -> None:
    was = ConsentState(consent.status)
    check_move(MOVES, was, to)
    consent.status, consent.ended_at = to, at
    consent.save(update_fields=["status", "ended_at"])
    within.tell(consent, was, by=by, at=at, reason=reason, how=how)
