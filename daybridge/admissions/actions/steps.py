"""The one place where a referral's state changes."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from daybridge.admissions.models import Referral, ReferralEvent
from daybridge.admissions.rules import MOVES, ReferralState
from daybridge.audit import ledger
from daybridge.kit.errors import Stale
from daybridge.kit.states import check_move


def held(*, referral_id: UUID, by) -> Referral:
    """The referral within reach, locked until the transaction ends. Raises Referral.DoesNotExist."""
    return (
        Referral.objects.visible_to(by)
        .select_for_update(of=("self",), no_key=True)
        .select_related("site", "client")
        .get(pk=referral_id)
    )


def check_version(referral: Referral, seen: int | None) -> None:
    """Raise Stale when somebody changed the referral after version `seen`; None says that nothing was read before."""
    if seen is not None and seen != referral.version:
        raise Stale("Somebody else changed this referral while you worked on it. Below is how it stands now.")


@transaction.atomic
def step(*, referral: Referral, to: ReferralState, reason: str = "", by, at: datetime) -> Referral:
    """Move a locked referral to `to`, write its history and the ledger. The caller has found it and asked permission.

    Raises IllegalMove; then nothing is written.
    """
    was = ReferralState(referral.state)
    check_move(MOVES, was, to)
    referral.state, referral.state_since, referral.version = str(to), at, referral.version + 1
    referral.next_on = None
    referral.save(update_fields=["state", "state_since", "version", "next_on"])
    ReferralEvent.objects.create(referral=referral, was=was, now=to, by=by.actor, at=at, reason=reason[:300])
    ledger.record("referral.move", referral, by=by, at=at, was=was, now=to)
    return referral
