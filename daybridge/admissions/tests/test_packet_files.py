"""Packets as files: every way to be no packet gets one plain sentence."""

import contextlib
import gzip
import hashlib
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from daybridge.admissions import packet
from daybridge.admissions.packet import Limits, opening
from daybridge.admissions.tests.packets import ME, TODAY, bundle, condition, order, patient, read, refusal, refused
from daybridge.kit.errors import BadInput


def test_the_digest_is_of_the_bytes_as_they_came():
    plain = json.dumps(bundle(patient())).encode()
    packed = gzip.compress(plain, mtime=0)
    assert packet.read(packed, "a.json.gz", today=TODAY).sha256 == hashlib.sha256(packed).hexdigest()
    assert packet.read(plain, "a.json", today=TODAY).sha256 == hashlib.sha256(plain).hexdigest()


def test_compression_is_told_by_content_and_parts_are_joined():
    plain = json.dumps(bundle(patient())).encode()
    parts = gzip.compress(plain[:50]) + gzip.compress(plain[50:]) + b"\x00" * 8
    assert packet.read(parts, "a.json", today=TODAY).person.family == "Rivera"
    assert packet.read(plain, "a.json.gz", today=TODAY).warnings == ("The file is named .gz but is not compressed.",)


def test_lines_one_resource_and_a_byte_order_mark_are_read():
    lines = "\n".join(json.dumps(body) for body in (patient(), condition(), bundle(condition("F33.1")))) + "\r\n\n"
    found = packet.read(lines.encode(), "a.ndjson", today=TODAY)
    assert [one.code for one in found.items] == ["F10.20", "F33.1"]
    alone = b"\xef\xbb\xbf" + json.dumps(patient(), indent=1).encode()
    assert packet.read(alone, "a.ndjson", today=TODAY).person.given == "Ana Maria"


def test_the_day_is_todays_when_none_is_given():
    assert packet.read(json.dumps(patient()).encode(), "a.json").person.family == "Rivera"


PLAIN = json.dumps(bundle(patient()), ensure_ascii=False)


@pytest.mark.parametrize(
    ("data", "path", "words"),
    [
        (b"", "", "The file is empty."),
        (b" \n ", "", "The file is empty."),
        (gzip.compress(b"", mtime=0), "", "The file is empty."),
        (PLAIN[:-20].encode(), "line 1", "cut off at line 1"),
        (b'{"resourceType": "Bu', "line 1", "cut off"),
        (gzip.compress(PLAIN.encode(), mtime=0)[:-30], "", "compressed file is cut off"),
        (gzip.compress(PLAIN.encode(), mtime=0)[:-8] + b"12345678", "", "damaged"),
        (gzip.compress(PLAIN.encode(), mtime=0) + b"junk", "", "damaged"),
        (gzip.compress(b"", mtime=0) * 101, "", "more than 100 parts"),
        (b"%PDF-1.7", "line 1", "The file is not JSON."),
        (b"<Bundle/>", "line 1", "XML"),
        (b"[" * 2000, "line 1", "Line 1, column"),
        (b'{"a": NaN}', "line 1", "Line 1, column 7 is not JSON."),
        (b'{\n"a": 1\n} x', "line 3", "Line 3, column 3 is not JSON."),
        (b"[1, 2]", "$", "not FHIR"),
        (b'{"hello": "world"}', "$", "not FHIR"),
        (b'{"resourceType": 5}', "$", "not FHIR"),
        (b'{"resourceType": "Bundle", "entry": {}}', "entry", "has to be a list"),
        (b'{"resourceType": "Bundle", "entry": [5]}', "entry[0]", "has to be an object"),
        (b'{"resourceType": "Bundle", "entry": [{"resource": {}}]}', "entry[0].resource", "not FHIR"),
        (b'{"resourceType": "Bundle", "entry": [{"request": {}}]}', "$", "no Patient"),
        (b'{"resourceType": "Bundle"}', "$", "no Patient"),
        (PLAIN.encode("utf-16"), "byte 1", "UTF-16"),
        (PLAIN.encode("utf-16-le"), "byte 2", "UTF-16"),
        (PLAIN.encode("utf-32"), "byte 1", "UTF-32"),
        (PLAIN.replace("Rivera", "Rivéra").encode("latin-1"), f"byte {PLAIN.index('Rivera') + 4}", "value 0xE9"),
        (b'{"resourceType": "Patient"}\n{"a', "line 2", "Line 2 is cut off"),
        (b'{"resourceType": "Patient"}\n\n{x}\n', "line 3", "Line 3, column 2 is not JSON."),
        (b'{"resourceType": "Patient"}\n5\n', "line 2", "not FHIR"),
        (b'{"resourceType": "Patient", "id": "a"}\n{"resourceType": "Patient", "id": "b"}', "line 2", "2 Patients"),
        (
            b'{"resourceType": "Patient", "name": [{"family": "A"}]}\n{"resourceType": "Basic"}',
            "line 1: birthDate",
            "miss",
        ),
    ],
)
def test_a_file_that_is_no_packet_gets_one_plain_sentence(data, path, words):
    bad = refusal(data)
    assert path in [problem.path for problem in bad.problems]
    assert words in " ".join([str(bad), *(problem.message for problem in bad.problems)])


