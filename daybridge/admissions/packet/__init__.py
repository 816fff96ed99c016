"""Reads referral packets: FHIR R4 Bundles and NDJSON, plain or gzip. Pure: bytes in, a frozen Packet out."""

import hashlib
from datetime import UTC, date, datetime

from daybridge.admissions.packet import documents, items, opening, person, versions, whose
from daybridge.admissions.packet.model import Address, Category, Identifier, Item, Kind, Packet, Person
from daybridge.admissions.packet.opening import DEFAULT_LIMITS, Limits
from daybridge.admissions.packet.report import Report

__all__ = ["Address", "Category", "Identifier", "Item", "Kind", "Limits", "Packet", "Person", "read"]


def read(data: bytes, name: str, *, today: date | None = None, limits: Limits = DEFAULT_LIMITS) -> Packet:
    """The packet in `data`, whole, or nothing. `today` (default: now, UTC) judges birth dates.

    Compression and NDJSON are told by content, not by `name`, the file's name. Raises BadInput with every
    Problem: JSON path (`entry[12].resource.birthDate`), NDJSON line (`line 3: birthDate`) or byte; no client data.
    Source: contracts `refer`; HL7 FHIR R4 (4.0.1).
    """
    report = Report()
    if name.casefold().endswith(".gz") and not data.startswith(opening.GZIP_MAGIC):
        report.warn("The file is named .gz but is not compressed.")
    found = documents.resources(opening.text_of(data, limits), report)
    versions.check(found, report)
    report.stop_if_bad()
    patient = person.the_patient(found)
    today = today or datetime.now(UTC).date()
    who = person.person(patient, today, report)
    owner = whose.Owner(patient, found)
    for resource in found:
        if resource is not patient:
            owner.check(resource, report)
    lines = items.items(found, today, report)
    report.stop_if_bad()
    return Packet(who, lines, hashlib.sha256(data).hexdigest(), report.warnings)
