"""Tells other FHIR versions from R4, by what the packet says of itself and by elements R4 does not have."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from daybridge.admissions.packet.documents import Json, Resource
from daybridge.admissions.packet.report import Report

EARLIER = "older than R4 (STU3 or DSTU2)"
R5 = "R5"
_NAMED = re.compile(r"hl7\.org/fhir/(?:(DSTU2|STU3|1\.0|3\.0|R5|R6|5\.0|6\.0)/|StructureDefinition/\w+\|([1-9])\.)")
_VERSIONS = {"DSTU2": EARLIER, "1": EARLIER, "STU3": EARLIER, "3": EARLIER, "R5": R5, "5": R5, "R6": "R6", "6": "R6"}


def _is_text(value: object) -> bool:
    return isinstance(value, str)


def _is_list(value: object) -> bool:
    return isinstance(value, list)


def _is_object(value: object) -> bool:
    return isinstance(value, dict)


def _is_there(value: object) -> bool:
    return value is not None


@dataclass(frozen=True, slots=True)
class Sign:
    """An element whose shape another version has and R4 has not. Source: hl7.org/fhir R4, STU3, R5 element lists."""

    type: str
    field: str
    shape: Callable[[object], bool]
    version: str


SIGNS = (
    Sign("Patient", "animal", _is_there, EARLIER),
    Sign("Condition", "clinicalStatus", _is_text, EARLIER),
    Sign("Condition", "assertedDate", _is_there, EARLIER),
    Sign("AllergyIntolerance", "clinicalStatus", _is_text, EARLIER),
    Sign("AllergyIntolerance", "assertedDate", _is_there, EARLIER),
    Sign("MedicationRequest", "context", _is_there, EARLIER),
    Sign("MedicationStatement", "taken", _is_there, EARLIER),
    Sign("Observation", "context", _is_there, EARLIER),
    Sign("Procedure", "context", _is_there, EARLIER),
    Sign("Coverage", "grouping", _is_there, EARLIER),
    Sign("Coverage", "sequence", _is_there, EARLIER),
    Sign("ExplanationOfBenefit", "insurance", _is_object, EARLIER),
    Sign("MedicationRequest", "medication", _is_object, R5),
    Sign("MedicationStatement", "medication", _is_object, R5),
    Sign("Encounter", "class", _is_list, R5),
    Sign("Encounter", "actualPeriod", _is_there, R5),
    Sign("Encounter", "admission", _is_there, R5),
    Sign("AllergyIntolerance", "type", _is_object, R5),
    Sign("AllergyIntolerance", "participant", _is_there, R5),
    Sign("Condition", "participant", _is_there, R5),
    Sign("Coverage", "kind", _is_there, R5),
    Sign("Coverage", "insurer", _is_there, R5),
    Sign("Coverage", "paymentBy", _is_there, R5),
)
GONE_TYPES = dict.fromkeys(("MedicationOrder", "ReferralRequest", "ProcedureRequest", "DiagnosticOrder"), EARLIER)


def check(found: Iterable[Resource], report: Report) -> None:
    """Report each sign of a version other than R4, once, at the first place it shows."""
    seen: set[tuple[str, str]] = set()
    for resource in found:
        for field, version in _told(resource):
            if (resource.type, field) not in seen:
                seen.add((resource.type, field))
                path = resource.at(field) if field else resource.place
                report.problem(path, f"This is FHIR {version}; we take FHIR R4 (4.0.1).")


def _told(resource: Resource) -> list[tuple[str, str]]:
    told = _named(resource.body)
    if resource.type in GONE_TYPES:
        told.append(("", GONE_TYPES[resource.type]))
    for sign in SIGNS_OF.get(resource.type, ()):
        if sign.shape(resource.body.get(sign.field)):
            told.append((sign.field, sign.version))
    return told


def _named(body: Json) -> list[tuple[str, str]]:
    told = []
    meta = body.get("meta")
    profiles = meta.get("profile") if isinstance(meta, dict) else None
    for n, profile in enumerate(profiles if isinstance(profiles, list) else []):
        match = _NAMED.search(profile) if isinstance(profile, str) else None
        version = _VERSIONS.get((match[1] or match[2]).removesuffix(".0")) if match else None
        if version:
            told.append((f"meta.profile[{n}]", version))
    stated = body.get("fhirVersion")
    for number in stated if isinstance(stated, list) else [stated]:
        if isinstance(number, str) and not number.startswith("4."):
            told.append(("fhirVersion", _VERSIONS.get(number[:1], "of a version we do not know")))
    return told


SIGNS_OF = {type_: tuple(sign for sign in SIGNS if sign.type == type_) for type_ in {sign.type for sign in SIGNS}}
