"""Whose a resource is: everything in a packet has to be about its one patient."""

from daybridge.admissions.packet import values
from daybridge.admissions.packet.documents import Resource
from daybridge.admissions.packet.report import Report

OWNER_FIELD = {
    "Condition": "subject",
    "MedicationRequest": "subject",
    "MedicationStatement": "subject",
    "AllergyIntolerance": "patient",
    "Coverage": "beneficiary",
    "Encounter": "subject",
    "ExplanationOfBenefit": "patient",
}


class Owner:
    """The names the packet may use for its patient."""

    def __init__(self, patient: Resource, found: list[Resource]) -> None:
        self._id = patient.body.get("id")
        ids = (f"Patient/{self._id}", f"urn:uuid:{self._id}") if self._id else ()
        self._names = {name for name in (*ids, patient.full_url) if name}
        self._others = {one.full_url for one in found if one.full_url} - self._names
        listed = patient.body.get("identifier")
        pairs = listed if isinstance(listed, list) else []
        self._values = {one.get("value") for one in pairs if isinstance(one, dict) and one.get("value")}

    def check(self, resource: Resource, report: Report) -> None:
        """Report a resource that is about another patient, or, for what we take over, about nobody."""
        field = OWNER_FIELD.get(resource.type)
        for name in (field,) if field else ("subject", "patient"):
            target = resource.body.get(name)
            reference = values.inside(target, "reference") if isinstance(target, dict) else None
            if isinstance(reference, str):
                path = resource.at(f"{name}.reference")
                if not self._is_named(reference) and (field or self._is_a_patient(reference)):
                    report.problem(path, "This is about another patient than the one the packet is for.")
            elif field and not (
                isinstance(target, dict) and values.inside(target, "identifier", "value") in self._values
            ):
                report.problem(resource.at(name), f"This {resource.type} does not say which patient it is about.")

    def _is_named(self, reference: str) -> bool:
        plain = reference.partition("/_history/")[0]
        if plain in self._names:
            return True
        if "?identifier=" in plain:
            return plain.rpartition("|")[2].rpartition("=")[2] in self._values
        return bool(self._id) and plain.startswith(("http://", "https://")) and plain.endswith(f"/Patient/{self._id}")

    def _is_a_patient(self, reference: str) -> bool:
        if reference.startswith("urn:"):
            return reference not in self._others
        return "Patient/" in reference or reference.startswith("Patient?")
