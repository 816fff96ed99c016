"""Propose a purge, and answer a proposal: two people, never one."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db import transaction

from daybridge.access.gates import require
from daybridge.access.models import Site
from daybridge.access.rules import Permission
from daybridge.audit import ledger
from daybridge.jobs import actions as jobs
from daybridge.keeping import facts
from daybridge.keeping.models import Purge, PurgeItem
from daybridge.keeping.reach import records_within
from daybridge.keeping.rules import (
    ITEM_MOVES,
    MOVES,
    RULES,
    TASK,
    ItemState,
    PurgeState,
    check_reason,
    check_second_person,
)
from daybridge.kit.errors import BadInput, Refused
from daybridge.kit.states import check_move

DECLINED, WITHDRAWN = "The proposal was declined.", "The proposal was withdrawn."


@transaction.atomic
def propose(*, site_id: UUID, client_ids: Collection[UUID], by, at: datetime) -> Purge:
    """Propose to purge these people's records, each past its time with nothing open and no hold.

    Raises Site.DoesNotExist or Client.DoesNotExist out of reach, NotAllowed, BadInput without a record, Refused when a
    record may not go or waits in another purge.
    """
    site = Site.objects.get(pk=site_id, id__in=by.sites_with(Permission.PURGE_PROPOSE))
    require(by, Permission.PURGE_PROPOSE, site)
    wanted = set(client_ids)
    if not wanted:
        raise BadInput("Choose at least one record.")
    within = records_within(by, Permission.PURGE_PROPOSE).filter(site=site)
    found = list(within.filter(pk__in=wanted).select_for_update(no_key=True, of=("self",)).order_by("pk"))
    if len(found) != len(wanted):
        raise within.model.DoesNotExist
    if PurgeItem.objects.filter(client_id__in=wanted, state=ItemState.WAITING).exists():
        raise Refused("One of these records waits in another purge.")
    stands = facts.judged(found, at=at)
    if not all(stand.may_go for stand in stands.values()):
        raise Refused("One of these records may not go yet. Load the page again to see why.")
    purge = Purge.objects.create(site=site, rulebook=RULES.version, proposed_by=by.actor, proposed_at=at)
    PurgeItem.objects.bulk_create(_item(purge, pk, stand) for pk, stand in stands.items())
    ledger.record("purge.proposed", purge, by=by, at=at, clients=sorted(str(pk) for pk in stands))
    return purge


def _item(purge: Purge, client_id: UUID, stand) -> PurgeItem:
    classes = [{"id": one.id, "years": one.years, "until": one.until.isoformat()} for one in stand.classes]
    return PurgeItem(purge=purge, client_id=client_id, until=stand.until, classes=classes)


@transaction.atomic
def approve(*, purge_id: UUID, by, at: datetime) -> Purge:
    """Say yes to somebody else's proposal; a job does it, judging each record once more.

    Raises Purge.DoesNotExist out of reach, NotAllowed, Refused for one's own, IllegalMove.
    """
    purge = _found(purge_id, by)
    require(by, Permission.PURGE_APPROVE, purge)
    check_second_person(purge.proposed_by, by.actor)
    _answer(purge, PurgeState.APPROVED, "", by=by, at=at)
    jobs.ask(task=TASK, key=f"{TASK}:{purge.pk}", arguments=[purge.pk], by=by, at=at)
    return purge


@transaction.atomic
def decline(*, purge_id: UUID, reason: str, by, at: datetime) -> Purge:
    """Say no to a proposal, with a reason; its records stay and may be proposed again. Raises like `approve`."""
    purge = _found(purge_id, by)
    require(by, Permission.PURGE_APPROVE, purge)
    _answer(purge, PurgeState.DECLINED, check_reason(reason), by=by, at=at)
    _keep_all(purge, DECLINED, at)
    return purge


@transaction.atomic
def withdraw(*, purge_id: UUID, by, at: datetime) -> Purge:
    """Take a proposal back before it is answered. Raises like `approve`."""
    purge = _found(purge_id, by)
    require(by, Permission.PURGE_PROPOSE, purge)
    _answer(purge, PurgeState.WITHDRAWN, "", by=by, at=at)
    _keep_all(purge, WITHDRAWN, at)
    return purge


def _found(purge_id: UUID, by) -> Purge:
    return Purge.objects.visible_to(by).select_for_update(no_key=True).get(pk=purge_id)


def _answer(purge: Purge, to: PurgeState, words: str, *, by, at: datetime) -> None:
    was = PurgeState(purge.state)
    check_move(MOVES, was, to)
    purge.state, purge.answer, purge.answered_by, purge.answered_at = to, words, by.actor, at
    purge.save(update_fields=["state", "answer", "answered_by", "answered_at"])
    ledger.record(f"purge.{to}", purge, by=by, at=at, was=was, now=to)


def _keep_all(purge: Purge, because: str, at: datetime) -> None:
    check_move(ITEM_MOVES, ItemState.WAITING, ItemState.KEPT)
    waiting = purge.items.filter(state=ItemState.WAITING)
    waiting.update(state=ItemState.KEPT, kept_because=because, at=at)
