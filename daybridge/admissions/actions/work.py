"""Working a referral: calls, the phone screen, moves by hand."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from daybridge.access.gates import require
from daybridge.access.rules import Permission
from daybridge.admissions.actions import steps
from daybridge.admissions.models import ContactAttempt, Referral, Screen
from daybridge.admissions.rules import ReferralState
from daybridge.admissions.rules.work import Call, Evidence, Screening, Step, after_call, check_evidence, needs_reason
from daybridge.audit import ledger
from daybridge.kit.errors import Refused
from daybridge.level_of_care.models import Determination
from daybridge.people.models import Staff

SCREENABLE = frozenset({ReferralState.RECEIVED, ReferralState.CONTACTED, ReferralState.SCREENED})


@transaction.atomic
def contact(*, referral_id: UUID, call: Call, by, at: datetime) -> Referral:
    """Log a try to reach the person. Reaching them moves a new referral to contacted and opens an ended one again.

    The first caller becomes the referral's owner. The same form again (its `token`) changes nothing.
    Raises Referral.DoesNotExist out of reach, NotAllowed, Stale, or Refused for an admitted referral.
    """
    referral = steps.held(referral_id=referral_id, by=by)
    require(by, Permission.REFERRAL_WORK, referral)
    if call.token and ContactAttempt.objects.filter(token=call.token).exists():
        return referral
    steps.check_version(referral, call.version)
    was = ReferralState(referral.state)
    if was == ReferralState.ADMITTED:
        raise Refused("This person is admitted; calls are noted in the chart.")
    ContactAttempt.objects.create(
        referral=referral, result=call.result, remark=call.remark[:300], by=by.actor, at=at, token=call.token
    )
    to = after_call(was, call.result)
    if to != was:
        steps.step(referral=referral, to=to, by=by, at=at)
    referral.owner = referral.owner or Staff.objects.filter(user_id=getattr(by, "pk", None)).first()
    referral.next_on = call.next_on
    referral.version += 1
    referral.save(update_fields=["owner", "next_on", "version"])
    ledger.record("referral.contact", referral, by=by, at=at, result=str(call.result))
    return referral


@transaction.atomic
def screen(*, referral_id: UUID, answers: Screening, by, at: datetime) -> Referral:
    """Keep the phone screen and move the referral to screened. Danger now is marked until somebody settles it.

    A screen may be corrected until the assessment. Raises Referral.DoesNotExist, NotAllowed, Stale, or Refused.
    """
    referral = steps.held(referral_id=referral_id, by=by)
    require(by, Permission.REFERRAL_WORK, referral)
    kept = answers.answers()
    earlier = Screen.objects.filter(referral=referral).first()
    if earlier and earlier.answers == kept and referral.state == ReferralState.SCREENED:
        return referral
    steps.check_version(referral, answers.version)
    if referral.state not in SCREENABLE:
        raise Refused("This referral is past the phone screen; add what you learned to the assessment.")
    Screen.objects.update_or_create(referral=referral, defaults={"answers": kept, "by": by.actor, "at": at})
    _advance_to_screened(referral, by=by, at=at)
    referral.concern = answers.concern[:300] or referral.concern
    referral.best_time = answers.best_time[:100] or referral.best_time
    referral.danger_at = (referral.danger_at or at) if answers.danger else None
    referral.version += 1
    referral.save(update_fields=["concern", "best_time", "danger_at", "version"])
    ledger.record("referral.screen", referral, by=by, at=at, danger=answers.danger, corrected=bool(earlier))
    return referral


def _advance_to_screened(referral: Referral, *, by, at: datetime) -> None:
    if referral.state == ReferralState.RECEIVED:
        steps.step(referral=referral, to=ReferralState.CONTACTED, by=by, at=at)
    if referral.state == ReferralState.CONTACTED:
        steps.step(referral=referral, to=ReferralState.SCREENED, by=by, at=at)


@transaction.atomic
def settle_danger(*, referral_id: UUID, how: str, by, at: datetime) -> Referral:
    """Say how an immediate danger was met; the mark goes from the card, the words stay in the history.

    Raises Referral.DoesNotExist, NotAllowed, or Refused without words or without a danger.
    """
    referral = steps.held(referral_id=referral_id, by=by)
    require(by, Permission.REFERRAL_WORK, referral)
    if referral.danger_at is None:
        raise Refused("No danger is marked on this referral any more.")
    if not how.strip():
        raise Refused("Say in a few words what was done.")
    referral.danger_at = None
    referral.version += 1
    referral.save(update_fields=["danger_at", "version"])
    referral.events.create(was=referral.state, now=referral.state, by=by.actor, at=at, reason=how.strip()[:300])
    ledger.record("referral.danger-settled", referral, by=by, at=at)
    return referral


@transaction.atomic
def move(*, referral_id: UUID, to: Step, by, at: datetime) -> Referral:
    """Move a referral by hand: one step on, one back (undo), or to an end. A step back needs no reason.

    Raises Referral.DoesNotExist, NotAllowed, Stale, IllegalMove, or Refused when the step's own form is missing.
    """
    referral = steps.held(referral_id=referral_id, by=by)
    require(by, Permission.REFERRAL_WORK, referral)
    if referral.state == to.to:
        return referral
    steps.check_version(referral, to.version)
    check_evidence(to.to, _evidence(referral))
    if needs_reason(to.to) and not to.reason.strip():
        raise Refused("Say in a few words why the referral ends here.")
    return steps.step(referral=referral, to=to.to, reason=to.reason.strip(), by=by, at=at)


def _evidence(referral: Referral) -> Evidence:
    since = Determination.objects.filter(client=referral.client, assessed_at__gte=referral.first_call_at)
    statuses = set(since.values_list("status", flat=True))
    return Evidence(
        screened=Screen.objects.filter(referral=referral).exists(),
        assessed=bool(statuses),
        decided="decided" in statuses,
    )