def test_several_patients_are_each_pointed_at():
    bad = refusal(json.dumps(bundle(patient(), patient(id="p2"))).encode())
    assert str(bad) == "There are 2 Patients in this file; a referral packet holds exactly one."
    assert [problem.path for problem in bad.problems] == ["entry[0].resource", "entry[1].resource"]


def test_a_file_over_the_limit_is_refused_before_it_is_unpacked():
    small = Limits(compressed=1000, plain=5000)
    assert "larger than 0.005 MB" in str(refusal(b"x" * 5001, limits=small))
    assert "0.001 MB compressed" in str(refusal(b"\x1f\x8b" + b"x" * 1000, limits=small))
    assert "200 MB" not in str(refusal(b" " * 100_000_001))


def test_a_gzip_bomb_is_stopped_after_one_piece(monkeypatch):
    monkeypatch.setattr(opening, "CHUNK", 1000)
    bomb = gzip.compress(b"0" * 900_000)
    parts: list[bytes] = []
    with pytest.raises(BadInput, match="Unpacked, the file is larger"):
        opening._member(bomb, parts, 5000)
    assert sum(map(len, parts)) <= 6000
    fits = gzip.compress(PLAIN.encode() + b" " * 9000)
    assert packet.read(fits, "a.json.gz", today=TODAY).person.family == "Rivera"


@pytest.mark.parametrize(
    ("body", "path", "version"),
    [
        (patient(animal={}), "animal", "older than R4"),
        (condition(clinicalStatus="active"), "clinicalStatus", "older than R4"),
        ({"resourceType": "AllergyIntolerance", "assertedDate": "2016"}, "assertedDate", "older"),
        (order(context={"reference": "Encounter/1"}), "context", "older"),
        ({"resourceType": "Coverage", "grouping": {"group": "1"}}, "grouping", "older"),
        ({"resourceType": "ExplanationOfBenefit", "insurance": {}}, "insurance", "older"),
        ({"resourceType": "MedicationOrder"}, "", "older"),
        (order(medication={"concept": {"text": "x"}}), "medication", "R5"),
        ({"resourceType": "Encounter", "class": [{}]}, "class", "R5"),
        ({"resourceType": "Encounter", "actualPeriod": {}}, "actualPeriod", "R5"),
        ({"resourceType": "Coverage", "kind": "insurance"}, "kind", "R5"),
        (patient(meta={"profile": ["http://hl7.org/fhir/STU3/patient.html"]}), "meta.profile[0]", "older"),
        (
            patient(meta={"profile": [5, "http://hl7.org/fhir/StructureDefinition/Patient|5.0.0"]}),
            "meta.profile[1]",
            "R5",
        ),
        (
            patient(meta={"profile": ["http://hl7.org/fhir/3.0/StructureDefinition/Patient"]}),
            "meta.profile[0]",
            "older",
        ),
        ({"resourceType": "CapabilityStatement", "fhirVersion": "5.0.0"}, "fhirVersion", "R5"),
        ({"resourceType": "ImplementationGuide", "fhirVersion": ["3.0.2"]}, "fhirVersion", "older"),
        ({"resourceType": "CapabilityStatement", "fhirVersion": "9"}, "fhirVersion", "do not know"),
    ],
)
def test_another_version_of_fhir_is_told_by_its_signs(body, path, version):
    problems = refused(patient(), body, body)
    assert [problem.path for problem in problems] == ["entry[1].resource" + (f".{path}" if path else "")]
    assert version in problems[0].message
    assert "we take FHIR R4" in problems[0].message


def test_r4_and_its_profiles_pass():
    profiles = [
        "http://hl7.org/fhir/us/core/StructureDefinition/us-core-patient|6.1.0",
        "http://hl7.org/fhir/StructureDefinition/Patient|4.0.1",
    ]
    stated = {"resourceType": "CapabilityStatement", "fhirVersion": "4.0.1"}
    assert read(patient(meta={"profile": profiles}), stated, order(status="stopped", meta={})).items == ()


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["coding", "code", "text"]), inner),
    max_leaves=5,
)
FIELDS = ["name", "telecom", "address", "identifier", "communication", "birthDate", "gender", "meta", "code", "subject"]
FIELDS += ["clinicalStatus", "medicationReference", "contained", "payor", "period", "class", "type", "fhirVersion"]


@given(st.sampled_from(["Condition", "Coverage", "Encounter", "MedicationRequest", "ExplanationOfBenefit"]), st.data())
def test_whatever_shape_a_field_has_the_answer_is_a_packet_or_a_refusal(kind, data):
    fields = data.draw(st.dictionaries(st.sampled_from(FIELDS), JSON, max_size=4))
    odd = {"subject": ME, "beneficiary": ME, "patient": ME, "status": "active", **fields, "resourceType": kind}
    who = data.draw(st.sampled_from([patient(), patient(**fields)]))
    with contextlib.suppress(BadInput):
        assert read(who, odd).person.family


@given(st.binary(max_size=200))
def test_any_bytes_at_all_are_refused_in_a_sentence(data):
    refusal(data)
