"""Referrals and small packets of our own, for tests."""

import json
from datetime import UTC, date, datetime, timedelta

from daybridge.access.models import Site
from daybridge.admissions.models import Referral, ReferralEvent
from daybridge.people.models import Client
from daybridge.people.tests import factories as people

CALLED = datetime(2026, 3, 2, 14, 0, tzinfo=UTC)


def referral(at: Site, client: Client | None = None, **fields) -> Referral:
    """A referral by phone, received on the morning of the tests' Monday."""
    defaults = {"source": "phone", "concern": "Alcohol", "first_call_at": CALLED, "state_since": CALLED}
    made = Referral.objects.create(site=at, client=client or people.client(at), **defaults | fields)
    ReferralEvent.objects.create(referral=made, now=made.state, by="system:test", at=made.state_since)
    return made


def referrals(at: Site, many: int, **fields) -> list[Referral]:
    return [referral(at, first_call_at=CALLED - timedelta(minutes=n), **fields) for n in range(many)]


def packet(given: str = "Rosa", family: str = "Delgado", born: date = date(1992, 3, 4), **more: object) -> bytes:
    """A FHIR R4 bundle of one person: `phone`, `number` (a record number), `street`, `conditions` (SNOMED codes)."""
    patient: dict = {
        "resourceType": "Patient", "id": "p1", "name": [{"use": "official", "given": [given], "family": family}],
        "birthDate": born.isoformat(), "gender": "female",
    }  # fmt: skip
    if "phone" in more:
        patient["telecom"] = [{"system": "phone", "value": more["phone"]}]
    if "number" in more:
        kind = {"coding": [{"system": "http://terminology.hl7.org/CodeSystem/v2-0203", "code": more.get("kind", "MR")}]}
        patient["identifier"] = [{"system": "urn:hospital", "value": more["number"], "type": kind}]
    if "street" in more:
        patient["address"] = [{"line": [more["street"]], "city": "Boston", "state": "MA", "postalCode": "02101"}]
    entries = [{"resource": patient}] + [{"resource": condition(code)} for code in more.get("conditions", ())]
    return json.dumps({"resourceType": "Bundle", "type": "collection", "entry": entries}).encode()


def condition(code: str) -> dict:
    return {
        "resourceType": "Condition", "subject": {"reference": "Patient/p1"},
        "clinicalStatus": {"coding": [{"code": "active"}]}, "onsetDateTime": "2020-01-01",
        "code": {"coding": [{"system": "http://snomed.info/sct", "code": code}], "text": f"As sent {code}"},
    }  # fmt: skip
