"""A human's answer to "same person?"."""

from datetime import datetime
from typing import Literal
from uuid import UUID

from django.db import transaction

from daybridge.access.gates import require
from daybridge.access.rules import Permission
from daybridge.admissions.models import PossibleMatch, Referral
from daybridge.audit import ledger
from daybridge.consent.models import Consent
from daybridge.episodes.models import Episode
from daybridge.kit.errors import Refused
from daybridge.level_of_care.models import Determination
from daybridge.people import actions as people
from daybridge.people import reach
from daybridge.people.models import Client

Answer = Literal["same", "apart", "open"]


@transaction.atomic
def decide(*, match_id: UUID, answer: Answer, by, at: datetime) -> PossibleMatch:
    """Answer a possible match: `same` joins the two records, `apart` says two people, `open` takes an answer back.

    Joining keeps the record that care was given on, else the older one, and points referrals at it.
    Raises PossibleMatch.DoesNotExist out of reach, NotAllowed, or Refused.
    """
    match = _held(match_id, by)
    require(by, Permission.REFERRAL_JOIN, match.referral)
    wanted = {"same": "joined", "apart": "apart", "open": "open"}[answer]
    if match.state == wanted:
        return match
    if match.state == "joined":
        _take_back(match, by=by, at=at)
    if answer == "same":
        _join(match, by=by, at=at)
    match.state = wanted
    match.decided_by, match.decided_at = ("", None) if answer == "open" else (by.actor, at)
    match.save(update_fields=["state", "decided_by", "decided_at", "facts"])
    ledger.record("referral.match", match.referral, by=by, at=at, answer=answer, match=match.id)
    return match


def _held(match_id: UUID, by) -> PossibleMatch:
    mine = reach.clients_within(by, Permission.REFERRAL_SEE, "client")
    found = PossibleMatch.objects.select_for_update(of=("self",), no_key=True)
    found = found.filter(mine, referral__in=Referral.objects.visible_to(by))
    return found.select_related("referral__client", "client").get(pk=match_id)


def _join(match: PossibleMatch, *, by, at: datetime) -> None:
    pair = [_standing(match.client), _standing(match.referral.client)]
    if pair[0] == pair[1]:
        raise Refused("These records are already joined.")
    keep, copy = _older_or_in_care(pair)
    moved = list(Referral.objects.filter(client=copy).values_list("id", flat=True))
    people.join(keep_id=keep.id, copy_id=copy.id, by=by, at=at)
    Referral.objects.filter(id__in=moved).update(client=keep)
    match.referral.refresh_from_db()
    match.facts = match.facts | {"copy": str(copy.id), "moved": [str(one) for one in moved]}
    others = PossibleMatch.objects.filter(state="open", referral__client=keep, client__in=(keep, copy))
    others.exclude(pk=match.pk).update(state="joined", decided_by=by.actor, decided_at=at)


def _take_back(match: PossibleMatch, *, by, at: datetime) -> None:
    copy_id = match.facts.get("copy")
    if not copy_id:
        raise Refused("This was settled together with another answer; take that one back.")
    copy = people.part(copy_id=UUID(copy_id), by=by, at=at)
    Referral.objects.filter(id__in=match.facts["moved"]).update(client=copy)
    match.facts = {key: value for key, value in match.facts.items() if key not in ("copy", "moved")}


def _standing(client: Client) -> Client:
    return client.merged_into or client


def _older_or_in_care(pair: list[Client]) -> list[Client]:
    """The record to keep first. Two records with care on them are not joined by a click."""
    with_care = [client for client in pair if _has_care(client)]
    if len(with_care) == 2:
        raise Refused("Care is recorded on both; these records cannot be joined here. Tell the program's director.")
    return sorted(pair, key=lambda client: (client not in with_care, client.created_at, client.id))


def _has_care(client: Client) -> bool:
    return any(model.objects.filter(client=client).exists() for model in (Episode, Determination, Consent))
