"""The referral packets nobody here wrote: all are read; a bulk export of several people is refused plainly."""

import csv
import gzip
import hashlib
import json
import re
from datetime import date
from pathlib import Path

import pytest

from daybridge.admissions import packet
from daybridge.admissions.packet import Kind, codes
from daybridge.kit.errors import BadInput

SHARED = Path(__file__).parents[2].parent / "shared"
DATA = SHARED / "data"
TODAY = date(2026, 11, 21)
pytestmark = pytest.mark.skipif(not DATA.is_dir(), reason="the outside packets (../shared) are not here")
FILES = sorted((DATA / "synthea").glob("*.json.gz"))
# What PROVENANCE.md counts from other resources than Condition, or from conditions that are over.
ICD = "http://hl7.org/fhir/sid/icd-10-cm"
NOT_ACTIVE = {"171207006", "715252007", "225337009", "47505003"}


def told() -> dict[str, list[str]]:
    lines = (DATA / "synthea/PROVENANCE.md").read_text(encoding="utf-8").splitlines()
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines if ".json.gz |" in line]
    return {row[0]: row for row in rows}


def test_every_packet_of_the_list_is_here():
    assert len(FILES) == 28
    assert {file.name for file in FILES} == set(told())


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name.partition("_")[0])
def test_a_real_packet_is_read_as_its_provenance_tells(file):
    row = told()[file.name]
    data = file.read_bytes()
    found = packet.read(data, file.name, today=TODAY)
    person = found.person
    assert (person.birth_date.isoformat(), person.sex, person.deceased) == (row[3], row[4], row[5] == "deceased")
    assert file.name.startswith(f"{person.given.split()[0]}_{person.family}")
    assert all(re.fullmatch(r"\+1555\d{7}", phone) for phone in person.phones)
    assert person.phones
    assert person.addresses
    assert {one.kind for one in person.identifiers} >= {"MR", "SS"}
    assert found.sha256 == hashlib.sha256(data).hexdigest()
    named = set(re.findall(r"\[(\d+)\]", row[-1])) - NOT_ACTIVE
    behavioral = {one.code for one in found.of(Kind.CONDITION) if one.category != "other" and one.mark != "tobacco"}
    assert behavioral - {"192127007"} == named


@pytest.mark.parametrize("file", FILES[::7], ids=lambda file: file.name.partition("_")[0])
def test_the_counts_are_those_of_a_plain_count(file):
    bodies = [entry["resource"] for entry in json.loads(gzip.decompress(file.read_bytes()))["entry"]]
    found = packet.read(file.read_bytes(), file.name, today=TODAY)
    active = [
        one
        for one in bodies
        if one["resourceType"] == "Condition" and one["clinicalStatus"]["coding"][0]["code"] == "active"
    ]
    drugs = [one for one in bodies if one["resourceType"] == "MedicationRequest" and one["status"] == "active"]
    assert len(found.of(Kind.CONDITION)) == len(active)
    assert len(found.of(Kind.MEDICATION)) == len(drugs)
    assert len(found.of(Kind.ALLERGY)) == sum(one["resourceType"] == "AllergyIntolerance" for one in bodies)
    assert len(found.of(Kind.ENCOUNTER)) == 10


def test_somebody_without_insurance_has_no_coverage():
    file = next(file for file in FILES if file.name.startswith("Tressa"))
    assert packet.read(file.read_bytes(), file.name, today=TODAY).of(Kind.COVERAGE) == ()


@pytest.mark.parametrize(
    "file", sorted((DATA / "fhir/bulk-10-patients").glob("*.ndjson.gz")), ids=lambda file: file.name
)
def test_a_bulk_export_is_refused_in_a_plain_sentence(file):
    with pytest.raises(BadInput) as refusal:
        packet.read(file.read_bytes(), file.name, today=TODAY)
    several = file.name.startswith("Patient")
    sentence = "There are 13 Patients in this file" if several else "There is no Patient in this file"
    assert str(refusal.value).startswith(sentence)
    assert [one.path for one in refusal.value.problems][:2] == (["line 1", "line 2"] if several else ["$"])


def test_one_person_of_the_bulk_export_makes_a_packet():
    folder = DATA / "fhir/bulk-10-patients"

    def lines(name):
        return gzip.decompress((folder / f"{name}.000.ndjson.gz").read_bytes()).splitlines()

    who = lines("Patient")[0]
    key = json.loads(who)["id"].encode()
    mine = [line for name in ("Condition", "MedicationRequest", "Encounter") for line in lines(name) if key in line]
    found = packet.read(b"\n".join((who, *mine)), "one.ndjson", today=TODAY)
    assert found.person.birth_date.isoformat() == json.loads(who)["birthDate"]
    assert len(found.of(Kind.ENCOUNTER)) == 10


def test_published_lists_of_substance_use_codes_are_all_understood():
    for name in ("sud_dx_icd.csv", "oud_dx_all_icd.csv", "opioid_overdose_dx_all_icd.csv"):
        with (DATA / "opioid-codelists" / name).open(encoding="utf-8-sig", newline="") as file:
            rows = [row for row in csv.DictReader(file) if row["ver"] == "10"]
        # T40 with sixth character 5 is an adverse effect of a medicine taken as told: no substance use.
        rows = [row for row in rows if not (row["icd_cm"].startswith("T40") and row["icd_cm"][5] == "5")]
        missed = [row["icd_cm"] for row in rows if codes.meaning(ICD, row["icd_cm"]).category != "substance-use"]
        assert missed == []
        assert rows
