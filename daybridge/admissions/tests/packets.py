"""Builds small FHIR packets for tests, and reads them."""

import json
from datetime import date

import pytest

from daybridge.admissions import packet
from daybridge.kit.errors import BadInput

TODAY = date(2026, 11, 21)
SNOMED = "http://snomed.info/sct"
ICD = "http://hl7.org/fhir/sid/icd-10-cm"
ME = {"reference": "Patient/p1"}


def patient(**changes):
    body = {
        "resourceType": "Patient",
        "id": "p1",
        "name": [{"use": "official", "family": "Rivera", "given": ["Ana", "Maria"], "prefix": ["Ms."]}],
        "birthDate": "1990-02-28",
        "gender": "female",
    }
    return {key: value for key, value in {**body, **changes}.items() if value is not None}


def bundle(*bodies, **changes):
    entries = [{"fullUrl": f"urn:uuid:{n}", "resource": body} for n, body in enumerate(bodies)]
    return {"resourceType": "Bundle", "type": "collection", "entry": entries, **changes}


def condition(number="F10.20", system=ICD, /, **changes):
    body = {
        "resourceType": "Condition",
        "clinicalStatus": {"coding": [{"code": "active"}]},
        "code": {"coding": [{"system": system, "code": number, "display": "A display"}]},
        "subject": ME,
    }
    return {**body, **changes}


def order(**changes):
    body = {"resourceType": "MedicationRequest", "status": "active", "intent": "order", "subject": ME}
    return {**body, **changes}


def read(*bodies, limits=packet.opening.DEFAULT_LIMITS):
    return packet.read(json.dumps(bundle(*bodies)).encode(), "packet.json", today=TODAY, limits=limits)


def refusal(data, name="packet.json", **rest):
    with pytest.raises(BadInput) as caught:
        packet.read(data, name, today=TODAY, **rest)
    assert caught.value.problems
    assert str(caught.value).endswith(".")
    return caught.value


def refused(*bodies):
    return refusal(json.dumps(bundle(*bodies)).encode()).problems
