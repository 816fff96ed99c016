"""Break the glass, end it, review it. Every try is on the ledger."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from daybridge.access import reach, rowlock
from daybridge.access.gates import require
from daybridge.access.rules import (
    GLASS_MOVES,
    GlassState,
    Opening,
    Outcome,
    Permission,
    check_reason,
    check_tries,
    ends,
    glass_state,
)
from daybridge.audit import ledger
from daybridge.audit.models import Entry
from daybridge.kit.states import check_move
from daybridge.people.guarding.finding import Sought, one_record
from daybridge.people.models import Client, Glass

MISSED = "glass.miss"


@transaction.atomic
def break_glass(*, sought: Sought, reason: str, by, at: datetime) -> Client | None:
    """Open one record out of reach for an hour; the client, or None when nobody fits, which is on the ledger too.

    A record within reach is returned as it is. Opening again while it is open changes nothing. Raises NotAllowed,
    Refused without a real reason or after too many misses. Source: rulebook ACC-4, ACC-6, ACC-7.
    """
    require(by, Permission.GLASS_BREAK)
    check_reason(reason)
    check_tries(_misses(by, at))
    client = one_record(sought)
    if client is None:
        ledger.record(MISSED, by, by=by, at=at, reason=reason)
        return None
    if Client.objects.charts_of(by).filter(pk=client.pk).exists():
        return client
    glass = Glass.objects.create(client=client, user=by, reason=reason.strip()[:500], opened_at=at, ends_at=ends(at))
    ledger.record("glass.break", glass, by=by, at=at, reason=reason, ends=glass.ends_at)
    reach.forget()
    return client


def _misses(by, at: datetime) -> int:
    hour = Entry.objects.filter(actor=by.actor, verb=MISSED, at__gt=at - timedelta(hours=1))
    return hour.count()


@rowlock.as_system("hidden and opened records are guarded")
@transaction.atomic
def end_glass(*, glass_id: UUID, by, at: datetime) -> Glass:
    """Close what one opened before its hour is over. Raises Glass.DoesNotExist for somebody else's, IllegalMove."""
    glass = Glass.objects.select_for_update(no_key=True).get(pk=glass_id, user_id=by.pk)
    require(by, Permission.GLASS_BREAK)
    check_move(GLASS_MOVES, _state(glass, at), GlassState.ENDED)
    glass.ends_at = at
    glass.save(update_fields=["ends_at"])
    ledger.record("glass.end", glass, by=by, at=at)
    reach.forget()
    return glass


@rowlock.as_system("hidden and opened records are guarded")
@transaction.atomic
def review(*, glass_id: UUID, outcome: Outcome, remark: str, by, at: datetime) -> Glass:
    """Say what the review of an opening found; an open one ends with it.

    Hidden records too: whoever reviews learns the record's number, not its content. Raises Glass.DoesNotExist out of
    reach, NotAllowed, IllegalMove when it was reviewed before.
    """
    sites = by.sites_with(Permission.GLASS_REVIEW)
    glass = Glass.objects.select_for_update(of=("self",), no_key=True).get(pk=glass_id, client__site__in=sites)
    require(by, Permission.GLASS_REVIEW)
    check_move(GLASS_MOVES, _state(glass, at), GlassState.REVIEWED)
    glass.ends_at = min(glass.ends_at, at)
    glass.reviewed_at, glass.reviewed_by = at, by
    glass.outcome, glass.remark = outcome, remark.strip()[:500]
    glass.save(update_fields=["ends_at", "reviewed_at", "reviewed_by", "outcome", "remark"])
    ledger.record("glass.review", glass, by=by, at=at, outcome=outcome)
    return glass


def _state(glass: Glass, at: datetime) -> GlassState:
    return glass_state(Opening(glass.opened_at, glass.ends_at, glass.reviewed_at), at)
