"""What the assessor begins with, and what the decision is made on."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from daybridge.admissions.models import PacketItem, Referral, Screen
from daybridge.admissions.rules import ReferralState, arrival
from daybridge.admissions.rules.entry import OFFERED
from daybridge.audit import ledger
from daybridge.level_of_care import naming
from daybridge.level_of_care import queries as level_of_care
from daybridge.level_of_care.queries import DeterminationRow
from daybridge.people.rules import age_on

CONDITIONS = ("substance-use", "mental-health")
NEEDS = ("work", "school", "child-care", "court")


@dataclass(frozen=True, slots=True, kw_only=True)
class AssessPage:
    """Who is assessed, and the facts already known in the shape of the contract `level-of-care`."""

    referral_id: UUID
    client: str
    state: str
    case: dict[str, Any]
    evidence: dict[str, str]
    conditions: tuple[str, ...]
    medications: tuple[str, ...]
    today: Any


@dataclass(frozen=True, slots=True, kw_only=True)
class DecidePage:
    """The newest assessment of a referral, and what may be done with it."""

    referral_id: UUID
    client: str
    determination: DeterminationRow
    may_decide: bool
    is_offered: bool
    offered: str


def assess_page(*, referral_id: UUID, by, at: datetime) -> AssessPage:
    """What is known before the assessment: an earlier one, else the packet and the phone screen.

    Raises Referral.DoesNotExist out of reach. The reading is on the ledger.
    """
    referral = _found(referral_id, by)
    ledger.read("referral.assess", referral, by=by, at=at)
    today = at.astimezone(ZoneInfo(referral.site.timezone)).date()
    items = list(PacketItem.objects.filter(referral=referral, kind__in=("condition", "medication"), end=None))
    earlier = level_of_care.newest_case(client_id=referral.client_id, since=referral.first_call_at, by=by)
    case, evidence = earlier or (_case(referral, items, today), {})
    return AssessPage(
        referral_id=referral.id, client=referral.client.name, state=referral.state, case=case, evidence=evidence,
        conditions=tuple(dict.fromkeys(_words(one) for one in items if one.category in CONDITIONS)),
        medications=tuple(dict.fromkeys(one.text for one in items if one.kind == "medication")), today=today,
    )  # fmt: skip


def decide_page(*, referral_id: UUID, by, at: datetime) -> DecidePage:
    """The newest assessment to decide on. Raises Referral.DoesNotExist out of reach or before any assessment."""
    referral = _found(referral_id, by)
    newest = level_of_care.latest(client_id=referral.client_id, by=by, at=at)
    if newest is None or newest.assessed_at < referral.first_call_at:
        raise Referral.DoesNotExist
    return DecidePage(
        referral_id=referral.id, client=referral.client.name, determination=newest,
        may_decide=referral.state == ReferralState.ASSESSED and not newest.is_decided,
        is_offered=newest.advice.level.code in OFFERED,
        offered=", ".join(naming.levels()[code].title for code in sorted(OFFERED)),
    )  # fmt: skip


def _found(referral_id: UUID, by) -> Referral:
    return Referral.objects.visible_to(by).select_related("client", "site").get(pk=referral_id)


def _case(referral: Referral, items: list[PacketItem], today) -> dict[str, Any]:
    born = referral.client.birth_date
    named = [one for one in items if one.category in CONDITIONS]
    screen = Screen.objects.filter(referral=referral).values_list("answers", flat=True).first() or {}
    findings: dict[str, Any] = {"obligations": [need for need in NEEDS if need in screen.get("needs", ())]}
    if "transport" in screen.get("needs", ()):
        findings["transport"] = False
    if referral.danger_at:
        findings["imminent_danger"] = True
    if {one.category for one in named} == set(CONDITIONS):
        findings["co_occurring"] = True
    concerns = list(dict.fromkeys(_words(one)[:100] for one in named)) or [referral.concern[:100]]
    return {
        "age": age_on(born, today) if born else None, "concerns": [one for one in concerns if one][:30],
        "dimensions": {}, "findings": findings,
    }  # fmt: skip


def _words(item: PacketItem) -> str:
    return arrival.plain_words(item.code, item.text)
