"""A persona as the FHIR R4 Bundle a hospital would send. Pure; the same persona gives the same bytes."""

import json
from datetime import date, timedelta
from uuid import UUID, uuid5

from daybridge.simulation.personas import Persona

SPACE = UUID("7d0c1a3e-52a1-5c8e-9d0f-6a7f3b1f2b11")
SNOMED, RXNORM = "http://snomed.info/sct", "http://www.nlm.nih.gov/research/umls/rxnorm"
CLINICAL = "http://terminology.hl7.org/CodeSystem/condition-clinical"
LANGUAGES = {"en": ("en-US", "English"), "es": ("es", "Spanish")}


def packet(who: Persona, on: date) -> bytes:
    """A Bundle with the person, conditions, medications, allergies, coverage and the visit that led to us."""
    me = _urn(who, "patient")
    resources = [_patient(who), *_conditions(who, me, on), *_medications(who, me, on), *_allergies(who, me)]
    if who.coverage:
        resources.append(_coverage(who, me))
    resources.append(_visit(who, me, on))
    entries = [{"fullUrl": f"urn:uuid:{resource['id']}", "resource": resource} for resource in resources]
    return json.dumps({"resourceType": "Bundle", "type": "collection", "entry": entries}, ensure_ascii=False).encode()


def _id(who: Persona, what: str) -> str:
    return str(uuid5(SPACE, f"{who.record}/{who.number}/{what}"))


def _urn(who: Persona, what: str) -> dict[str, str]:
    return {"reference": f"urn:uuid:{_id(who, what)}"}


def _code(system: str, code: str, text: str) -> dict[str, object]:
    return {"coding": [{"system": system, "code": code, "display": text}], "text": text}


def _patient(who: Persona) -> dict[str, object]:
    tag, language = LANGUAGES[who.language]
    kind = {"coding": [{"system": "http://terminology.hl7.org/CodeSystem/v2-0203", "code": "MR"}]}
    return {
        "resourceType": "Patient",
        "id": _id(who, "patient"),
        "identifier": [{"type": kind, "system": "https://records.mercy.example", "value": who.record}],
        "name": [{"use": "official", "family": who.family, "given": [who.given]}],
        "gender": who.sex,
        "birthDate": who.birth_date.isoformat(),
        "telecom": [{"system": "phone", "value": who.phone, "use": "mobile"}],
        "address": [
            {"line": [who.street], "city": "Port Ellery", "state": "NY", "postalCode": "10999", "country": "US"}
        ],
        "communication": [{"language": _code("urn:ietf:bcp:47", tag, language)}],
    }


def _conditions(who: Persona, me: dict[str, str], on: date) -> list[dict[str, object]]:
    return [
        {
            "resourceType": "Condition",
            "id": _id(who, f"condition-{one.code}"),
            "clinicalStatus": {"coding": [{"system": CLINICAL, "code": "active"}]},
            "code": _code(SNOMED, one.code, one.text),
            "subject": me,
            "onsetDateTime": (on - timedelta(days=400)).isoformat(),
        }
        for one in (who.substance, who.companion)
        if one
    ]


def _medications(who: Persona, me: dict[str, str], on: date) -> list[dict[str, object]]:
    return [
        {
            "resourceType": "MedicationRequest",
            "id": _id(who, f"medication-{place}"),
            "status": "active",
            "intent": "order",
            "medicationCodeableConcept": {"text": text},
            "subject": me,
            "authoredOn": (on - timedelta(days=20)).isoformat(),
        }
        for place, text in enumerate(who.medications)
    ]


def _allergies(who: Persona, me: dict[str, str]) -> list[dict[str, object]]:
    return [
        {"resourceType": "AllergyIntolerance", "id": _id(who, "allergy"), "code": {"text": text}, "patient": me}
        for text in who.allergies
    ]


def _coverage(who: Persona, me: dict[str, str]) -> dict[str, object]:
    return {
        "resourceType": "Coverage",
        "id": _id(who, "coverage"),
        "status": "active",
        "beneficiary": me,
        "payor": [{"display": who.coverage}],
    }


def _visit(who: Persona, me: dict[str, str], on: date) -> dict[str, object]:
    start = f"{(on - timedelta(days=2)).isoformat()}T14:05:00Z"
    return {
        "resourceType": "Encounter",
        "id": _id(who, "visit"),
        "status": "finished",
        "class": {"system": "http://terminology.hl7.org/CodeSystem/v3-ActCode", "code": "EMER"},
        "type": [_code(SNOMED, "50849002", "Emergency room admission")],
        "subject": me,
        "period": {"start": start, "end": start},
    }
