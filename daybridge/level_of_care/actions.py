"""The only writers of determinations: assess, decide."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from daybridge.access.gates import require
from daybridge.access.rules import Permission
from daybridge.audit import ledger
from daybridge.kit.errors import Refused
from daybridge.level_of_care import rules
from daybridge.level_of_care.models import Determination
from daybridge.level_of_care.rules.case import DIMENSIONS
from daybridge.level_of_care.rules.choice import Choice, DeterminationState, checked
from daybridge.people.models import Client

LONGEST_EVIDENCE = 2000


@transaction.atomic
def assess(*, client_id: UUID, case: Mapping[str, Any], evidence: Mapping[str, str], by, at: datetime) -> Determination:
    """Keep an assessment with what the rules recommend on it. `case` has the shape of the contract `level-of-care`,
    `evidence` is free text by dimension.

    Raises Client.DoesNotExist out of reach, NotAllowed, BadInput for facts that make no sense, or Refused.
    """
    client = Client.objects.charts_of(by).select_for_update(of=("self",), no_key=True).get(pk=client_id)
    require(by, Permission.ASSESS, client)
    advice = rules.recommend(rules.Case.from_json(case), rules.load_book())
    made = Determination.objects.create(
        client=client, case=dict(case), result=advice.to_json(), evidence=_checked(evidence), rulebook=advice.rulebook,
        recommended=advice.recommended, assessed_by=by, assessed_at=at,
    )  # fmt: skip
    facts = {"recommended": made.recommended, "rulebook": made.rulebook}
    ledger.record("level-of-care.assess", made, by=by, at=at, **facts)
    return made


@transaction.atomic
def decide(*, determination_id: UUID, decision: Choice, by, at: datetime) -> Determination:
    """Record the clinician's decision on an assessment, with a coded reason when it is not the recommended level.

    Raises Determination.DoesNotExist out of reach, NotAllowed, or Refused: decided already, a later assessment
    exists, or another level without a reason. Source: LOC-60.
    """
    found = Determination.objects.visible_to(by).select_for_update(of=("self",), no_key=True).select_related("client")
    held = found.get(pk=determination_id)
    require(by, Permission.DETERMINATION_DECIDE, held)
    if held.status != DeterminationState.ASSESSED:
        raise Refused("The level of care is decided already. Assess again to change it.")
    if Determination.objects.filter(client=held.client, assessed_at__gt=held.assessed_at).exists():
        raise Refused("There is a later assessment. Decide on that one.")
    kept = checked(decision, held.recommended)
    held.status, held.decided_by, held.decided_at = DeterminationState.DECIDED, by, at
    held.decided_level, held.override_code, held.override_reason = kept.level, kept.code, kept.reason
    held.save(update_fields=["status", "decided_by", "decided_at", "decided_level", "override_code", "override_reason"])
    facts = {"recommended": held.recommended, "decided": kept.level, "code": kept.code}
    ledger.record("level-of-care.decide", held, by=by, at=at, **facts)
    return held


def _checked(evidence: Mapping[str, str]) -> dict[str, str]:
    unknown = set(evidence) - set(DIMENSIONS)
    if unknown:
        raise Refused("There is no dimension of that name.")
    if any(len(words) > LONGEST_EVIDENCE for words in evidence.values()):
        raise Refused("Keep what was seen and heard under {most} characters a dimension.", most=LONGEST_EVIDENCE)
    return {name: words.strip() for name, words in evidence.items() if words.strip()}
