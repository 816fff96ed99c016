"""Determinations, for tests: made through the actions."""

from datetime import datetime

from daybridge.level_of_care import actions
from daybridge.level_of_care.models import Determination
from daybridge.level_of_care.rules import Choice
from daybridge.people.models import Client


def case(findings: dict | None = None, **ratings: int) -> dict:
    """Facts that call for 2.1; findings and ratings change them."""
    usual = {"withdrawal": 0, "biomedical": 0, "mental_health": 1, "use_risk": 3, "environment": 1, "readiness": 1}
    known = {"imminent_danger": False, "needs_24h_supervision": False, "withdrawal_management": "none"}
    return {
        "as_of": "2026-03-02", "age": 34, "concerns": ["alcohol"], "dimensions": usual | ratings,
        "findings": known | (findings or {}),
    }  # fmt: skip


def assessed(client: Client, *, by, at: datetime, facts: dict | None = None) -> Determination:
    evidence = {"use_risk": "Drank on four of the last seven days."}
    return actions.assess(client_id=client.id, case=facts or case(), evidence=evidence, by=by, at=at)


def decided(client: Client, *, by, at: datetime) -> Determination:
    made = assessed(client, by=by, at=at)
    return actions.decide(determination_id=made.id, decision=Choice(made.recommended), by=by, at=at)
