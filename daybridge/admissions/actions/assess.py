"""The assessment and the decision, as steps of a referral."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from daybridge.access.gates import require
from daybridge.access.rules import Permission
from daybridge.admissions.actions import steps
from daybridge.admissions.models import Referral
from daybridge.admissions.rules import CLOSED, ReferralState
from daybridge.admissions.rules.entry import OFFERED
from daybridge.kit.errors import Refused
from daybridge.level_of_care import actions as level_of_care
from daybridge.level_of_care import naming
from daybridge.level_of_care.models import Determination
from daybridge.level_of_care.rules import Choice

HAND_OFF = "Needs {level}, which is not offered here. Warm hand-off: call the next place together with the client."


@transaction.atomic
def assess(
    *, referral_id: UUID, case: Mapping[str, Any], evidence: Mapping[str, str], by, at: datetime
) -> Determination:
    """Keep an assessment and move the referral to assessed; the same form again keeps nothing new.

    `case` has the shape of the contract `level-of-care`. A decided referral goes back to assessed.
    Raises Referral.DoesNotExist out of reach, NotAllowed, BadInput, or Refused before the screen or after the end.
    """
    referral = steps.held(referral_id=referral_id, by=by)
    require(by, Permission.ASSESS, referral)
    _check_assessable(ReferralState(referral.state))
    same = _same(referral, case, evidence, by)
    if same:
        return same
    made = level_of_care.assess(client_id=referral.client_id, case=case, evidence=evidence, by=by, at=at)
    if referral.state != ReferralState.ASSESSED:
        steps.step(referral=referral, to=ReferralState.ASSESSED, by=by, at=at)
    return made


@transaction.atomic
def decide(*, referral_id: UUID, choice: Choice, by, at: datetime) -> Referral:
    """Decide the level on the referral's newest assessment; a level not offered here refers the person elsewhere.

    Raises Referral.DoesNotExist out of reach, NotAllowed, or Refused: not assessed, decided already, no reason.
    """
    referral = steps.held(referral_id=referral_id, by=by)
    require(by, Permission.DETERMINATION_DECIDE, referral)
    newest = assessments(referral).first()
    if newest is None:
        raise Refused("Assess first; there is nothing to decide on yet.")
    if referral.state != ReferralState.ASSESSED:
        raise Refused("The level of care is decided already. Assess again to change it.")
    decided = level_of_care.decide(determination_id=newest.id, decision=choice, by=by, at=at)
    if decided.decided_level in OFFERED:
        return steps.step(referral=referral, to=ReferralState.DECIDED, by=by, at=at)
    reason = HAND_OFF.format(level=naming.levels()[decided.decided_level].title)
    return steps.step(referral=referral, to=ReferralState.ELSEWHERE, reason=reason, by=by, at=at)


def assessments(referral: Referral):
    """The assessments that belong to a referral, newest first."""
    since = Determination.objects.filter(client_id=referral.client_id, assessed_at__gte=referral.first_call_at)
    return since.order_by("-assessed_at", "-id")


def _check_assessable(state: ReferralState) -> None:
    if state in (ReferralState.RECEIVED, ReferralState.CONTACTED):
        raise Refused("Do the phone screen first.")
    if state in CLOSED or state in (ReferralState.ADMITTED, ReferralState.WAITLISTED):
        raise Refused("This referral is past the assessment.")


def _same(referral: Referral, case: Mapping[str, Any], evidence: Mapping[str, str], by) -> Determination | None:
    """The newest assessment when it is this very form, sent again."""
    newest = assessments(referral).filter(status="assessed").first()
    said = {name: words.strip() for name, words in evidence.items() if words.strip()}
    is_same = newest and (newest.case, newest.evidence, newest.assessed_by_id) == (dict(case), said, by.pk)
    return newest if is_same else None
